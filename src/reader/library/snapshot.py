"""The marks as they are at a moment, in memory: as keys for queries, and as ids of stories for what is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library.index import Index
    from reader.library.marks import Change, Marks
    from reader.library.query_values import MarkSets


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The marks on the stories of one library. What it holds does not change; a later state is another snapshot.

    Attributes:
        sets: the marks as keys of articles; None where nothing was ever marked.
        read: ids of the stories that were read.
        starred: ids of those with a star.
        watched: ids of those on events that are watched.
        noted: ids of those with a note.
        versions: of the marks and of the index that it was made from.
    """

    sets: MarkSets | None = None
    read: frozenset[int] = frozenset()
    starred: frozenset[int] = frozenset()
    watched: frozenset[int] = frozenset()
    noted: frozenset[int] = frozenset()
    versions: tuple[int, int] = (-1, -1)


NOTHING_MARKED = Snapshot()
"""Of a reader who has marked nothing yet."""


def asks_for_marks(text: str) -> bool:
    """Whether what a query finds may depend on what the reader marked; where it does not, no marks need be read."""
    lower = text.lower()
    return any(f"{field}:" in lower for field in ("is", "has", "tag"))


def mark_sets(marks: Marks, index: Index) -> MarkSets:
    """All marks, as a query asks for them. An article that joined a watched event later is watched as well.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks_model import Kind  # a start without marks goes without these
    from reader.library.query_values import MarkSets

    return MarkSets(
        read=marks.keys(Kind.READ),
        starred=marks.keys(Kind.STARRED),
        watched=index.on_events_of(marks.keys(Kind.WATCHED)),
        noted=marks.keys(Kind.NOTE),
        tagged={tag: marks.keys(Kind.TAG, tag) for tag in marks.tags()},
    )


def asks_for_growth(text: str) -> bool:
    """Whether a query asks for events that grew: what these are is looked up for such a query only."""
    return "new" in text.lower() and asks_for_marks(text)


def with_growth(sets: MarkSets, marks: Marks, index: Index) -> MarkSets:
    """The same marks, with the stories on events that grew since they were last looked at.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks_model import Kind

    return sets._replace(grown=index.grown_events(marks.keys(Kind.KNOWN), marks.keys(Kind.SEEN)))


def take(marks: Marks, index: Index, before: Snapshot) -> Snapshot:
    """The marks as they are now: the snapshot of before, where nothing changed since.

    Raises:
        MarksError: the marks cannot be read.
    """
    versions = marks.version, index.version
    if before.versions == versions:
        return before
    if before.sets is not None and before.versions[0] == versions[0]:
        from reader.library.marks_model import Kind

        sets = before.sets._replace(watched=index.on_events_of(marks.keys(Kind.WATCHED)))
    else:
        sets = mark_sets(marks, index)
    read, starred, watched, noted = map(index.stories_with, (sets.read, sets.starred, sets.watched, sets.noted))
    return Snapshot(sets, read, starred, watched, noted, versions)


def after(change: Change, marks: Marks, index: Index, before: Snapshot) -> Snapshot:
    """The marks after a change that `marks` has just made; a flag on a few articles costs those articles alone.

    Args:
        change: what `Marks.set` returned.
        marks: the marks that were changed.
        index: the index of the library.
        before: the marks as they were right before it.
    """
    from reader.library.marks_model import TIMES, Kind

    versions = marks.version, index.version
    is_next = before.sets is not None and versions == (before.versions[0] + bool(change.keys), before.versions[1])
    if not is_next or before.sets is None:
        return take(marks, index, before)
    if change.kind in TIMES or not change.keys:
        return replace(before, versions=versions)
    if change.kind not in (Kind.READ, Kind.STARRED):
        return take(marks, index, before)
    name, keys, ids = str(change.kind), frozenset(change.keys), index.stories_with(change.keys)
    marked_keys, marked_ids = getattr(before.sets, name), getattr(before, name)
    sets = before.sets._replace(**{name: marked_keys | keys if change.value else marked_keys - keys})
    shown = {name: marked_ids | ids if change.value else marked_ids - ids}
    return replace(before, sets=sets, versions=versions, **shown)
