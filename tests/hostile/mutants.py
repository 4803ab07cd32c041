"""Story files with faults bred into them: a mutant follows from a seed and a number, so that each can be made again."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]

PIECES = (
    b"---\n", b"...\n", b"\n---\n", b": ", b":", b"- ", b"? ", b"[", b"]", b"{", b"}", b", ", b"\n", b"\n  ", b"&a ",
    b"*a",
    b"<<: ", b"<<: *a\n", b"!!binary ", b"!!python/object:os.system ", b"!<tag:a,2000:b> ", b"!!float ", b"%YAML 1.1\n",
    b"|", b">", b"|+\n", b">-9\n", b"'", b'"', b"#", b"%", b"@", b"`", b"~", b"null", b"\x1b[2J", b"\x1b]0;a\x07",
    b"\xc2\x9b31m", b"\xff", b"\xfe", b"\x00", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xc2\x85", b"\t",
    b"\r",
    b"\r\n", b" ", b"\\", b"\\ud83d", b"\\x1b", b"\xef\xbb\xbf", b"\xef\xbf\xbe", b"=", b"http://[", b"https://a.test/",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", b"\xcc\x81" * 50, b"related:\n", b"secured: ", b"title: ",
)  # fmt: skip

VALUES = (
    b"9" * 400, b"-1", b"1e999", b"-.inf", b".nan", b"0x" + b"f" * 300, b"1_000", b"0o777", b"1:59:59", b"+" * 50,
    b"0000-00-00", b"9999-12-31T23:59:60Z", b"2020-02-30", b"0001-01-01T00:00:00+14:00", b"10000-01-01", b"1e9",
    b"2020-02-20T10:00:00.999999999999+99:99", b"253402300800", b"Thu, 32 Foo 2020", b"2020-W08-4T10", b"999999999999",
    b"\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa0", b"\xc2\xb2", b"~", b"", b"[]", b"{}", b"[[]]", b"[{}, [], ~, '']",
    b"{a: {b: [c]}}",
    b"|\n  block\n  \x1b[31m", b">\n\n\n  folded", b"'it''s'", b'"\\u0000\\e[2J\\U0010FFFF\\ud800"', b'"\\', b"&x [*x]",
    b"&y y", b"*y", b"!!int abc", b"!!set {a, b}", b"!!omap [a: 1]", b"!!timestamp 2020", b"javascript:alert(1)",
    b"https://a@b@c:99999/", b"https://[::1", b"https://xn--a.test/%ff%00", b"//", b"https://" + b"a." * 200 + b"test/",
    b"x" * 70_000, b"a " * 20_000, b"# comment", b"'", b"- a", b"yes", b"true", b"? a", b"%",
)  # fmt: skip

_ENTRY = re.compile(rb"\n(?= {0,4}- )")
_PAIR = re.compile(rb"^([ \t]*(?:- )?[A-Za-z_]+:)[ \t]*(.*)$", re.MULTILINE)
_ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "utf-7", "cp037")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"")
_ENDS = (b"\r\n", b"\r", b"\n\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\n\n", b"\x0b", b"\x0c")


def sources(*folders: Path) -> list[bytes]:
    """The story files of some folders, by name; the long ones come twice, whole and with a few related entries."""
    found = []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".md", ".txt") and file.is_file():
                found.append(file.read_bytes())
    return [*found, *filter(None, map(_shortened, found))]


def _shortened(data: bytes) -> bytes:
    entries = _ENTRY.split(data)
    return b"\n".join([*entries[:4], *entries[-1:]]) if len(entries) > 12 else b""


def mutant(number: int, seed: int, originals: Sequence[bytes]) -> bytes:
    """The mutant of a number: one of the originals, changed in one to five ways."""
    random = Random(f"{seed}/{number}")
    # Long files take most of the time, and short ones have as many places where something can go wrong.
    data = min((random.choice(originals) for _ in range(2)), key=len)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        data = random.choice(_OFTEN if random.random() < 0.97 else _SELDOM)(data, random, originals)
    return data


def _place(data: bytes, random: Random) -> int:
    """A place in a file; the front matter's first lines are where most is decided."""
    return random.randrange(min(len(data), 1_500) + 1) if random.random() < 0.6 else random.randrange(len(data) + 1)


def flip(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Flip some bits."""
    changed = bytearray(data)
    for _number in range(random.choice((1, 2, 8, 64)) if changed else 0):
        changed[min(_place(data, random), len(data) - 1)] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Take a stretch out."""
    start = _place(data, random)
    return data[:start] + data[start + random.choice((1, 4, 40, 400, 4_000)) :]


def truncate(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """End early."""
    return data[: _place(data, random)]


def splice(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Go on as another file does."""
    other = random.choice(others)
    return data[: _place(data, random)] + other[_place(other, random) :]


def repeat(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Say a stretch several times."""
    start = _place(data, random)
    stretch = data[start : start + random.choice((1, 2, 16, 200))]
    return data[:start] + stretch * random.choice((2, 3, 50, 1_000)) + data[start:]


def insert(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Put signs in that mean something."""
    for _number in range(random.choice((1, 2, 6))):
        start = _place(data, random)
        data = data[:start] + random.choice(PIECES) + data[start:]
    return data


def noise(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Put random bytes in."""
    start = _place(data, random)
    return data[:start] + random.randbytes(random.choice((1, 3, 30, 300))) + data[start:]


def revalue(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Give some keys other values."""
    pairs = list(_PAIR.finditer(data, 0, 6_000)) or list(_PAIR.finditer(data))
    for pair in sorted(random.sample(pairs, min(len(pairs), random.choice((1, 1, 3)))), key=lambda m: -m.start()):
        data = data[: pair.end(1)] + b" " + random.choice(VALUES) + data[pair.end() :]
    return data


def rekey(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Move a line to another place, or say it twice."""
    lines = data.split(b"\n")
    taken = random.randrange(min(len(lines), 40))
    line = lines[taken] if random.random() < 0.5 else lines.pop(taken)
    lines.insert(random.randrange(min(len(lines), 40) + 1), line)
    return b"\n".join(lines)


def indent(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Indent lines anew, also with tabs."""
    lines = data.split(b"\n")
    for _number in range(random.choice((1, 2, 5))):
        at = random.randrange(min(len(lines), 80))
        lines[at] = random.choice((b" ", b"  ", b"\t", b"      ", b"")) + lines[at].lstrip(b" ")
    return b"\n".join(lines)


def line_ends(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Write some or all line ends another way."""
    end = random.choice(_ENDS)
    if random.random() < 0.5:
        return data.replace(b"\n", end)
    return b"".join(line + (end if random.random() < 0.2 else b"\n") for line in data.split(b"\n"))


def encode(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Write it in another encoding, with a byte order mark that may be the wrong one."""
    text = data.decode("utf-8", "replace")
    mark = random.choice(_MARKS)
    return mark + (text.encode(random.choice(_ENCODINGS), "replace") if random.random() < 0.8 else data)


def alias(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Anchor values and refer to them, at times to more than there is room for."""
    if random.random() < 0.3:
        depth, width = random.choice(((4, 4), (9, 9), (30, 2), (3, 100)))
        lines = [b"a0: &a0 [x]"]
        for level in range(1, depth + 1):
            lines.append(b"a%d: &a%d [%s]" % (level, level, b", ".join([b"*a%d" % (level - 1)] * width)))
        return data.replace(b"---\n", b"---\n" + b"\n".join(lines) + b"\n", 1)
    pairs = list(_PAIR.finditer(data, 0, 6_000))
    for number, pair in enumerate(sorted(random.sample(pairs, min(len(pairs), 3)), key=lambda m: -m.start())):
        data = data[: pair.end(1)] + (b" *n", b" &n ")[number > 0] + data[pair.start(2) - 1 if number else pair.end() :]
    return data


def nest(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Nest deeper than anyone needs."""
    depth = random.choice((5, 39, 41, 500, 20_000))
    opening = random.choice((b"[", b"{a: ", b"- ", b"? ", b"[{", b"!!map {", b"> ", b"* "))
    closing = random.choice((b"]", b"}", b""))
    start = _place(data, random)
    return data[:start] + opening * depth + closing * depth + data[start:]


def grow(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Have far more of something than anyone needs: keys, entries, labels, images, text."""
    more = random.choice(
        (
            b"".join(b"key%d: v\n" % number for number in range(5_000)),
            b"topics: [" + b"a, " * 20_000 + b"b]\n",
            b"related:\n" + b"- {title: a, webUrl: https://a.test/}\n" * 3_000,
            b"related:\n" + b"- a\n" * 5_000,
            b"images:\n" + b"- {url: a, width: 1}\n" * 3_000,
            b"images:\n" + b"- []\n" * 5_000,
            b"excerpt: " + b"word " * 100_000 + b"\n",
            b"title: '" + b"\xcc\x81" * 200_000 + b"'\n",
            b"k" * 200_000 + b": v\n",
            b"webUrl: https://a.test/" + b"a/" * 100_000 + b"\n",
        )
    )
    return data.replace(b"---\n", b"---\n" + more, 1)


def body(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Have a body that is hard to set."""
    more = random.choice(
        (b"> ", b"* ", b"[", b"*a ", b"`", b"![", b"<a>", b"&#27;]0;a&#7;", b"|-", b"_", b"\\", b"- [ ] ")
    )
    return data + b"\n---\n" + more * random.choice((1, 40, 3_000))


_OFTEN: Sequence[Mutation] = (
    flip, cut, truncate, splice, repeat, insert, insert, noise, revalue, revalue, revalue, rekey, indent, line_ends,
    encode,
    alias, nest, body,
)  # fmt: skip
_SELDOM: Sequence[Mutation] = (grow, repeat, splice)
