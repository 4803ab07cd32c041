"""Stories as the index takes them in: plain values, cheap to hand from one process to another."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from reader.library.index.rows import DATE_ALONE, NO_DATE, TIME
from reader.library.sync.file_time import FileTime, TooLongError
from reader.stories.dates import sort_time
from reader.stories.errors import StoryError
from reader.stories.files import parse_head, parse_rest, parse_story, read_bytes, read_start
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Article, LinkRole, Story
from reader.stories.sections import HEAD_BYTES, EntryMemory

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENOTCONN, errno.ENODEV, errno.ENXIO})
"""What the system says of a file that is not there any more, on a disk of this machine or of the network."""

Told: TypeAlias = tuple[str, str, str, str, int | None, int, int | None, str, str]
"""title, excerpt, provider, outlet, published, dated, quality, type, url: what stories and entries have in common."""


class EntryRecord(NamedTuple):
    """What a file says of an article: its key, and the rest."""

    key: str
    told: Told


class StoryRecord(NamedTuple):
    """A story.

    Attributes:
        key: the article that it is.
        told: what it says of itself.
        body: what follows the front matter.
        topics: its labels.
        entries: digests of its related entries; None where only the head of the file was read.
        new: the entries among them that were not handed over before, by digest.
        flaws: line and reason of each oddity.
        heat: as the file has it.
        has_image: whether it has a picture.
        has_amp: whether it has the address of an AMP page.
    """

    key: str
    told: Told
    body: str
    topics: tuple[str, ...]
    entries: list[bytes] | None
    new: dict[bytes, EntryRecord]
    flaws: list[tuple[int, str]]
    heat: int | None
    has_image: bool
    has_amp: bool


class RestRecord(NamedTuple):
    """What the head of a file did not tell of its story; the names are those of `StoryRecord`."""

    body: str
    entries: list[bytes]
    new: dict[bytes, EntryRecord]


class UnreadRecord(NamedTuple):
    """A file that could not be read; `is_passing` where another try may go better though the file is the same."""

    line: int
    reason: str
    is_passing: bool


class GoneRecord(NamedTuple):
    """A file that is not there any more: it was removed, or its disk was."""


Taken: TypeAlias = StoryRecord | RestRecord | UnreadRecord | None
"""What the index takes in of a file; None for one that is no story."""

Outcome: TypeAlias = Taken | GoneRecord
"""What came of reading a file."""


def dated(when: datetime | date | None) -> int:
    """How much is known of a time: `NO_DATE`, `DATE_ALONE` or `TIME`."""
    if when is None:
        return NO_DATE
    return TIME if isinstance(when, datetime) else DATE_ALONE


def told(article: Article) -> Told:
    """What the index keeps of an article."""
    return (
        article.title,
        article.excerpt,
        article.provider.name,
        article.outlet,
        sort_time(article.published),
        dated(article.published),
        article.quality,
        article.type,
        article.url,
    )


class RecordReader:
    """Reads files into records, and remembers entries that many files repeat.

    Args:
        root: the library's folder.
        limits: bounds on what is taken in.
        time: the bound on what a file may take; by default what suits the limits.
    """

    def __init__(self, root: Path, limits: Limits = DEFAULT_LIMITS, time: FileTime | None = None) -> None:
        self._root = os.fsencode(root)
        self._is_file = root.is_file()
        self._limits = limits
        self._time = time or FileTime.of(limits)
        self._memory = EntryMemory()
        self._digests: dict[int, tuple[Article, bytes]] = {}
        self._handed_over: set[bytes] = set()

    def heads(self, paths: Sequence[bytes]) -> list[tuple[Outcome, bool]]:
        """Read the heads of files; each outcome says whether it is of the whole file, because a head could not tell."""
        return [self._timed(self._head, path) for path in paths]

    def wholes(self, paths: Sequence[bytes]) -> list[tuple[Outcome, bool]]:
        """Read whole files whose heads were read before; in the shape of `heads`."""
        return [self._timed(self._rest, path) for path in paths]

    def _timed(self, read: Callable[[bytes], tuple[Outcome, bool]], name: bytes) -> tuple[Outcome, bool]:
        try:
            return self._time.within(read, name)
        except TooLongError:
            return UnreadRecord(0, f"took longer than {self._time.seconds:g} s to be read", is_passing=False), True

    def _path(self, path: bytes) -> Path:
        return Path(os.fsdecode(self._root if self._is_file else os.path.join(self._root, path)))

    def _head(self, name: bytes) -> tuple[Outcome, bool]:
        path = self._path(name)
        try:
            data = read_start(path, HEAD_BYTES)
            if len(data) < min(HEAD_BYTES, self._limits.file_bytes):  # that was all of it
                return self._whole(path, data), True
            story = parse_head(data, path, self._limits)
        except StoryError as error:
            return _unread(error), True
        if story is None:
            return self._whole(path), True
        return self._record(story, None), False

    def _rest(self, name: bytes) -> tuple[Outcome, bool]:
        path = self._path(name)
        try:
            data = read_bytes(path, self._limits)
        except StoryError as error:
            return _unread(error), True
        rest = parse_rest(data, self._limits, self._memory)
        if rest is None:
            return self._whole(path, data), True
        body, related = rest
        return RestRecord(body, *self._entries(related)), True

    def _whole(self, path: Path, data: bytes | None = None) -> Outcome:
        try:
            data = read_bytes(path, self._limits) if data is None else data
            story = parse_story(data, path, self._limits, self._memory)
        except StoryError as error:
            return _unread(error)
        return None if story is None else self._record(story, story.related)

    def _record(self, story: Story, related: Sequence[Article] | None) -> StoryRecord:
        entries, new = self._entries(related or ())
        flaws = [(flaw.line, flaw.reason) for flaw in story.flaws]
        known = None if related is None else entries
        has_amp = any(link.role in (LinkRole.AMP, LinkRole.CDN_AMP) for link in story.links)
        return StoryRecord(
            key=story.key,
            told=told(story),
            body=story.body,
            topics=story.topics,
            entries=known,
            new=new,
            flaws=flaws,
            heat=story.heat,
            has_image=bool(story.images),
            has_amp=has_amp,
        )

    def _entries(self, related: Sequence[Article]) -> tuple[list[bytes], dict[bytes, EntryRecord]]:
        """The digests of entries, and those of them that were not handed over before."""
        entries, new = [self._digest(article) for article in related], {}
        for digest, article in zip(entries, related, strict=True):
            if digest not in self._handed_over:
                self._handed_over.add(digest)
                new[digest] = EntryRecord(article.key, told(article))
        return entries, new

    def _digest(self, article: Article) -> bytes:
        known = self._digests.get(id(article))
        if known is not None and known[0] is article:
            return known[1]
        digest = hashlib.blake2b(repr((article.key, told(article))).encode(), digest_size=16).digest()
        if len(self._digests) > 20_000:
            self._digests.clear()
        self._digests[id(article)] = (article, digest)
        return digest


def _unread(error: StoryError) -> UnreadRecord | GoneRecord:
    if isinstance(error.__cause__, OSError) and error.__cause__.errno in _GONE:
        return GoneRecord()
    return UnreadRecord(error.line, error.reason, isinstance(error.__cause__, OSError))
