"""The marks on the stories of a library at one moment, in memory, as sets of the stories' ids.

The marks belong to articles, by their keys; a snapshot says which stories those are in one state of the index. It is
immutable: `take`, `after` and `on_index` make the next one of it, at as little cost as the change allows.
"""

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
    """The versions of the marks and of the index that a snapshot is made from."""

    of_marks: int
    of_index: int


NEVER = Versions(-1, -1)
"""The versions where the marks have not been looked at yet."""


class MarkedArticles(NamedTuple):
    """The articles that are marked, in whatever library; the attributes are as in `Snapshot`."""

    read: Articles = Articles()
    starred: Articles = Articles()
    watched: Articles = Articles()
    noted: Articles = Articles()
    tagged: Mapping[str, Articles] = MappingProxyType({})
    grown: Articles = Articles()
    later: Articles = Articles()


class Snapshot(NamedTuple):
    """The marks on the stories of one library, by the stories' ids.

    Attributes:
        read: the stories that have been read.
        starred: those with a star.
        watched: those on events that are watched.
        noted: those with a note.
        tagged: by tag, those that have it.
        grown: those on events that have new articles since they were last looked at; only if that was asked for.
        later: those to be read later.
        versions: the versions of the marks and of the index that it was made from.
        articles: the marked articles that these stories are, with those that no story of the library is.
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
        """Whether the marks have been looked at."""
        return self.versions != NEVER

    @property
    def sets(self) -> MarkSets:
        """The marks as a query is bound to them."""
        from reader.library.query.values import MarkSets

        return MarkSets(self.read, self.starred, self.watched, self.noted, self.tagged, self.grown, self.later)

    @property
    def hidden(self) -> Set[int]:
        """The stories that are not listed unless a query asks for them."""
        return self.sets.hidden if self.tagged else frozenset()


NOTHING_MARKED = Snapshot()
"""A snapshot without marks, that was not taken yet."""


def count_at_once(query: Query, marks: Snapshot, stories: int) -> int | None:
    """How many stories answer a query for a single mark, without asking the index; None for other queries.

    Args:
        query: the query, not bound.
        marks: the marks as they are now.
        stories: how many stories the library has.
    """
    from reader.library.query.tree import Field, Term

    if marks.hidden or not isinstance(query.tree, Term) or query.tree.field is not Field.IS:
        return None
    known = {"read": len(marks.read), "starred": len(marks.starred), "watched": len(marks.watched)}
    known["later"] = len(marks.later)
    known["unread"] = max(stories - len(marks.read), 0)
    return known.get(str(query.tree.values[0])) if len(query.tree.values) == 1 else None


def sets_for(listing: Listing, marks: Marks, index: Index) -> MarkSets | None:
    """The marks that the answer to a question depends on; None where it depends on none.

    Raises:
        MarksError: the marks cannot be read.
    """
    if not listing.asks_for_marks:
        return hidden_sets(marks, index)
    known = take(marks, index)
    return (grown(known, marks, index) if listing.asks_for_growth else known).sets


def hidden_sets(marks: Marks, index: Index) -> MarkSets | None:
    """The marks of hidden stories alone, which are few; None where there are none.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks.model import MarkKind
    from reader.library.query.values import HIDDEN, MarkSets

    hidden = index.stories_with(marks.keys(MarkKind.TAG, HIDDEN))
    return MarkSets(tagged={HIDDEN: hidden}) if hidden else None


def grown(known: Snapshot, marks: Marks, index: Index) -> Snapshot:
    """A snapshot with `grown` filled in.

    Raises:
        MarksError: the marks cannot be read.
    """
    from reader.library.marks.model import MarkKind

    keys = index.grown_events(marks.keys(MarkKind.KNOWN), marks.keys(MarkKind.SEEN))
    known = on_index(known, index)
    articles = known.articles._replace(grown=_articles(keys))
    return known._replace(grown=index.stories_of(articles.grown), articles=articles)


def take(marks: Marks, index: Index, before: Snapshot = NOTHING_MARKED) -> Snapshot:
    """Take a snapshot of the marks as they are now.

    An article that has joined a watched event since is watched as well.

    Args:
        marks: the marks.
        index: the index of the library.
        before: an earlier snapshot: what has not changed since is taken from it, maybe all of it.

    Raises:
        MarksError: the marks cannot be read.
        QuestionCancelledError: nobody waits for the snapshot any more.
    """
    versions = Versions(marks.version, index.version)
    if before.versions == versions:
        return before
    if before.is_taken and before.versions.of_marks == versions.of_marks:
        return _on_stories(before.articles._replace(watched=_watched(marks, index)), index, versions)
    return _on_stories(_marked(marks, index, _articles(marks.read_keys(index.check_cancelled))), index, versions)


def _marked(marks: Marks, index: Index, read: Articles) -> MarkedArticles:
    """The articles that are marked now; those that are read are given, as they may be very many."""
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
    """The same marks on the stories of the index as it is now, in which ids may stand for other stories."""
    version = index.version
    if not marks.is_taken or marks.versions.of_index == version:
        return marks
    return _on_stories(marks.articles, index, marks.versions._replace(of_index=version))


def with_former(marks: Snapshot, former: Snapshot, stories: Iterable[int], index: Index) -> Snapshot:
    """The marks as they are now, but as they were before on some stories.

    Args:
        marks: the marks as they are now.
        former: the marks as they were before.
        stories: the ids of the stories that are to have their former marks.
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
    """The snapshot of some marked articles; `versions` must have been read before these were."""
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
    """The snapshot after a change that `marks` has just made. A flag on some articles costs only those articles.

    It keeps the index's version of before: if the library has changed as well, `take` will see that.

    Args:
        change: what `Marks.set` or `Marks.undo` has returned.
        marks: the marks that were changed.
        index: the index of the library.
        before: the snapshot right before the change.
        undone: whether the change was taken back: then a flag that it had set is off, and one that it had taken off is
            on.

    Raises:
        MarksError: the marks cannot be read.
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
