"""The marks as they are at a moment, in memory: by the ids that the stories of a library have then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.library.index.lists.story_set import StorySet
from reader.library.index.storage.article_keys import each_number
from reader.library.marks.articles import Articles

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


class MarkedArticles(NamedTuple):
    """The articles that are marked, in any library; the attributes are those of `Snapshot`."""

    read: Articles = Articles()
    starred: Articles = Articles()
    watched: Articles = Articles()
    noted: Articles = Articles()
    tagged: Mapping[str, Articles] = MappingProxyType({})
    grown: Articles = Articles()
    later: Articles = Articles()


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
        articles: what all this was found by.
    """

    read: Set[int] = frozenset()
    starred: Set[int] = frozenset()
    watched: Set[int] = frozenset()
    noted: Set[int] = frozenset()
    tagged: Mapping[str, Set[int]] = MappingProxyType({})
    grown: Set[int] = frozenset()
    later: Set[int] = frozenset()
    versions: Versions = NEVER
    articles: MarkedArticles = MarkedArticles()

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
    known = on_index(known, index)
    articles = known.articles._replace(grown=_articles(keys))
    return known._replace(grown=index.stories_of(articles.grown), articles=articles)


def take(marks: Marks, index: Index, before: Snapshot = NOTHING_MARKED) -> Snapshot:
    """The marks as they are now: the snapshot of before, where nothing changed since.

    An article that joined a watched event later is watched as well.

    Raises:
        MarksError: the marks cannot be read.
        QuestionCancelledError: nobody waits for them any more.
    """
    versions = Versions(marks.version, index.version)
    if before.versions == versions:
        return before
    if before.is_taken and before.versions.of_marks == versions.of_marks:
        return _on_stories(before.articles._replace(watched=_watched(marks, index)), index, versions)
    return _on_stories(_marked(marks, index, _articles(marks.read_keys(index.check_cancelled))), index, versions)


def _marked(marks: Marks, index: Index, read: Articles) -> MarkedArticles:
    """The articles that are marked now, where those that were read are known: they may be very many."""
    from reader.library.marks.model import MarkKind

    return MarkedArticles(
        read=read,
        starred=_articles(marks.keys(MarkKind.STARRED)),
        watched=_watched(marks, index),
        noted=_articles(marks.keys(MarkKind.NOTE)),
        later=_articles(marks.keys(MarkKind.LATER)),
        tagged={tag: _articles(marks.keys(MarkKind.TAG, tag)) for tag in marks.tags()},
    )


def _watched(marks: Marks, index: Index) -> Articles:
    from reader.library.marks.model import MarkKind

    return _articles(index.on_events_of(marks.keys(MarkKind.WATCHED)))


def on_index(marks: Snapshot, index: Index) -> Snapshot:
    """Former marks, on the stories as they are now: their ids may have changed hands."""
    version = index.version
    if not marks.is_taken or marks.versions.of_index == version:
        return marks
    return _on_stories(marks.articles, index, marks.versions._replace(of_index=version))


def with_former(marks: Snapshot, former: Snapshot, stories: Iterable[int], index: Index) -> Snapshot:
    """Marks as they are now, but some stories with those that they had before.

    Args:
        marks: as they are now.
        former: as they were.
        stories: those that keep them.
        index: the index of the library.
    """
    marks, former, staying = on_index(marks, index), on_index(former, index), StorySet(stories)

    def kept(now: Set[int], then: Set[int], articles: Articles) -> tuple[Set[int], Articles]:
        gone, come = (then - now) & staying, (now - then) & staying
        for some, is_in in ((gone, True), (come, False)):
            if some:
                articles = articles.changed_by_many(index.each_article(some), is_in=is_in)
        return (now | gone) - come, articles

    names = [name for name in MarkedArticles._fields if name != "tagged"]
    flags = {name: kept(getattr(marks, name), getattr(former, name), getattr(marks.articles, name)) for name in names}
    nothing: Set[int] = frozenset()
    tagged = {
        tag: kept(
            marks.tagged.get(tag, nothing), former.tagged.get(tag, nothing), marks.articles.tagged.get(tag, Articles())
        )
        for tag in {**marks.tagged, **former.tagged}
    }
    articles = MarkedArticles(
        **{name: articles for name, (_, articles) in flags.items()},
        tagged={tag: articles for tag, (_, articles) in tagged.items()},
    )
    shown: dict[str, Any] = {name: stories for name, (stories, _) in flags.items()}
    return marks._replace(
        **shown,
        tagged={tag: shown for tag, (shown, _) in tagged.items()},
        articles=articles,
    )


def _articles(keys: Iterable[str]) -> Articles:
    return Articles.of(each_number(keys))


def _on_stories(articles: MarkedArticles, index: Index, versions: Versions) -> Snapshot:
    """The marks on the stories of a library; `versions` were read before."""
    return Snapshot(
        read=index.stories_of(articles.read),
        starred=index.stories_of(articles.starred),
        watched=index.stories_of(articles.watched),
        noted=index.stories_of(articles.noted),
        tagged={tag: index.stories_of(some) for tag, some in articles.tagged.items()},
        grown=index.stories_of(articles.grown),
        later=index.stories_of(articles.later),
        versions=versions,
        articles=articles,
    )


def after(change: Change, marks: Marks, index: Index, before: Snapshot, *, undone: bool = False) -> Snapshot:
    """The marks after a change that `marks` has just made; a flag on some articles costs those articles alone.

    Where the library has changed as well, `take` is to tell of that: this keeps to the version of before.

    Args:
        change: what `Marks.set` or `Marks.undo` returned.
        marks: the marks that were changed.
        index: the index of the library.
        before: the marks as they were right before it.
        undone: whether the change was taken back: then a flag that it set is off again, and one it took off is on.
    """
    from reader.library.marks.model import TIMES, MarkKind

    versions = before.versions._replace(of_marks=before.versions.of_marks + bool(change.count))
    if not before.is_taken or versions.of_marks != marks.version:
        return take(marks, index, before)
    if change.kind in TIMES or not change.count:
        return before._replace(versions=versions)
    if change.kind not in (MarkKind.READ, MarkKind.STARRED, MarkKind.LATER):
        marked = _marked(marks, index, before.articles.read)
        others = _on_stories(marked._replace(read=Articles()), index, versions)
        return others._replace(read=before.read, articles=marked)
    name, is_in = str(change.kind), bool(change.value) != undone
    numbers = frozenset(each_number(change.keys))
    stories, marked = index.stories_of(numbers), getattr(before, name)
    articles: Articles = getattr(before.articles, name)
    shown = {name: marked | stories if is_in else marked - stories}
    kept: dict[str, Any] = {name: articles.changed(numbers, is_in=is_in)}
    return before._replace(versions=versions, articles=before.articles._replace(**kept), **shown)
