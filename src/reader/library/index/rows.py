"""What the index answers with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

NO_DATE, DATE_ALONE, TIME = 0, 1, 2
"""How much is known of a time: what the column `dated` holds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def published_from(seconds: int | None, dated: int) -> datetime | date | None:
    """A time out of its two columns."""
    if seconds is None or dated == NO_DATE:
        return None
    when = _EPOCH + timedelta(seconds=seconds)
    return when.date() if dated == DATE_ALONE else when


class ArticleRow(NamedTuple):
    """What the index keeps of an article: the columns that `stories`, `entries` and `articles` have in common.

    Attributes:
        title: the headline.
        excerpt: a sentence or two of it.
        provider: the outlet's name.
        outlet: its domain.
        published: in seconds since 1970; None where that is not known.
        dated: `NO_DATE`, `DATE_ALONE` or `TIME`.
        quality: None where not given.
        type: `article`, `video`, or what the file says.
        url: the link to its source.
    """

    title: str
    excerpt: str
    provider: str
    outlet: str
    published: int | None
    dated: int
    quality: int | None
    type: str
    url: str


class StoryRow(NamedTuple):
    """A story as the list shows it.

    Attributes:
        id: the story's number in the index; stays the same while the file is there, also when it is renamed.
        title: the headline.
        provider: the outlet's name.
        published: an aware time, a date alone, or None.
        outlets: how many outlets report its event, its own counted; 1 where it is on none with another article.
        type: `article`, `video`, or what the file says.
        quality: None where not given.
        coverage: how many articles are linked to it.
        linked: how many of these are not on its event.
        alike: how many stories are alike that are neither linked to it nor on its event.
    """

    id: int
    title: str
    provider: str
    published: datetime | date | None
    outlets: int
    type: str
    quality: int | None
    coverage: int
    linked: int = 0
    alike: int = 0


class StoryText(NamedTuple):
    """A story as the story pane shows it at once, before its file is read again for the rest."""

    id: int
    title: str
    provider: str
    published: datetime | date | None
    topics: tuple[str, ...]
    quality: int | None
    type: str
    excerpt: str
    body: str
    url: str


class Problem(NamedTuple):
    """What could not be read, or was odd.

    Attributes:
        path: the file or folder, relative to the library's folder, safe to show.
        line: counted from 1; 0 where the file as a whole is meant.
        reason: what is wrong, for a person.
        unread: whether the file could not be read; else it was read with this flaw, or passed over.
        passed_over: whether it looks like a story, and is none that its tool would show.
    """

    path: str
    line: int
    reason: str
    unread: bool
    passed_over: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class Counts(NamedTuple):
    """The size of a library: stories, articles that they name as coverage, files not read, and those passed over."""

    stories: int
    articles: int
    unread: int
    passed_over: int = 0


class FormatCount(NamedTuple):
    """A tool that writes stories, and how many stories of a library it wrote."""

    name: str
    stories: int


class TopicCount(NamedTuple):
    """A topic and how many stories have it."""

    name: str
    stories: int
