"""Reads files into records: plain values that are cheap to send from a worker to the process that writes the index.

Many files have the same related entries, word for word. A worker sends each entry once, and then only its digest.
"""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from reader.library.index.rows import DATE_ALONE, NO_DATE, TIME, ArticleRow
from reader.library.index.storage.article_keys import kept_key, number_of_key
from reader.library.sync.file_time import FileTime, TooLongError
from reader.stories.dates import parse_date, sort_time
from reader.stories.errors import Flaw, PassedOverStoryError, StoryError
from reader.stories.fields import fold_key
from reader.stories.files import parse_head, parse_rest, parse_story, read_bytes, read_start
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Article, LinkRole, Story
from reader.stories.sections import HEAD_BYTES, EntryMemory
from reader.stories.urls import short_url

MOST_HANDED_OVER = 200_000
"""How many entries a worker remembers to have handed over. Past that it forgets all, and hands them over again."""

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENOTCONN, errno.ENODEV, errno.ENXIO})
"""What the system says of a file that is not there any more, on a disk of this machine or of the network."""

_EXPIRIES = frozenset(map(fold_key, ("expiryDate", "unpublishDate")))
"""Keys of the front matter of sites that say when a page expires."""


class EntryRecord(NamedTuple):
    """A related entry of a file.

    Attributes:
        number: the number of its article; see `article_keys`.
        key: the key of the article, as the index keeps it: None where its link says it.
        row: what the file says of the article.
    """

    number: int
    key: str | None
    row: ArticleRow


class StoryRecord(NamedTuple):
    """A story, of which the whole file or only the head was read.

    Attributes:
        number: the number of the article that the story is; see `article_keys`.
        key: the key of that article, as the index keeps it: None where its link says it.
        row: what the story says of itself.
        body: what follows the front matter.
        topics: its topics.
        entries: the digests of its related entries; None where only the head of the file was read.
        new: those of the entries that this reader has not handed over before, by digest.
        flaws: what is odd in the file.
        heat: as the file has it.
        has_image: whether it has a picture.
        has_amp: whether it has the address of an AMP page.
        feeds: the addresses of the feeds by which it came in, shortened for a person.
        format: the tool that wrote it; empty for the program's own format.
        until: when the site that it is a page of will not show it any more, in seconds since 1970; None for never.
    """

    number: int
    key: str | None
    row: ArticleRow
    body: str
    topics: tuple[str, ...]
    entries: list[bytes] | None
    new: dict[bytes, EntryRecord]
    flaws: tuple[Flaw, ...]
    heat: int | None
    has_image: bool
    has_amp: bool
    feeds: tuple[str, ...] = ()
    format: str = ""
    until: int | None = None


class RestRecord(NamedTuple):
    """What the whole file of a story adds to its head; the attributes are as in `StoryRecord`."""

    body: str
    entries: list[bytes]
    new: dict[bytes, EntryRecord]


class UnreadRecord(NamedTuple):
    """A file that could not be read.

    Attributes:
        line: where, counted from 1; 0 for the file as a whole.
        reason: why, for a person.
        is_passing: whether another try may succeed though the file is the same.
    """

    line: int
    reason: str
    is_passing: bool


class PassedOverRecord(NamedTuple):
    """A file that looks like a story but is not to be listed, such as a draft."""

    reason: str


class GoneRecord(NamedTuple):
    """A file that is not there any more: it was removed, or its disk was taken away."""


Taken: TypeAlias = StoryRecord | RestRecord | UnreadRecord | PassedOverRecord | None
"""What the index takes in of a file; None for one that is not a story."""


class Outcome(NamedTuple):
    """What came of reading a file.

    Attributes:
        record: what the index takes in, or that the file is gone.
        is_whole: whether the whole file was read, and not its head alone.
    """

    record: Taken | GoneRecord
    is_whole: bool


def dated(when: datetime | date | None) -> int:
    """How much is known of a time: `NO_DATE`, `DATE_ALONE` or `TIME`."""
    if when is None:
        return NO_DATE
    return TIME if isinstance(when, datetime) else DATE_ALONE


def row_of(article: Article) -> ArticleRow:
    """What the index keeps of an article."""
    return ArticleRow(
        title=article.title,
        excerpt=article.excerpt,
        provider=article.provider.name,
        outlet=article.outlet,
        published=sort_time(article.published),
        dated=dated(article.published),
        quality=article.quality,
        type=article.type,
        url=article.url,
    )


class RecordReader:
    """Reads files into records, and remembers entries that many files repeat.

    Args:
        root: the library's folder, or a single file.
        limits: bounds on what is taken in of one file.
        time: the limit on the time for one file; by default what suits the limits.
    """

    def __init__(self, root: Path, limits: Limits = DEFAULT_LIMITS, time: FileTime | None = None) -> None:
        self._root = os.fsencode(os.path.abspath(root))  # the folders around a file can tell which tool wrote it
        self._is_file = root.is_file()
        self._limits = limits
        self._time = time or FileTime.of(limits)
        self._memory = EntryMemory()
        self._digests: dict[int, tuple[Article, bytes]] = {}
        self._handed_over: set[bytes] = set()

    def heads(self, paths: Sequence[bytes]) -> list[Outcome]:
        """Read the heads of files; a file whose head is not enough is read whole.

        Args:
            paths: the files, relative to the library's folder.
        """
        with self._time.ready():
            return [self._timed(self._head, path) for path in paths]

    def wholes(self, paths: Sequence[bytes]) -> list[Outcome]:
        """Read files whole whose heads were read before.

        Args:
            paths: the files, relative to the library's folder.
        """
        with self._time.ready():
            return [self._timed(self._rest, path) for path in paths]

    def _timed(self, read: Callable[[bytes], Outcome], name: bytes) -> Outcome:
        try:
            return self._time.within(read, name)
        except TooLongError:
            late = UnreadRecord(0, f"took longer than {self._time.seconds:g} s to be read", is_passing=False)
            return Outcome(late, is_whole=True)

    def _path(self, path: bytes) -> Path:
        return Path(os.fsdecode(self._root if self._is_file else os.path.join(self._root, path)))

    def _head(self, name: bytes) -> Outcome:
        path = self._path(name)
        try:
            data = read_start(path, HEAD_BYTES)
            if len(data) < min(HEAD_BYTES, self._limits.file_bytes):  # that was all of it
                return Outcome(self._whole(path, data), is_whole=True)
            story = parse_head(data, path, self._limits)
        except StoryError as error:
            return Outcome(_unread(error), is_whole=True)
        if story is None:
            return Outcome(self._whole(path), is_whole=True)
        return Outcome(self._record(story, None), is_whole=False)

    def _rest(self, name: bytes) -> Outcome:
        return Outcome(self._whole_rest(self._path(name)), is_whole=True)

    def _whole_rest(self, path: Path) -> Taken | GoneRecord:
        try:
            data = read_bytes(path, self._limits)
        except StoryError as error:
            return _unread(error)
        rest = parse_rest(data, self._limits, self._memory)
        if rest is None:
            return self._whole(path, data)
        body, related = rest
        return RestRecord(body, *self._entries(related))

    def _whole(self, path: Path, data: bytes | None = None) -> Taken | GoneRecord:
        try:
            data = read_bytes(path, self._limits) if data is None else data
            story = parse_story(data, path, self._limits, self._memory)
        except StoryError as error:
            return _unread(error)
        return None if story is None else self._record(story, story.related)

    def _record(self, story: Story, related: Sequence[Article] | None) -> StoryRecord:
        entries, new = self._entries(related or ())
        known = None if related is None else entries
        has_amp = any(link.role in (LinkRole.AMP, LinkRole.CDN_AMP) for link in story.links)
        row = row_of(story)
        return StoryRecord(
            *_keys_of(story, row),
            row=row,
            body=story.body,
            topics=story.topics,
            entries=known,
            new=new,
            flaws=story.flaws,
            heat=story.heat,
            has_image=bool(story.images),
            has_amp=has_amp,
            feeds=tuple(map(short_url, story.feeds)),
            format=story.format,
            until=_until(story),
        )

    def _entries(self, related: Sequence[Article]) -> tuple[list[bytes], dict[bytes, EntryRecord]]:
        """The digests of entries, and the records of those that were not handed over before."""
        entries, new = [self._digest(article) for article in related], {}
        if len(self._handed_over) > MOST_HANDED_OVER:
            self._handed_over.clear()
        for digest, article in zip(entries, related, strict=True):
            if digest not in self._handed_over:
                self._handed_over.add(digest)
                row = row_of(article)
                new[digest] = EntryRecord(*_keys_of(article, row), row)
        return entries, new

    def _digest(self, article: Article) -> bytes:
        known = self._digests.get(id(article))
        if known is not None and known[0] is article:
            return known[1]
        digest = hashlib.blake2b(repr((article.key, tuple(row_of(article)))).encode(), digest_size=16).digest()
        if len(self._digests) > 20_000:
            self._digests.clear()
        self._digests[id(article)] = (article, digest)
        return digest


def _keys_of(article: Article, row: ArticleRow) -> tuple[int, str | None]:
    """The number of an article and its key, as the index keeps them."""
    key = article.key
    return number_of_key(key), kept_key(key, row.url)


def _until(story: Story) -> int | None:
    """When a story that is a page of a site will expire; None where it will not, or has expired already."""
    said = (
        next((value for key, value in story.extra.items() if fold_key(key) in _EXPIRIES), None)
        if story.format
        else None
    )
    until = sort_time(parse_date(said)) if isinstance(said, str) else None
    return until if until is not None and until > time.time() else None


def _unread(error: StoryError) -> UnreadRecord | PassedOverRecord | GoneRecord:
    if isinstance(error, PassedOverStoryError):
        return PassedOverRecord(error.reason)
    if isinstance(error.__cause__, OSError) and error.__cause__.errno in _GONE:
        return GoneRecord()
    return UnreadRecord(error.line, error.reason, isinstance(error.__cause__, OSError))
