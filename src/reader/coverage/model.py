"""An article of a story's coverage, and the coverage as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CoverageArticle:
    """One article, merged from everything the library's files say of it.

    Attributes:
        key: the canonical URL, or a digest for an article without one.
        title: the headline.
        excerpt: its first lines or summary.
        provider: the outlet's name.
        outlet: what tells the outlet from others: its domain where known.
        published: an aware time, a date alone, or None.
        quality: None where not given.
        type: `article`, `video`, or what the file says.
        url: the address to open; empty where there is none.
        story: the id of the story of this library that is this article; None for an article on the web only.
        named_by: ids of the stories whose files name it, in order.
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

    @property
    def is_local(self) -> bool:
        """Whether it is a story of this library."""
        return self.story is not None


class Grouping(StrEnum):
    """How the coverage is grouped."""

    TIME = "time"
    OUTLET = "outlet"
    QUALITY = "quality"

    @property
    def next(self) -> Grouping:
        """The grouping after this one, around in a circle."""
        ways = list(Grouping)
        return ways[(ways.index(self) + 1) % len(ways)]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A story's coverage.

    Attributes:
        focus: the story itself, as an article.
        articles: all articles linked to it, without itself, in no particular order.
    """

    focus: CoverageArticle
    articles: tuple[CoverageArticle, ...]

    @property
    def all(self) -> tuple[CoverageArticle, ...]:
        """The story and its coverage."""
        return (self.focus, *self.articles)

    @property
    def outlets(self) -> int:
        """How many outlets there are, the story's own counted."""
        return len({article.outlet for article in self.all if article.outlet})


@dataclass(frozen=True, slots=True)
class Placed:
    """An article at its place in time.

    Attributes:
        article: the article.
        offset: how much later it is than the earliest known; None where either has no time of day.
        is_earliest: whether it is the earliest known.
    """

    article: CoverageArticle
    offset: timedelta | None
    is_earliest: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Some articles under one label."""

    label: str
    placed: tuple[Placed, ...]
