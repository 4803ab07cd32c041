"""What a mark is: the kinds, the rows that marks are kept as, the marks of an article, and which values are allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from reader.base.errors import MarksError
from reader.base.text import clean, clean_block

MOST_KEY = 8_192
"""The most characters of an article's key. Browsers and servers have far lower limits for addresses."""

MOST_LABEL = 200
"""The most characters of a tag."""

MOST_NOTE = 100_000
"""The most characters of a note: as many as a chapter of a book may have."""

_MACHINE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

MarkValue = bool | str | datetime | None
"""The value of a mark: a flag, the text of a note, or a time. False, an empty text and None take the mark off."""


class MarkName(NamedTuple):
    """What identifies a mark: a row's primary key."""

    key: str
    kind: str
    label: str


class MarkRow(NamedTuple):
    """A mark as it is kept: the columns of the table, in order.

    Attributes:
        key: the key of the article.
        kind: a `MarkKind`.
        label: the tag, or the name of the watch; empty for other kinds.
        value: as `kept` gives it; None if the mark was taken off.
        changed_ms: when it was last changed, in milliseconds since 1970.
        machine: the machine on which it was.
    """

    key: str
    kind: str
    label: str
    value: str | None
    changed_ms: int
    machine: str

    @property
    def name(self) -> MarkName:
        """What identifies the mark."""
        return MarkName(self.key, self.kind, self.label)


class MarkKind(StrEnum):
    """The kinds of marks. Their values are in the file and in exports: they never change."""

    READ = "read"
    """A flag: the article has been read."""

    STARRED = "starred"
    """A flag: the article is worth keeping."""

    LATER = "later"
    """A flag: the article is to be read later."""

    TAG = "tag"
    """A flag for each label: the reader's own tags."""

    NOTE = "note"
    """The reader's own text, which may have several lines."""

    WATCHED = "watched"
    """A flag for each label: the article was on the event when the watch of that name was set up."""

    SEEN = "seen"
    """A time: when the article was last read."""

    KNOWN = "known"
    """A time: when an event that the article was on was last looked at."""


LABELLED = frozenset({MarkKind.TAG, MarkKind.WATCHED})
"""Kinds of which an article can have many, each with a name."""

TIMES = frozenset({MarkKind.SEEN, MarkKind.KNOWN})
"""Kinds whose value is a time. Nobody decides them, and `undo` passes them over."""

OF_READING = TIMES | {MarkKind.READ}
"""Kinds that come from reading alone. By each of the others a person shows that they want to keep the article."""


@dataclass(frozen=True, slots=True)
class MarkSet:
    """The marks of one article.

    Attributes:
        read: whether it has been read.
        starred: whether it has a star.
        tags: the reader's own tags, sorted.
        note: the reader's note; empty for none.
        watches: the names of the watches that it belongs to.
        seen: when it was last read; None for never.
        known: when an event that it was on was last looked at; None for never.
        later: whether it is to be read later.
    """

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    watches: frozenset[str] = field(default_factory=frozenset)
    seen: datetime | None = None
    known: datetime | None = None
    later: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether it has a mark that shows that a person wants to keep it: one of a kind not in `OF_READING`."""
        return any(getattr(self, one.name) for one in fields(self) if one.name not in OF_READING)


NO_MARKS = MarkSet()
"""The marks of an article that has none."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed, or taken back.

    Attributes:
        kind: the kind of mark.
        keys: the keys of the articles whose marks have changed, in order; empty where nothing has.
        labels: the tags or watches that were set or taken off.
        value: the value that was set; None where tags were set and taken off at once.
        more: how many articles there are besides `keys`, which has none of them where there are very many.
    """

    kind: MarkKind
    keys: tuple[str, ...]
    labels: tuple[str, ...] = ()
    value: MarkValue = None
    more: int = 0

    @property
    def count(self) -> int:
        """How many articles have marks that have changed."""
        return len(self.keys) + self.more

    @property
    def said(self) -> dict[str, object]:
        """The change without its keys as JSON, for files and other processes. A value that is a time is left out."""
        value = None if isinstance(self.value, datetime) else self.value
        return {"kind": self.kind, "labels": self.labels, "value": value}

    @classmethod
    def of(cls, said: Mapping[str, Any], more: int = 0) -> Change:
        """The change that the property `said` has made JSON of.

        Args:
            said: the JSON.
            more: as in the class.

        Raises:
            ValueError, KeyError, TypeError: it is not of this form.
        """
        return cls(MarkKind(said["kind"]), (), tuple(said["labels"]), said["value"], more)


def to_ms(when: datetime) -> int:
    """An aware time in milliseconds since 1970; 0 for a time before that."""
    return max(0, (when - _EPOCH) // timedelta(milliseconds=1))


def from_ms(milliseconds: int) -> datetime:
    """The time of so many milliseconds since 1970, in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


MOST_MS = to_ms(datetime.max.replace(tzinfo=UTC))
"""The greatest time, in milliseconds since 1970."""


def kept(kind: MarkKind, value: MarkValue) -> str | None:
    """A value as a row has it: `1` for a flag, the text of a note made safe, a time in milliseconds since 1970.

    It is None where the mark is taken off.

    Raises:
        MarksError: the note is too long.
        TypeError: the kind has no such values.
    """
    if value is None:
        return None
    if kind in TIMES and isinstance(value, datetime):
        return str(to_ms(value))
    if kind is MarkKind.NOTE and isinstance(value, str):
        note = clean_block(value).strip()
        if len(note) > MOST_NOTE:
            raise MarksError(f"a note has at most {MOST_NOTE:,} characters; this one has {len(note):,}")
        return note or None
    if kind is not MarkKind.NOTE and kind not in TIMES and isinstance(value, bool):
        return "1" if value else None
    raise TypeError(f"{kind} cannot be {value!r}")


def check_key(key: str) -> str:
    """Check an article's key, and give it back as it is.

    Raises:
        MarksError: it is empty, too long, or has characters that no key has.
    """
    if not key or len(key) > MOST_KEY or clean(key) != key:
        raise MarksError(f"not the key of an article: {clean(key[:100])!r}")
    return key


def check_label(kind: MarkKind, label: str) -> str:
    """Check the label of a mark, and give it back made safe; empty for kinds without labels.

    Raises:
        MarksError: it is missing or too long, or the kind has no labels.
    """
    if kind not in LABELLED:
        if label:
            raise MarksError(f"{kind} has no name")
        return ""
    label = clean(label)
    most = MOST_LABEL if kind is MarkKind.TAG else MOST_KEY
    if not label:
        raise MarksError(f"a {'tag' if kind is MarkKind.TAG else 'watch'} needs a name")
    if len(label) > most:
        raise MarksError(f"a name has at most {most:,} characters; this one has {len(label):,}")
    return label


def check_row(values: Sequence[object]) -> MarkRow:
    """Check the columns of a row from a file that may have anything in it, and give the row with its texts made safe.

    Args:
        values: the columns, in order.

    Raises:
        MarksError: they are not those of a mark.
    """
    key, kind, label, value, changed, machine = values
    if not isinstance(key, str):
        raise MarksError("key must be text")
    if not (isinstance(kind, str) and kind in MarkKind.__members__.values()):
        raise MarksError(f"kind must be one of {', '.join(MarkKind)}")
    if not isinstance(label, str):
        raise MarksError("label must be text")
    if not (value is None or isinstance(value, str)):
        raise MarksError("value must be text")
    if not (isinstance(changed, int) and not isinstance(changed, bool) and 0 < changed <= MOST_MS):
        raise MarksError("changed must be milliseconds since 1970")
    if not (is_machine(machine) and isinstance(machine, str)):
        raise MarksError("machine must be a short name")
    sort = MarkKind(kind)
    return MarkRow(check_key(key), sort.value, check_label(sort, label), _check_value(sort, value), changed, machine)


def is_machine(name: object) -> bool:
    """Whether something can be the name of a machine."""
    return isinstance(name, str) and bool(_MACHINE.fullmatch(name))


def _check_value(kind: MarkKind, value: str | None) -> str | None:
    if kind is MarkKind.NOTE or value is None:
        return kept(kind, value)
    if kind not in TIMES:
        if value != "1":
            raise MarksError("value must be 1 or nothing")
        return value
    if not (value.isascii() and value.isdigit() and len(value) < 16 and int(value) <= MOST_MS):
        raise MarksError("value must be milliseconds since 1970")
    return str(int(value))


def rank(row: MarkRow) -> tuple[int, str, str]:
    """Decides which of two rows of the same mark stays: that of the higher rank, which is the later one.

    Between equal times machine and value decide, so that all machines keep the same row.
    """
    return row.changed_ms, row.machine, "" if row.value is None else f"+{row.value}"


def newest(rows: Iterable[MarkRow]) -> dict[MarkName, MarkRow]:
    """Of each mark the row that stays: the one of the highest rank."""
    found: dict[MarkName, MarkRow] = {}
    for row in rows:
        if row.name not in found or rank(row) > rank(found[row.name]):
            found[row.name] = row
    return found


def collect(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, MarkSet]:
    """Collect the marks of each article.

    Args:
        rows: key, kind, label and value of marks that were not taken off.

    Raises:
        ValueError, OverflowError: a row has a kind or value that no mark has.
    """
    found: dict[str, tuple[_Mark, ...]] = {}
    for key, kind, label, value in rows:
        found[key] = (*found.get(key, ()), _Mark(kind, label, value))
    # Most articles have been read, and have no other mark: they share one `MarkSet`.
    sets = {marks: _mark_set(marks) for marks in set(found.values())}
    return {key: sets[marks] for key, marks in found.items()}


class _Mark(NamedTuple):
    """A mark of an article that was not taken off."""

    kind: str
    label: str
    value: str


def _mark_set(marks: tuple[_Mark, ...]) -> MarkSet:
    single = {MarkKind(mark.kind): mark.value for mark in marks if mark.kind not in LABELLED}
    times = {kind: from_ms(int(single[kind])) for kind in TIMES if kind in single}
    return MarkSet(
        read=MarkKind.READ in single,
        starred=MarkKind.STARRED in single,
        tags=tuple(sorted(mark.label for mark in marks if mark.kind == MarkKind.TAG)),
        note=clean_block(single.get(MarkKind.NOTE, "")),
        watches=frozenset(mark.label for mark in marks if mark.kind == MarkKind.WATCHED),
        seen=times.get(MarkKind.SEEN),
        known=times.get(MarkKind.KNOWN),
        later=MarkKind.LATER in single,
    )
