"""Articles of other tools on their way in: they pass the gate for entries, and bring their marks along.

To pass the gate, an article is written as an item of a JSON Feed, and parsed by the process that parses feeds. Several
go at a time; where the process fails on one, the others are parsed without it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError
from reader.feeds.model import Entry
from reader.library.marks.marks import MarkKind, Marks
from reader.stories.limits import FEED_BYTES

T = TypeVar("T")

_PIECE, _PIECE_BYTES = 200, FEED_BYTES // 8
"""The most articles that are parsed at a time, and their most bytes."""

_BEFORE, _AFTER = b'{"version": "https://jsonfeed.org/version/1.1", "items": [', b"]}"

SAYS_NOTHING = "it says nothing"


@dataclass(frozen=True, slots=True)
class Passed(Generic[T]):
    """An article after the gate.

    Attributes:
        article: the article as the other tool has it.
        entry: the entry that it became, whose guid means nothing; None where it did not pass.
        reason: why it did not pass; empty where it did.
    """

    article: T
    entry: Entry | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Written(Generic[T]):
    """An article, its number, and the item of a JSON Feed that it is written as."""

    article: T
    number: str
    item: bytes


def through_the_gate(
    articles: Iterable[T], as_item: Callable[[T], Mapping[str, Any]], base: str, reader: FeedReader
) -> Iterator[Passed[T]]:
    """Have articles of another tool pass the gate, each on its own, in their order.

    Args:
        articles: the articles as the tool has them.
        as_item: makes an item of a JSON Feed of one; an id in it is ignored.
        base: the address to which their links are relative.
        reader: has them parsed.
    """
    piece: list[_Written[T]] = []
    size = 0
    for number, article in enumerate(articles):
        item = json.dumps({**as_item(article), "id": str(number)}).encode()
        if piece and (len(piece) == _PIECE or size + len(item) > _PIECE_BYTES):
            yield from _passed(piece, base, reader)
            piece, size = [], 0
        piece.append(_Written(article, str(number), item))
        size += len(item)
    if piece:
        yield from _passed(piece, base, reader)


def _passed(piece: Sequence[_Written[T]], base: str, reader: FeedReader) -> Iterator[Passed[T]]:
    """Have some articles parsed; where that fails, each half of them on its own."""
    try:
        sent = reader.read(_BEFORE + b",".join(one.item for one in piece) + _AFTER, base)
    except FeedParseError as error:
        if len(piece) == 1:
            yield Passed(piece[0].article, None, str(error))
            return
        half = len(piece) // 2
        yield from _passed(piece[:half], base, reader)
        yield from _passed(piece[half:], base, reader)
        return
    entries = {entry.guid: entry for entry in sent.entries}
    for one in piece:
        entry = entries.get(one.number)
        yield Passed(one.article, entry, "" if entry is not None else SAYS_NOTHING)


def mark_undecided(marks: Marks, keys: Sequence[str], kind: MarkKind, label: str = "") -> tuple[str, ...]:
    """Mark articles as they were marked in another tool, except those that the person has decided on here since.

    Args:
        marks: the person's marks.
        keys: the keys of the articles.
        kind: the mark to set.
        label: as in `Marks.set`.

    Returns:
        The keys of those that were not marked before.

    Raises:
        MarksError: the marks cannot be read or written.
    """
    decided = marks.decided(keys, kind, label)
    wanted = [key for key in keys if key not in decided]
    return marks.set(wanted, kind, True, label).keys if wanted else ()
