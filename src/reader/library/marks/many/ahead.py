"""Marks that change as the program ends, while a scribe has not done its assignment yet.

The scribe that is left alone makes these changes too, after its assignment: as if they had waited for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.base.errors import MarksError
from reader.library.index.lists.story_set import StorySet
from reader.library.marks.changes import Wanted
from reader.library.marks.many.assignments import Act, Assignment, Further
from reader.library.marks.marks import Marks, Row
from reader.library.marks.model import Change, MarkKind, MarkSet, kept
from reader.library.marks.records import DAMAGED, Step, remembered, steps_of
from reader.library.marks.undone import UNREADABLE, Undone

if TYPE_CHECKING:
    from reader.library.index.index import Index


class Given(NamedTuple):
    """What an assignment does to an article's mark.

    Attributes:
        key: the article.
        label: the tag or watch; empty for the other kinds.
        value: what the mark is then.
        from_only: what it must be before, or else it stays as it is; None for whatever it is.
    """

    key: str
    label: str
    value: str | None
    from_only: tuple[str | None] | None = None


class Ahead(Marks):
    """The marks as they will be once an assignment is done. Changes are not written, but collected to follow it.

    Until then nothing can be undone or redone.

    Args:
        path: the file of the marks.
        now: the time, aware.
        assignment: the assignment; no scribe is at work on it now.
        undone: the file of what the assignment does again.
        index: the index that knows the stories.

    Attributes:
        further: the changes, in order.
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
        self._meanings: tuple[MarkKind, list[Given]] = (assignment.kind, [])

    def write_here(self) -> None:
        """Write the changes after all, without the assignment.

        Raises:
            MarksError: they cannot be written.
        """
        while self.further:
            first = self.further[0]
            super()._change(first.intent, first.wanted, by_itself=first.by_itself)
            del self.further[0]

    def of(self, keys: Iterable[str]) -> dict[str, MarkSet]:
        """As of all marks, when the assignment and the changes are done."""
        wanted = list(keys)
        self._meanings = self._effect(wanted)
        return super().of(wanted)

    def _meant(self, rows: Iterable[Row], keys: Sequence[str]) -> list[Row]:
        values: dict[tuple[str, str, str], str | None] = {(key, kind, label): value for key, kind, label, value in rows}
        kind, given = self._meanings
        for one in given:
            name = (one.key, kind.value, one.label)
            if one.from_only is None or one.from_only == (values.get(name),):
                values[name] = one.value
        meant = set(keys)
        values |= {name: value for name, value in self._changed.items() if name[0] in meant}
        return [(*name, value) for name, value in values.items() if value is not None]

    def keys(self, kind: MarkKind, label: str | None = None) -> frozenset[str]:
        """As of all marks, when the changes are done; the assignment is not looked at."""
        found = set(super().keys(kind, label))
        for (key, of_kind, of_label), value in self._changed.items():
            if of_kind is kind and label in (None, of_label):
                (found.discard if value is None else found.add)(key)
        return frozenset(found)

    def decided(self, keys: Iterable[str], kind: MarkKind, label: str = "") -> frozenset[str]:
        """As of all marks, when the changes are done; the assignment is not looked at."""
        wanted = list(keys)
        return super().decided(wanted, kind, label) | {key for key in wanted if (key, kind, label) in self._changed}

    def undo(self, only: int | None = None) -> Change | None:  # noqa: ARG002 — as of all marks
        """It cannot be.

        Raises:
            MarksError: always.
        """
        raise MarksError("very many marks are still being written")

    def redo(self) -> Change | None:
        """It cannot be.

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

    @cached_property
    def _assigned(self) -> StorySet:
        """The stories that the assignment is about."""
        return StorySet(self._assignment.stories)

    def _effect(self, keys: Sequence[str]) -> tuple[MarkKind, list[Given]]:
        """The kind of mark that the assignment is about, and what it does to some articles."""
        assignment = self._assignment
        if assignment.act is Act.SET:
            found = self._asked.keys(self._asked.stories_with(keys) & self._assigned)
            value = kept(assignment.kind, assignment.value)
            return assignment.kind, [Given(key, "", value) for key in found.values()]
        if assignment.act is Act.REDO:
            try:
                undone = Undone.from_file(self._taken_back)
                wanted = undone.wanted
            except UNREADABLE:
                return assignment.kind, []  # then it cannot be done again either
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
            return kind, []  # then it cannot be taken back either


def _given_back(steps: Iterable[Step], keys: Sequence[str]) -> Iterator[Given]:
    """What taking a change back does to some articles."""
    for step in steps:
        for key in keys:
            if key in step.before:
                state = step.before[key]
                yield Given(key, step.label, state.value if state else None, (step.value,))


def _steps(connection: sqlite3.Connection, change: int) -> tuple[MarkKind, Iterator[Step]]:
    """What a change did; nothing where it is taken back already, or cannot be."""
    row = connection.execute("SELECT told, rows FROM changes WHERE changed_ms = ?", (change,)).fetchone()
    about = remembered(row[0]) if row else None
    return (about.kind, steps_of(row[1])) if about is not None else (MarkKind.READ, iter(()))
