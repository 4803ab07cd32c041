"""Records what is needed to take a change back: JSON with a line for each step, compressed.

For a change to a million articles that is a hundred megabytes of JSON, of which only a step is unpacked at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from reader.library.marks.model import Change

_AT_ONE_TIME = 1 << 16
"""Compressed bytes that are unpacked at a time."""

_KEYS = 10_000
"""Keys that are compressed at a time."""

_FIRST_LINE = b'{"steps": ['


class State(NamedTuple):
    """A row without what identifies it; as in `MarkRow`."""

    value: str | None
    changed_ms: int
    machine: str


class Step(NamedTuple):
    """What a change did to the marks of some articles with one label.

    Attributes:
        label: the label.
        value: the value that they were given.
        before: how each was before, by the key of its article; None where there was no row.
    """

    label: str
    value: str | None
    before: Mapping[str, State | None]


class Record:
    """Records the steps of a change, for the column `rows` of the table `changes`."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(1)
        self._packed = [self._compressor.compress(_FIRST_LINE + b"\n")]
        self._between = b""

    def add(self, step: Step) -> None:
        """Record a step."""
        import json

        self._packed.append(self._compressor.compress(self._between + json.dumps(step).encode()))
        self._between = b",\n"

    def close(self) -> bytes:
        """The record; no more steps can be added."""
        return b"".join((*self._packed, self._compressor.compress(b"\n]}"), self._compressor.flush()))


def packed_lines(keys: Iterable[str]) -> bytes:
    """Keys as a compressed text with one on each line."""
    compressor, left, between = zlib.compressobj(1), iter(keys), ""
    packed = []
    while some := [*islice(left, _KEYS)]:
        packed.append(compressor.compress((between + "\n".join(some)).encode()))
        between = "\n"
    return b"".join((*packed, compressor.flush()))


def unpacked_lines(packed: bytes) -> Iterator[bytes]:
    """The lines of a compressed text, one after the other, as all of it may be a hundred times as large.

    Raises:
        zlib.error: it is damaged.
    """
    decompressor, begun = zlib.decompressobj(), [b""]
    for start in range(0, len(packed), _AT_ONE_TIME):
        begun.append(decompressor.decompress(packed[start : start + _AT_ONE_TIME]))
        if b"\n" in begun[-1]:
            *lines, last = b"".join(begun).split(b"\n")
            begun = [last]
            yield from lines
    if not decompressor.eof:
        raise zlib.error("the end is missing")
    yield b"".join(begun)


DAMAGED = (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError)
"""What `steps_of` raises if a record is damaged."""


def remembered(about: str) -> Change | None:
    """The change of the column `told`, without its keys; None where that cannot be read."""
    import json

    try:
        return Change.of(json.loads(about))
    except (ValueError, KeyError, TypeError):
        return None


def steps_of(packed: bytes) -> Iterator[Step]:
    """The steps in a record, one after the other. Records of earlier versions, on a single line, are read as well.

    Raises:
        zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError: it is damaged.
    """
    import json

    lines = unpacked_lines(packed)
    first = next(lines)
    if first == _FIRST_LINE:
        rows = (json.loads(line.removesuffix(b",")) for line in lines if line != b"]}")
    else:
        whole = json.loads(first)
        if isinstance(whole, list):  # as version 1 wrote them: key, kind, label, row before, value after
            yield from (Step(row[2], row[4], {row[0]: _state(row[3] and row[3][3:])}) for row in whole)
            return
        rows = iter(whole["steps"])
    for label, value, before in rows:
        yield Step(label, value, {key: _state(state) for key, state in before.items()})


def is_readable(packed: bytes) -> bool:
    """Whether all of a record can be read. SQLite does not notice damage in long values."""
    try:
        for _ in steps_of(packed):
            pass
    except DAMAGED:
        return False
    return True


def _state(row: Sequence[Any] | None) -> State | None:
    return State(*row) if row else None
