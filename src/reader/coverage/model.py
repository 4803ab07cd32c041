"""The data of a coverage: an article in it, the coverage of a story, and the same in groups for display."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from reader.coverage.reasons import Reason
from reader.stories.dates import sort_time


class Relation(Enum):
    """What an article is to a story; in the order in which they are shown."""

    EVENT = "event"
    LINKED = "linked"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class CoverageArticle:
    """One article, merged from everything the library's files say of it.

    Attributes:
        key: the canonical URL, or a digest for an article without one.
        title: the headline.
        excerpt: its first lines or summary.
        provider: the outlet's name.
        outlet: what identifies the outlet: its domain where known; empty where nothing is.
        published: an aware time, a date alone, or None.
        quality: as the files have it, 0 to about 190; None where they have none.
        type: `article`, `video`, or what the file says.
        url: the address to open; empty where there is none.
        story: the id of the story of this library that is this article; None for an article on the web only.
        named_by: ids of the stories whose files name it as related, in ascending order.
        event: a number that the articles of one event share; None where no other article is on its event.
        copy: a number that articles with one text share (wire copy); None where the text is its own.
        reason: why it is on its event, or alike.
        relation: what it is to the story whose coverage this is.
        likeness: how likely it reports the same as that story, from 0 to 1; None where the two were not compared, or
            have next to nothing in common.
    """

    key: str
    title: str
    excerpt: str = ""
    provider: str = ""
    outlet: str = ""
    published: datetime | date | None = None
    quality: int | None = None
    type: str = ""
    url: str = ""
    story: int | None = None
    named_by: tuple[int, ...] = ()
    event: int | None = None
    copy: int | None = None
    reason: Reason | None = None
    relation: Relation = Relation.LINKED
    likeness: float | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is a story of this library."""
        return self.story is not None

    @property
    def why(self) -> str:
        """Why it is in the coverage, in words; empty where that needs no saying."""
        reason = str(self.reason) if self.reason else ""
        if self.relation is Relation.ALIKE:
            return f"alike: {reason}" if reason else "alike, found by words"
        return reason or ("linked, on no event with this story" if self.relation is Relation.LINKED else "")


@dataclass(frozen=True, slots=True)
class Coverage:
    """A story's coverage.

    Attributes:
        focus: the story itself, as an article.
        articles: all articles linked to the story or on its event, without the story itself, in no particular order.
        alike: stories of the library that are alike, but neither linked nor on the event; the most alike first.
    """

    focus: CoverageArticle
    articles: tuple[CoverageArticle, ...]
    alike: tuple[CoverageArticle, ...] = ()

    @property
    def all(self) -> tuple[CoverageArticle, ...]:
        """The story, what is on its event and what is linked; not what is alike."""
        return (self.focus, *self.articles)

    @property
    def whole(self) -> tuple[CoverageArticle, ...]:
        """The story, its event, what is linked and what is alike."""
        return (*self.all, *self.alike)

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing but the story."""
        return not self.articles and not self.alike

    @property
    def without_found(self) -> Coverage:
        """The same, without what is alike."""
        return replace(self, alike=())

    @property
    def outlets(self) -> int:
        """How many outlets report the event; 1 where no other article is on it."""
        return max(1, len(outlets_of(self.event)))

    @property
    def linked(self) -> tuple[CoverageArticle, ...]:
        """What is linked and not on the event."""
        event = self.focus.event
        return tuple(article for article in self.articles if event is None or article.event != event)

    @property
    def event(self) -> tuple[CoverageArticle, ...]:
        """The articles on the story's event by time, with the story itself; the story alone where no other is on it."""
        event = self.focus.event
        others = (article for article in self.articles if event is not None and article.event == event)
        return tuple(sorted((self.focus, *others), key=time_key))

    @property
    def is_found(self) -> bool:
        """Whether the event was found by its words alone: no article of it is linked to another."""
        event = self.event
        return len(event) > 1 and not any(article.reason and article.reason.linked_by for article in event)


@dataclass(frozen=True, slots=True)
class Placed:
    """An article at its place in time.

    Attributes:
        article: the article.
        offset: how much later it is than the earliest known; None where either has no time of day.
        is_earliest: whether it is the earliest known.
        copies: wire copies of it that are folded into it.
    """

    article: CoverageArticle
    offset: timedelta | None
    is_earliest: bool
    copies: tuple[CoverageArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Some articles that are shown under one label.

    Attributes:
        label: what they have in common, such as a day or an outlet; empty where the heading says it all.
        placed: the articles, in the order in which they are shown.
        heading: the heading of the section, if this is its first group; else empty.
    """

    label: str
    placed: tuple[Placed, ...]
    heading: str = ""


def time_key(article: CoverageArticle) -> tuple[bool, int, bool, str]:
    """A key that sorts articles by time: a date alone before all times of its day (in UTC), no date last.

    Articles of one time are sorted by their keys, as in the index, so that the same one of two copies is first
    everywhere.
    """
    seconds = sort_time(article.published)
    has_time = isinstance(article.published, datetime)
    return (seconds is None, seconds or 0, has_time, article.key)


def outlets_of(articles: Iterable[CoverageArticle]) -> set[str]:
    """The different outlets of articles, as far as they are known."""
    return {article.outlet for article in articles if article.outlet}


def without_copies(articles: Iterable[CoverageArticle]) -> list[CoverageArticle]:
    """Articles by time, of each wire copy only the earliest."""
    seen: set[int] = set()
    kept = []
    for article in sorted(articles, key=time_key):
        if article.copy is None or article.copy not in seen:
            kept.append(article)
        if article.copy is not None:
            seen.add(article.copy)
    return kept
