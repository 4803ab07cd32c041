"""Articles as other tools have them, on their way in: they pass the gate that feeds pass, and bring their marks along.

Whoever takes articles over says how one looks as an item of a JSON Feed. How much the process that reads feeds takes at
a time, and what becomes of the others where it refuses one, is known here alone.
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
"""Articles that are read at a time, and bytes of theirs."""

_BEFORE, _AFTER = b'{"version": "https://jsonfeed.org/version/1.1", "items": [', b"]}"

SAYS_NOTHING = "it says nothing"


@dataclass(frozen=True, slots=True)
class Passed(Generic[T]):
    """What came of an article at the gate.

    Attributes:
        article: as the other tool has it.
        entry: what is left of it; its guid says nothing. None where it did not pass.
        reason: why it did not; empty where it did.
    """

    article: T
    entry: Entry | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Written(Generic[T]):
    """An article, its number, and what it looks like as an item."""

    article: T
    number: str
    item: bytes


def through_the_gate(
    articles: Iterable[T], as_item: Callable[[T], Mapping[str, Any]], base: str, reader: FeedReader
) -> Iterator[Passed[T]]:
    """Have articles of another tool pass the gate, each for itself, in their order.

    Args:
        articles: as the tool has them.
        as_item: makes one an item of a JSON Feed; its id is not looked at.
        base: the address that their links are relative to.
        reader: the process that reads feeds.
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
    """Have some articles read; where that is refused, each half of them for itself."""
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
    """Mark articles as another tool has them, but those for which the person decided here since.

    Args:
        marks: where the marks go.
        keys: the articles.
        kind: a flag.
        label: as in `Marks.set`.

    Returns:
        Those that are marked now, and were not.

    Raises:
        MarksError: the marks cannot be read or written.
    """
    decided = marks.decided(keys, kind, label)
    wanted = [key for key in keys if key not in decided]
    return marks.set(wanted, kind, True, label).keys if wanted else ()
