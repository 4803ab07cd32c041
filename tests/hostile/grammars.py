"""Story files made to take long: each fills some place up to its bound with what a grammar gives for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from hostile.worst import BODIES, LEXERS
from reader.stories.limits import DEFAULT_LIMITS, MARKDOWN_CHARACTERS, MARKDOWN_LINES, URL_CHARACTERS

Grammar = Callable[[Random], str]

_INLINE = (
    "[", "]", "(", ")", "![", "](", "*", "**", "_", "__", "~~", "`", "``", "<", ">", "&", "&amp;", "&#27;", "\\", "|",
    "[a](b)", "[a][b]", "![a](b 'c')", "<http://a.b>", "<a b='c'>", "<!--", "-->", "http://a.b/c", "a", " ",
    "  \n", "\t", "漢", "e\u0301", "\u05d0", "👩\u200d💻", "ß", "\u3000", "-", ":", "'", '"', "$", "^", "1.", "#", "+",
)  # fmt: skip
_BLOCK = (
    "# {}\n", "{}\n===\n", "> {}\n", "- {}\n", "  - {}\n", "1. {}\n", "    {}\n", "\n", "---\n",
    "| {} | b |\n|-|-|\n| c | {} |\n",
    "```{lexer}\n{}\n```\n", "~~~{lexer}\n", "[{}]: b\n", "<div>\n{}\n</div>\n", "{}\n", "* * *\n",
    "|{}|{}|\n", "|-|-|\n",
)  # fmt: skip
_NEST = ("> ", "- ", "  ", "1. ", "    ", "* ", ">")


def _repeated(random: Random, pieces: tuple[str, ...], most: int) -> str:
    """A few pieces, again and again: what is slow is slow by repetition."""
    unit = "".join(random.choices(pieces, k=random.randrange(1, 6)))
    return (unit * (most // len(unit) + 1))[:most]


def inline(random: Random, most: int = MARKDOWN_CHARACTERS) -> str:
    """One paragraph of Markdown."""
    if random.random() < 0.5:
        return _repeated(random, _INLINE, most)
    return "".join(random.choices(_INLINE, k=most))[:most]


def blocks(random: Random) -> str:
    """Blocks of Markdown, nested and long."""
    prefix = "".join(random.choices(_NEST, k=random.choice([0, 0, 1, 3, 30])))
    lines = random.choice([1, 10, 100, MARKDOWN_LINES - 10])
    room = max(MARKDOWN_CHARACTERS // lines - len(prefix), 4)
    kinds = random.sample(_BLOCK, k=random.randrange(1, 4))
    made: list[str] = []
    while (
        sum(map(len, made)) < MARKDOWN_CHARACTERS and "".join(made).count("\n") < MARKDOWN_LINES and len(made) < lines
    ):
        kind = random.choice(kinds).replace("{lexer}", random.choice(LEXERS))
        text = inline(random, max(room // max(kind.count("{}"), 1), 1)).replace("\n", " ")
        made.append(prefix + kind.replace("{}", text))
    return _bounded("".join(made))


def tables(random: Random) -> str:
    """Tables of all shapes, with rows that are too short or too long."""
    columns, cell = (
        random.choice([1, 2, 5, 20, 100, 1_000]),
        inline(random, random.choice([1, 3, 50])).replace("\n", " "),
    )
    head = "|" + f"{cell}|" * columns + "\n|" + "-|" * columns + "\n"
    row = "|" + f"{cell}|" * random.choice([0, 1, columns, 2 * columns]) + random.choice(["", "a"]) + "\n"
    return _bounded(head + row * MARKDOWN_LINES)


def fences(random: Random) -> str:
    """Code in any language."""
    code = _repeated(random, (*_INLINE, "a", "fan", "0x", "/*", "%", "\n"), MARKDOWN_CHARACTERS - 40)
    return _bounded(f"{random.choice(['```', '~~~~'])}{random.choice(LEXERS)}\n{code}")


def _bounded(text: str) -> str:
    return "\n".join(text[:MARKDOWN_CHARACTERS].split("\n")[:MARKDOWN_LINES])


def url(random: Random) -> str:
    """An address as long as one may be."""
    parts = (
        "a",
        ".",
        "/",
        "//",
        "@",
        ":",
        "?",
        "&",
        "=",
        "%2f",
        "%",
        "amp",
        "-",
        "xn--",
        "é",
        "utm_a=b&",
        "\u05d0",
        "[",
        "#",
        ";",
    )
    host = random.choice(
        ["a.test/", "m.", "xn--" * 20, "1" * 50, "a." * 2_000, "user@" * 500, "", "[", "é" * 200 + ".test/"]
    )
    return f"https://{host}{_repeated(random, parts, URL_CHARACTERS)}"[: URL_CHARACTERS - 1]


def date(random: Random) -> str:
    """A long thing in the place of a date."""
    return _repeated(
        random, ("2020", "-02", "T", ":", "10", "+", "Z", " ", "Feb", "Mon", ".", ",", "9" * 50, "AM"), 10_000
    )


def directives(random: Random) -> str:
    """What YAML takes before and within a document: directives, tags, anchors, aliases, brackets, quotes."""
    unit = random.choice(
        [
            "%TAG !{} a\n", "%YAML 1.1\n", "%X {}\n", "# {}\n", "k{}: &a{} [*a0]\n", "k{}: !!x{} a\n", "? k{}\n",
            "k{}: [[[\n",
            "k{}: '\n", 'k{}: "\\u00', "- {}\n", "k{}: |\n a\n", "<<: {{a{}: b}}\n", "{}: {{", "'{}", "k{}: *a\n",
            "[{}, ",
        ]
    )  # fmt: skip
    count = random.choice([100, 10_000, 200_000])
    text = "&a0 a: b\n" * (random.random() < 0.3) + "".join(unit.format(*[number] * 2) for number in range(count))
    return text[: DEFAULT_LIMITS.file_bytes // 8]


def _field(name: str, text: str) -> str:
    return f"{name}: {json.dumps(text, ensure_ascii=False)}\n"


def story(number: int, seed: int) -> tuple[str, bytes]:
    """A story file, and what of it is to take long; both follow from a number and a seed."""
    random = Random(f"time/{seed}/{number}")
    fields = {"title": "A story", "publishedDateTime": "2020-02-20T10:00:00Z", "webUrl": f"https://a.test/{number}"}
    more, body = "", ""
    kind = random.choice(
        ["blocks", "inline", "tables", "fences", "worst", "url", "date", "line", "yaml", "related", "labels"]
    )
    if kind == "worst":
        body = random.choice(list(BODIES.values()))
    elif kind in ("blocks", "inline", "tables", "fences"):
        body = {"blocks": blocks, "inline": inline, "tables": tables, "fences": fences}[kind](random)
    elif kind == "url":
        fields |= {name: url(random) for name in ("webUrl", "ampUrl", "originalUrl")}
        more = "images:\n" + "".join(f"  - {{url: {json.dumps(url(random))}}}\n" for _ in range(100))
    elif kind == "date":
        fields["publishedDateTime"] = date(random)
    elif kind == "line":
        fields |= {"title": inline(random, 100_000), "excerpt": inline(random, 1_000_000)}
        body = inline(random, 1_000_000)
    elif kind == "yaml":
        text = directives(random)
        return kind, (f"---\n{text}\n---\n" if random.random() < 0.5 else f"{text}---\na: b\n").encode()
    elif kind == "related":
        entry = "".join(
            "    " + _field(name, text(random)) for name, text in (("webUrl", url), ("publishedDateTime", date))
        )
        count = DEFAULT_LIMITS.file_bytes // 2 // len(entry)
        more = "related:\n" + f"  - title: {json.dumps(inline(random, 500))}\n{entry}" * min(count, 5_000)
    else:
        more = "topics:\n" + "".join(f"  - {json.dumps(inline(random, 2_000))}\n" for _ in range(1_000))
    front = "".join(_field(name, text) for name, text in fields.items())
    return kind, f"---\n{front}{more}---\n{body}\n".encode("utf-8", "replace")
