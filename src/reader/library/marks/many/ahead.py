"""Changes of marks while the program ends and a scribe has not finished its assignment yet.

They are not written here, but given to the scribe that goes on alone: it makes them after its assignment.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.base.errors import MarksError
from reader.library.marks.changes import Wanted
from reader.library.marks.many.assignments import Act, Assignment, Further
from reader.library.marks.marks import Marks, Row
from reader.library.marks.model import Change, MarkKind, MarkSet, kept
from reader.library.marks.records import DAMAGED, Step, remembered, steps_of
from reader.library.marks.undone import UNREADABLE, Undone

if TYPE_CHECKING:
    from reader.library.index.index import Index


class Given(NamedTuple):
    """What an assignment does to one mark of an article.

    Attributes:
        key: the article.
        label: the tag or watch; empty for the other kinds.
        value: the value that the mark gets.
        from_only: the only value from which it is changed, as a tuple of one; None for any value.
    """

    key: str
    label: str
    value: str | None
    from_only: tuple[str | None] | None = None


class Ahead(Marks):
    """The marks as they will be once an assignment is done. Changes are not written, but collected to follow it.

    Nothing can be undone or redone meanwhile.

    Args:
        path: the file of the marks.
        now: gives the time, aware.
        assignment: the assignment; no scribe is at work on it now.
        undone: the file with what the assignment does again.
        index: the index that has the stories.

    Attributes:
        further: the changes that were collected, in order.
    """

    def __init__(
        self, path: Path, now: Callable[[], datetime], assignment: Assignment, undone: Path, index: Index
    ) -> None:
        super().__init__(path, now)
        self.further: list[Further] = []
        self._assignment = assignment
        self._taken_back = undone
        self._asked = index
        self._changed: dict[tuple[str, MarkKind, str], str | None] = {}
        self._assigned_marks: tuple[MarkKind, list[Given]] = (assignment.kind, [])
        """What the assignment does to the articles that `of` is asked for."""

    def write_here(self) -> None:
        """Write the collected changes after all, without waiting for the assignment.

        Raises:
            MarksError: they cannot be written.
        """
        while self.further:
            first = self.further[0]
            super()._change(first.intent, first.wanted, by_itself=first.by_itself)
            del self.further[0]

    def of(self, keys: Iterable[str]) -> dict[str, MarkSet]:
        """As `Marks.of`, with the assignment and the collected changes done."""
        wanted = list(keys)
        self._assigned_marks = self._effect(wanted)
        return super().of(wanted)

    def _with_unwritten(self, rows: Iterable[Row], keys: Sequence[str]) -> list[Row]:
        values: dict[tuple[str, str, str], str | None] = {(key, kind, label): value for key, kind, label, value in rows}
        kind, given = self._assigned_marks
        for one in given:
            name = (one.key, kind.value, one.label)
            if one.from_only is None or one.from_only == (values.get(name),):
                values[name] = one.value
        asked = set(keys)
        values |= {name: value for name, value in self._changed.items() if name[0] in asked}
        return [(*name, value) for name, value in values.items() if value is not None]

    def keys(self, kind: MarkKind, label: str | None = None) -> frozenset[str]:
        """As `Marks.keys`, with the collected changes done, but not the assignment."""
        found = set(super().keys(kind, label))
        for (key, of_kind, of_label), value in self._changed.items():
            if of_kind is kind and label in (None, of_label):
                (found.discard if value is None else found.add)(key)
        return frozenset(found)

    def decided(self, keys: Iterable[str], kind: MarkKind, label: str = "") -> frozenset[str]:
        """As `Marks.decided`, with the collected changes done, but not the assignment."""
        wanted = list(keys)
        return super().decided(wanted, kind, label) | {key for key in wanted if (key, kind, label) in self._changed}

    def undo(self, only: int | None = None) -> Change | None:  # noqa: ARG002 — as in `Marks`
        """Nothing can be undone.

        Raises:
            MarksError: always.
        """
        raise MarksError("very many marks are still being written")

    def redo(self) -> Change | None:
        """Nothing can be redone.

        Raises:
            MarksError: always.
        """
        return self.undo()

    def _change(self, intent: Change, wanted: Mapping[Wanted, Sequence[str]], *, by_itself: bool = False) -> Change:
        keys = dict.fromkeys(key for some in wanted.values() for key in some)
        if not keys:
            return intent
        self.further.append(Further(intent, wanted, by_itself))
        for (label, value), some in wanted.items():
            self._changed |= dict.fromkeys(((key, intent.kind, label) for key in some), value)
        return replace(intent, keys=tuple(keys))

    def _effect(self, keys: Sequence[str]) -> tuple[MarkKind, list[Given]]:
        """The kind of mark that the assignment is about, and what it does to those of some articles."""
        assignment = self._assignment
        if assignment.act is Act.SET:
            found = self._asked.keys(self._asked.stories_with(keys) & assignment.stories)
            value = kept(assignment.kind, assignment.value)
            return assignment.kind, [Given(key, "", value) for key in found.values()]
        if assignment.act is Act.REDO:
            try:
                undone = Undone.from_file(self._taken_back)
                wanted = undone.wanted
            except UNREADABLE:
                return assignment.kind, []  # the scribe will fail to read it as well
            return undone.change.kind, [
                Given(key, label, value)
                for (label, value), some in wanted.items()
                for key in {*some}.intersection(keys)
            ]
        nothing: tuple[MarkKind, Iterator[Step]] = (assignment.kind, iter(()))
        kind, steps = self._file.read(lambda connection: _steps(connection, assignment.change), nothing)
        try:
            return kind, list(_given_back(steps, keys))
        except DAMAGED:
            return kind, []  # the scribe will fail to read it as well


def _given_back(steps: Iterable[Step], keys: Sequence[str]) -> Iterator[Given]:
    """What taking a change back does to the marks of some articles."""
    for step in steps:
        for key in keys:
            if key in step.before:
                state = step.before[key]
                yield Given(key, step.label, state.value if state else None, (step.value,))


def _steps(connection: sqlite3.Connection, change: int) -> tuple[MarkKind, Iterator[Step]]:
    """The kind and the steps of a change, by its time; no steps where it has been taken back, or cannot be read."""
    row = connection.execute("SELECT told, rows FROM changes WHERE changed_ms = ?", (change,)).fetchone()
    about = remembered(row[0]) if row else None
    return (about.kind, steps_of(row[1])) if about is not None else (MarkKind.READ, iter(()))
