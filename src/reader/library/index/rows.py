"""Rows that the index gives: named tuples of what its tables hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

NO_DATE, DATE_ALONE, TIME = 0, 1, 2
"""How much is known of a time, as in the column `dated`: nothing, its day, or all of it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def published_from(seconds: int | None, dated: int) -> datetime | date | None:
    """A time from its two columns: an aware time in UTC, a date alone, or None.

    Args:
        seconds: since 1970; of a date alone, its midnight in UTC.
        dated: `NO_DATE`, `DATE_ALONE` or `TIME`.
    """
    if seconds is None or dated == NO_DATE:
        return None
    when = _EPOCH + timedelta(seconds=seconds)
    return when.date() if dated == DATE_ALONE else when


class ArticleRow(NamedTuple):
    """What the index keeps of an article: the columns that `stories`, `entries` and `articles` have in common.

    Attributes:
        title: the headline.
        excerpt: its first lines or summary.
        provider: the outlet's name.
        outlet: what identifies the outlet: its domain where known; empty where nothing is.
        published: its time, in seconds since 1970; None where that is not known.
        dated: how much is known of the time: `NO_DATE`, `DATE_ALONE` or `TIME`.
        quality: as the file has it; None where it has none.
        type: `article`, `video`, or what the file says.
        url: the link to its source; empty where there is none.
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
        id: the story's id in the index, which stays the same as long as the file is there, even if it is renamed.
        title: the headline.
        provider: the outlet's name.
        published: an aware time, a date alone, or None.
        outlets: how many outlets report its event, its own included; 1 where it is on none with another article.
        type: `article`, `video`, or what the file says.
        quality: as the file has it; None where it has none.
        coverage: how many articles are linked to it.
        linked: how many of these are not on its event.
        alike: how many stories are alike, but neither linked to it nor on its event.
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
    """A story as the story pane shows it at once, before its file is read for the rest; see `StoryRow`."""

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
    """What is wrong with a file: it could not be read, was passed over, or is odd.

    Attributes:
        path: the file or folder, relative to the library's folder, safe to show.
        line: where, counted from 1; 0 for the file as a whole.
        reason: what is wrong, for a person.
        unread: whether the file could not be read; if neither this nor the next, it was read all the same.
        passed_over: whether it looks like a story, but one that the tool that wrote it would not show.
    """

    path: str
    line: int
    reason: str
    unread: bool
    passed_over: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class Counts(NamedTuple):
    """The size of a library.

    Attributes:
        stories: how many stories it has.
        articles: how many different articles they name as related.
        unread: how many files and folders could not be read.
        passed_over: how many files look like stories, but are not to be listed.
    """

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
