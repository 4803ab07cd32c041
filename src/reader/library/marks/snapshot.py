"""The marks as they are at a moment, in memory: as keys for queries, and as ids of stories for what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.marks.marks import Change, Marks
    from reader.library.query.query import Query
    from reader.library.query.values import MarkSets


class Versions(NamedTuple):
    """Of which marks and which index a snapshot is."""

    of_marks: int
    of_index: int


class Snapshot(NamedTuple):
    """The marks on the stories of one library. What it holds does not change; a later state is another snapshot.

    Attributes:
        keys: the marks as keys of articles; None where nothing was ever marked.
        read: ids of the stories that were read.
        starred: ids of those with a star.
        watched: ids of those on events that are watched.
        noted: ids of those with a note.
        tagged: tag → ids of those that have it.
        grown: ids of those on events that grew since they were last looked at, where that was asked for.
        versions: of the marks and of the index that it was made from.
        later: ids of those to be read later.
    """

    keys: MarkSets[str] | None = None
    read: Set[int] = frozenset()
    starred: Set[int] = frozenset()
    watched: Set[int] = frozenset()
    noted: Set[int] = frozenset()
    tagged: Mapping[str, Set[int]] = MappingProxyType({})
    grown: Set[int] = frozenset()
    versions: Versions = Versions(-1, -1)
    later: Set[int] = frozenset()

    @property
    def sets(self) -> MarkSets[int]:
        """The marks as a query asks for them, by the ids of this state of the index."""
        from reader.library.query.values import MarkSets

        return MarkSets(self.read, self.starred, self.watched, self.noted, self.tagged, self.grown, self.later)

    @property
    def hidden(self) -> Set[int]:
        """Ids of the stories that are not listed, unless they are asked for."""
        return self.sets.hidden if self.tagged else frozenset()


NOTHING_MARKED = Snapshot()
"""Of a reader who has marked nothing yet."""


def count_at_once(query: Query, marks: Snapshot, stories: int) -> int | None:
    """How many stories answer a query that asks for one mark alone, without asking the index; None for other queries.

    Args:
        query: not bound.
        marks: as they are now.
        stories: how many there are in all.
    """
    from reader.library.query.tree import Field, Term

    if marks.hidden or not isinstance(query.tree, Term) or query.tree.field is not Field.IS:
        return None
    known = {"read": len(marks.read), "starred": len(marks.starred), "watched": len(marks.watched)}
    known["later"] = len(marks.later)
    known["unread"] = max(stories - len(marks.read), 0)
    return known.get(str(query.tree.values[0])) if len(query.tree.values) == 1 else None


def mark_sets(marks: Marks, index: Index) -> MarkSets[str]:
    """All marks as keys of articles. An article that joined a watched event later is watched as well.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks.model import MarkKind
    from reader.library.query.values import MarkSets

    return MarkSets(
        read=marks.keys(MarkKind.READ),
        starred=marks.keys(MarkKind.STARRED),
        watched=index.on_events_of(marks.keys(MarkKind.WATCHED)),
        noted=marks.keys(MarkKind.NOTE),
        later=marks.keys(MarkKind.LATER),
        tagged={tag: marks.keys(MarkKind.TAG, tag) for tag in marks.tags()},
    )


def hidden_sets(marks: Marks, index: Index) -> MarkSets[int] | None:
    """The hidden stories of a library alone, which are few; None where there are none.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks.model import MarkKind
    from reader.library.query.values import HIDDEN, MarkSets

    hidden = index.stories_with(marks.keys(MarkKind.TAG, HIDDEN))
    return MarkSets[int](tagged={HIDDEN: hidden}) if hidden else None


def with_growth(sets: MarkSets[str], marks: Marks, index: Index) -> MarkSets[str]:
    """The same marks, with the stories on events that grew since they were last looked at.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks.model import MarkKind

    return sets._replace(grown=index.grown_events(marks.keys(MarkKind.KNOWN), marks.keys(MarkKind.SEEN)))


def grown(known: Snapshot, marks: Marks, index: Index) -> Snapshot:
    """A snapshot with the stories on events that grew since they were last looked at.

    Raises:
        MarksError: the marks cannot be read.
    """
    if known.keys is None:
        return known
    return _of_stories(with_growth(known.keys, marks, index), index, Versions(known.versions.of_marks, index.version))


def take(marks: Marks, index: Index, before: Snapshot) -> Snapshot:
    """The marks as they are now: the snapshot of before, where nothing changed since.

    Raises:
        MarksError: the marks cannot be read.
    """
    versions = Versions(marks.version, index.version)
    if before.versions == versions:
        return before
    if before.keys is not None and before.versions.of_marks == versions.of_marks:
        from reader.library.marks.model import MarkKind

        keys = before.keys._replace(watched=index.on_events_of(marks.keys(MarkKind.WATCHED)))
    else:
        keys = mark_sets(marks, index)
    return _of_stories(keys, index, versions)


def on_index(marks: Snapshot, index: Index) -> Snapshot:
    """Former marks, on the stories as they are now: their ids may have changed hands."""
    if marks.keys is None or marks.versions.of_index == index.version:
        return marks
    return _of_stories(marks.keys, index, Versions(marks.versions.of_marks, index.version))


def _of_stories(keys: MarkSets[str], index: Index, versions: Versions) -> Snapshot:
    read, starred, watched, noted = map(index.stories_with, (keys.read, keys.starred, keys.watched, keys.noted))
    tagged = {tag: index.stories_with(some) for tag, some in keys.tagged.items()}
    grown, later = index.stories_with(keys.grown), index.stories_with(keys.later)
    return Snapshot(keys, read, starred, watched, noted, tagged, grown, versions, later)


def after(change: Change, marks: Marks, index: Index, before: Snapshot, *, undone: bool = False) -> Snapshot:
    """The marks after a change that `marks` has just made; a flag on some articles costs those articles alone.

    Args:
        change: what `Marks.set` or `Marks.undo` returned.
        marks: the marks that were changed.
        index: the index of the library.
        before: the marks as they were right before it.
        undone: whether the change was taken back: then a flag that it set is off again, and one it took off is on.
    """
    from reader.library.marks.model import TIMES, MarkKind

    versions = Versions(marks.version, index.version)
    expected = before.versions._replace(of_marks=before.versions.of_marks + bool(change.keys))
    is_next = before.keys is not None and versions == expected
    if not is_next or before.keys is None:
        return take(marks, index, before)
    if change.kind in TIMES or not change.keys:
        return before._replace(versions=versions)
    if change.kind not in (MarkKind.READ, MarkKind.STARRED, MarkKind.LATER):
        return take(marks, index, before)
    name, keys, ids = str(change.kind), frozenset(change.keys), index.stories_with(change.keys)
    marked_keys, marked_ids = getattr(before.keys, name), getattr(before, name)
    is_on = bool(change.value) != undone
    sets = before.keys._replace(**{name: marked_keys | keys if is_on else marked_keys - keys})
    shown = {name: marked_ids | ids if is_on else marked_ids - ids}
    return before._replace(keys=sets, versions=versions, **shown)
