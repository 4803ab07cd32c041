"""The marks as they are at a moment, in memory: by the ids that the stories of a library have then."""

from __future__ import annotations

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.library.index.lists.story_set import StorySet

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.index.listing import Listing
    from reader.library.marks.marks import Change, Marks
    from reader.library.query.query import Query
    from reader.library.query.values import MarkSets


class Versions(NamedTuple):
    """Of which marks and which index a snapshot is."""

    of_marks: int
    of_index: int


NEVER = Versions(-1, -1)
"""Of marks that were not looked at."""


class Snapshot(NamedTuple):
    """The marks on the stories of one library, by id. What it holds does not change; a later state is another one.

    Attributes:
        read: the stories that were read.
        starred: those with a star.
        watched: those on events that are watched.
        noted: those with a note.
        tagged: tag → those that have it.
        grown: those on events that grew since they were last looked at, where that was asked for.
        later: those to be read later.
        versions: of the marks and of the index that it was made from.
        clock: when the last change of these marks was made; as of `Marks.clock`.
        grown_keys: the articles on the events that grew.
    """

    read: Set[int] = frozenset()
    starred: Set[int] = frozenset()
    watched: Set[int] = frozenset()
    noted: Set[int] = frozenset()
    tagged: Mapping[str, Set[int]] = MappingProxyType({})
    grown: Set[int] = frozenset()
    later: Set[int] = frozenset()
    versions: Versions = NEVER
    clock: int = 0
    grown_keys: frozenset[str] = frozenset()

    @property
    def is_taken(self) -> bool:
        """Whether the marks were looked at."""
        return self.versions != NEVER

    @property
    def sets(self) -> MarkSets:
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


def sets_for(listing: Listing, marks: Marks, index: Index) -> MarkSets | None:
    """The marks as far as the answer to a question depends on them; None where it does not.

    Raises:
        MarksError: the marks cannot be read.
    """
    if not listing.asks_for_marks:
        return hidden_sets(marks, index)
    known = take(marks, index)
    return (grown(known, marks, index) if listing.asks_for_growth else known).sets


def hidden_sets(marks: Marks, index: Index) -> MarkSets | None:
    """The hidden stories of a library alone, which are few; None where there are none.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks.model import MarkKind
    from reader.library.query.values import HIDDEN, MarkSets

    hidden = index.stories_with(marks.keys(MarkKind.TAG, HIDDEN))
    return MarkSets(tagged={HIDDEN: hidden}) if hidden else None


def grown(known: Snapshot, marks: Marks, index: Index) -> Snapshot:
    """A snapshot with the stories on events that grew since they were last looked at.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks.model import MarkKind

    keys = index.grown_events(marks.keys(MarkKind.KNOWN), marks.keys(MarkKind.SEEN))
    known = on_index(known, marks, index)
    return known._replace(grown=index.stories_with(keys), grown_keys=keys)


def take(marks: Marks, index: Index, before: Snapshot = NOTHING_MARKED) -> Snapshot:
    """The marks as they are now: the snapshot of before, where nothing changed since.

    An article that joined a watched event later is watched as well.

    Raises:
        MarksError: the marks cannot be read.
    """
    versions = Versions(marks.version, index.version)
    if before.versions == versions:
        return before
    from reader.library.marks.model import MarkKind

    def of(kind: MarkKind, label: str | None = None) -> StorySet:
        return index.stories_with(sorted(marks.keys(kind, label)))

    return Snapshot(
        read=index.stories_with(marks.read_keys()),
        starred=of(MarkKind.STARRED),
        watched=index.stories_with(index.on_events_of(marks.keys(MarkKind.WATCHED))),
        noted=of(MarkKind.NOTE),
        later=of(MarkKind.LATER),
        tagged={tag: of(MarkKind.TAG, tag) for tag in marks.tags()},
        versions=versions,
        clock=marks.clock,
    )


def on_index(known: Snapshot, marks: Marks, index: Index) -> Snapshot:
    """Former marks, on the stories as they are now: their ids may have changed hands.

    Raises:
        MarksError: the marks cannot be read.
    """
    if not known.is_taken or known.versions.of_index == index.version:
        return known
    from reader.library.marks.model import MarkKind

    now = take(marks, index)
    flags = {MarkKind.READ: now.read, MarkKind.STARRED: now.starred, MarkKind.LATER: now.later}
    flags |= {MarkKind.NOTE: now.noted, MarkKind.WATCHED: now.watched}
    tagged = dict(now.tagged)
    for (kind, label), flipped in marks.flags_since(known.clock).items():
        widened = map(index.on_events_of, flipped) if kind is MarkKind.WATCHED else flipped
        removed, added = map(index.stories_with, map(sorted, widened))
        if kind is MarkKind.TAG:
            tagged[label] = (tagged.get(label, StorySet()) - removed) | added
        elif kind in flags:
            flags[kind] = (flags[kind] - removed) | added
    return Snapshot(
        read=flags[MarkKind.READ],
        starred=flags[MarkKind.STARRED],
        watched=flags[MarkKind.WATCHED],
        noted=flags[MarkKind.NOTE],
        later=flags[MarkKind.LATER],
        tagged=tagged,
        grown=index.stories_with(known.grown_keys),
        versions=Versions(known.versions.of_marks, index.version),
        clock=known.clock,
        grown_keys=known.grown_keys,
    )


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
    if not before.is_taken or versions != expected:
        return take(marks, index, before)
    if change.kind in TIMES or not change.keys:
        return before._replace(versions=versions, clock=marks.clock)
    if change.kind not in (MarkKind.READ, MarkKind.STARRED, MarkKind.LATER):
        return take(marks, index, before)
    stories, name = index.stories_with(change.keys), str(change.kind)
    marked = getattr(before, name)
    is_on = bool(change.value) != undone
    shown = {name: marked | stories if is_on else marked - stories}
    return before._replace(versions=versions, clock=marks.clock, **shown)
