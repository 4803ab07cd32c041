"""Parsing large front matter quickly: what repeats from file to file is parsed once.

Nearly all of a large story file is its `related:` list, and the same entries are word for word in dozens of files. So
the front matter is cut before `related:`, between the entries, and after them. The pieces go to the usual YAML parser,
except entries that were met before: those are taken from memory.

A cut is made only at a line that begins like a key or an item of YAML. Should such a line be within a quoted text or a
flow collection, the piece before it is incomplete, the parser refuses it, and the whole file is parsed. So are files
with anchors and aliases, which tie pieces together, and with a key that comes twice, of which the last one counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reader.stories.frontmatter import FrontMatter, Notation
from reader.stories.limits import Limits
from reader.stories.model import Article

_RELATED = re.compile(r"related:[ \t]*\n")
_NEXT_KEY = re.compile(r"\n(?=[^\s#])")
_ITEM = re.compile(r"( +)- ")
_ALIAS = re.compile(r"(?<!\w)\*[\w-]")
_SEALED = re.compile(r'secured: "([!#-\[\]-~]*)" *\n*')
_KEEPS_BLANKS = re.compile(r"[|>][0-9]?\+")
_PLAIN_START = re.compile(r"(?:#[^\n]*\n|\n)*[A-Za-z][^\n]*:")
_KEPT_BACK = re.compile(
    "^(?:[^\\sA-Za-z#-]|" + "|".join("[-_]*".join(("", *word, "")) for word in ("related", "secured")) + "[ \\t]*:)",
    re.MULTILINE | re.IGNORECASE,
)
"""One of these two keys, however it is written; or a line of which one cannot see which key it has."""

_PLAIN_START_BYTES = re.compile(_PLAIN_START.pattern.encode())
_HEAD_END = re.compile(rb"^(?:related|secured)[ \t]*:", re.MULTILINE)
_FENCE = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)

HEAD_BYTES = 4096
"""How many bytes of a file are read to find its head. In the known data it ends at byte 1,837 or before."""


@dataclass(slots=True)
class EntryMemory:
    """Remembers the entries of `related:` lists that were parsed, by their text.

    Args:
        most: how many are kept. When there are more, all are forgotten, and it fills anew.
    """

    most: int = 20_000
    _articles: dict[str, Article] = field(default_factory=dict)

    def get(self, text: str) -> Article | None:
        """The article of an entry; None where its text is not remembered."""
        return self._articles.get(text)

    def put(self, text: str, article: Article) -> None:
        """Remember an entry."""
        if len(self._articles) >= self.most:
            self._articles.clear()
        self._articles[text] = article


@dataclass(frozen=True, slots=True)
class Sections:
    """A front matter cut in pieces, each of which is YAML by itself.

    Attributes:
        head: what comes before `related:`.
        entries: the items of `related:`, each as a list of one item.
        tail: what comes after them.
    """

    head: str
    entries: tuple[str, ...]
    tail: str


def cut(front_matter: FrontMatter, limits: Limits) -> Sections | None:
    """Cut a front matter in pieces.

    Returns:
        None where it must be parsed whole: near a limit, in another notation than YAML, or where no cut is safe.
    """
    if front_matter.notation is not Notation.YAML:
        return None
    text = front_matter.text
    most = limits.values // 2
    if 2 * len(text) >= most and 2 * text.count("\n") + text.count(",") >= most:
        return None
    if not _PLAIN_START.match(text) or "\n---" in text or "\n..." in text:
        return None
    if ("<" in text and "<<" in text) or ("*" in text and _ALIAS.search(text)):
        return None
    found = text.find("\nrelated:")
    if found < 0:
        sealed = text.find("\nsecured:") + 1
        return Sections(text[:sealed], (), text[sealed:]) if sealed else None
    start = _RELATED.match(text, found + 1)
    if start is None:
        return None
    end = _NEXT_KEY.search(text, start.end() - 1)
    tail_at = end.end() if end else len(text)
    first = _ITEM.match(text, start.end(), tail_at)
    if first is None:
        return None
    separator = f"\n{first[1]}- "
    items = text[start.end() : _end_of_items(text, start.end(), tail_at)]
    first_part, *parts = items.split(separator)
    if len(parts) >= limits.related:
        return None
    entries = (first_part + "\n", *(f"{separator[1:]}{part}\n" for part in parts))
    tail = text[tail_at:]
    if tail.strip("\n") and not _PLAIN_START.match(tail):
        return None
    return Sections(text[: start.start()], entries, tail)


def _end_of_items(text: str, start: int, end: int) -> int:
    """Where the last item ends, without its line end. Blank lines after it count where a text in it may keep them."""
    # To look for the signs first is a hundred times as quick as the search.
    may_keep = text.find("+", start, end) >= 0 and max(text.find("|", start, end), text.find(">", start, end)) >= 0
    keeps = may_keep and _KEEPS_BLANKS.search(text, start, end)
    if not keeps and text.endswith("\n\n", start, end):
        return start + len(text[start:end].rstrip("\n"))
    return end - text.endswith("\n", start, end)


def completes_head(sections: Sections) -> bool:
    """Whether the head has all that a file says, except its coverage and its sealed body."""
    return (
        (not sections.tail.strip() or sealed_alone(sections.tail) is not None)
        and not _KEPT_BACK.search(sections.head)
        and len(sections.head.encode()) < HEAD_BYTES
    )


def sealed_alone(tail: str) -> str | None:
    """The text under `secured`, where a tail has nothing else and the text no escapes; else None."""
    match = _SEALED.fullmatch(tail)
    return match[1] if match else None


def read_entries(entries: Iterable[str], memory: EntryMemory, read: Callable[[str], Article | None]) -> list[Article]:
    """The articles of entries, from memory where they were met before.

    Args:
        entries: the texts of the entries.
        memory: the entries met before; new ones are added.
        read: parses an entry; None where it is odd.

    Raises:
        ValueError: an entry is odd, so that the whole file must be parsed.
    """
    articles = []
    for text in entries:
        article = memory.get(text)
        if article is None:
            article = read(text)
            if article is None:
                raise ValueError("an odd entry")
            memory.put(text, article)
        articles.append(article)
    return articles


def head_of(data: bytes) -> bytes | None:
    """The beginning of a file up to `related:` or `secured:`, closed as front matter; None where that is not safe.

    Args:
        data: the first bytes of the file.
    """
    if not data.startswith(b"---\n") or not _PLAIN_START_BYTES.match(data, 4):
        return None
    end = _HEAD_END.search(data)
    if end is None or _FENCE.search(data, 4, end.start()):
        return None
    return data[: end.start()] + b"---\n"
