"""Entries become files: one for each article, written whole, and never over what the person has changed or deleted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.base.whole_files import FOR_ALL, add_file, free_number, name_for, numbered, replace_file
from reader.feeds.arrivals.folder import FeedFolder
from reader.feeds.arrivals.identity import Identified, Register, digest, identified
from reader.feeds.arrivals.stories import (
    Outlet,
    Telling,
    story_text,
    title_of,
    told_lists,
    with_former_text,
    with_lists,
)
from reader.feeds.arrivals.times import is_believable
from reader.feeds.model import Entry, Feed, ParsedFeed, public_url
from reader.library.feeds.state import FeedState, KnownArticle, SeenEntry
from reader.stories.errors import StoryError
from reader.stories.files import read_story
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.urls import canonical_url, host_of

_NO_DATE = "the feed gives no time; this is when it came in"


class WriteError(ReaderError):
    """The story files of a feed cannot be written; those that were written are whole."""


class Arrived(NamedTuple):
    """What came of a feed's entries.

    Attributes:
        new: how many files were written.
        changed: how many were written anew, as the feed says something else now.
        left: how many were not, as the person has changed them.
    """

    new: int = 0
    changed: int = 0
    left: int = 0


class _Known(NamedTuple):
    """What is known of an article beside its entry: its first address, when it came in, its topics and its feeds."""

    url: str
    arrived: datetime
    topics: Sequence[str]
    feeds: Sequence[str]


class Arrivals:
    """Puts entries of feeds into a library's folder. One copy of the program does so at a time.

    Args:
        folder: where the files lie.
        state: what is known of them.
        now: the time.
        elsewhere: the path of the story that has an article's key already, wherever in the library it lies; None where
            there is none. Such an article gets no second file.
        are_news: whether new files are listed as waiting for the rules.

    Attributes:
        written: the paths of new files.
    """

    def __init__(
        self,
        folder: FeedFolder,
        state: FeedState,
        now: datetime,
        elsewhere: Callable[[str], bytes | None] = lambda _: None,
        *,
        are_news: bool = False,
    ) -> None:
        self._folder = folder
        self._state = state
        self._now = now
        self._elsewhere = elsewhere
        self._are_news = are_news
        self.written: list[bytes] = []

    def take_in(self, feed: Feed, sent: ParsedFeed) -> Arrived:
        """Write what is new or has changed in a feed. After an error, what was written before it is kept and known.

        Raises:
            WriteError: a file cannot be written.
            FeedStateError: what is known cannot be read or written.
        """
        told = identified(sent.entries)
        register = Register(self._state, feed.key, (one.id for one in told))
        outlets = _Outlets(feed, sent)
        counts: Counter[str] = Counter()
        try:
            for one in told:
                counts[self._take(one, feed, register, outlets.of(one.entry))] += 1
        except OSError as error:
            place = clean(os.fsdecode(error.filename or self._folder.place))
            raise WriteError(f"{place}: not written, {error.strerror}") from error
        return Arrived(counts["new"], counts["changed"], counts["left"])

    def keys_of(self, feed: Feed, entries: Sequence[Identified]) -> list[tuple[Entry, str]]:
        """Entries that were taken in and still have files, with the keys of their articles, as marks need them.

        Raises:
            FeedStateError: what is known cannot be read.
        """
        told = []
        for one in entries:
            seen = self._state.entry(feed.key, one.id)
            path = self._state.article(seen.article).path if seen is not None else b""
            if self._folder.knows(path):
                with suppress(StoryError):  # the person made no story of it
                    story = read_story(self._folder.file(path))
                    told += [(one.entry, story.key)] if story is not None else []
        return told

    def _take(self, one: Identified, feed: Feed, register: Register, outlet: Outlet) -> str:
        print_ = digest(one.entry, outlet, feed.topics)
        seen = register.seen(one)
        if seen is not None and seen.print == print_:
            return ""
        topics = tuple(dict.fromkeys([*one.entry.topics, *feed.topics]))
        article = register.article(one) if seen is None else self._state.article(seen.article)
        if article is None:
            article = self._kept_elsewhere(one, feed)
        if article is None:
            verdict, article = "new", self._write(one, feed, topics, outlet)
        else:
            verdict = self._renew(article, one, feed, topics, outlet)
        with self._state.changing():
            number = article.id or self._state.add_article(article)
            self._state.keep_entry(SeenEntry(feed.key, one.id, number, print_, one.title, one.published, topics))
        return verdict

    def _kept_elsewhere(self, one: Identified, feed: Feed) -> KnownArticle | None:
        """The article of an entry of which the person has a story elsewhere in the library: that one stays as it is."""
        path = self._elsewhere(one.key) if one.key else None
        if path is None or self._folder.holds(path):
            return None
        known = self._state.article_at(path)
        if known is not None:
            return known
        return KnownArticle(0, one.key, path, None, one.entry.url, int(self._now.timestamp()), feed.key)

    def _write(self, one: Identified, feed: Feed, topics: tuple[str, ...], outlet: Outlet) -> KnownArticle:
        """Write the file of a new article; gives what is to be remembered of it."""
        entry = one.entry
        known = _Known(entry.url, self._now, topics, (public_url(feed.url),))
        telling = self._telling(entry, known, outlet)
        data = story_text(entry, telling)
        folder = name_for(outlet.name or outlet.domain, "feed", "")
        stem = f"{telling.published.astimezone(UTC):%Y-%m-%d}-{name_for(title_of(entry), 'untitled', '')}"
        self._folder.make(folder)

        def path_of(number: int) -> bytes:
            return self._folder.path(folder, numbered(f"{stem}.md", number))

        while True:
            number = free_number(lambda number: self._folder.knows(path_of(number)))
            path = path_of(number)
            if self._are_news:  # first, as this may end when the file is there
                self._state.add_unruled(path)
            try:
                add_file(self._folder.file(path), data, FOR_ALL)
            except FileExistsError:
                self._state.take_unruled(path)
                self._folder.add(path)
                continue
            break
        self._folder.add(path)
        self.written.append(path)
        key = one.key or f"guid:{feed.key}\n{one.id}"
        return KnownArticle(0, key, path, digest(data), entry.url, int(self._now.timestamp()), feed.key)

    def _renew(
        self, article: KnownArticle, one: Identified, feed: Feed, topics: tuple[str, ...], outlet: Outlet
    ) -> str:
        """Write the file of a known article anew, if it is still there and was not changed by the person."""
        file = self._folder.file(article.path)
        if not self._folder.knows(article.path) or not file.is_file() or not (size := file.stat().st_size):
            return ""  # the person deleted it, and it stays deleted
        if size > DEFAULT_LIMITS.file_bytes:
            return "left"
        data = file.read_bytes()
        told = told_lists(data)
        if told is None:
            return "left"
        feeds = tuple(dict.fromkeys([*told.feeds, public_url(feed.url)]))
        others = [seen for seen in self._state.entries_of(article.id) if seen.feed != feed.key]
        if article.owner == feed.key:
            topics = tuple(dict.fromkeys([*topics, *(topic for seen in others for topic in seen.topics)]))
            known = _Known(article.url, datetime.fromtimestamp(article.arrived, UTC), topics, feeds)
            ours = story_text(one.entry, self._telling(one.entry, known, outlet))
            text = with_former_text(ours, data)
        else:
            ours = b""  # whether a file with the words of another feed was edited, cannot be told by this one
            text = with_lists(data, tuple(dict.fromkeys([*told.topics, *topics])), feeds)
        if text == data:
            if data == ours:
                self._state.set_article(article._replace(digest=digest(data)))
            return ""
        if article.digest != digest(data):
            return "left"
        replace_file(file, text, file.stat().st_mode & 0o777)
        self._state.set_article(article._replace(digest=digest(text), url=article.url or one.entry.url))
        return "changed"

    def _telling(self, entry: Entry, known: _Known, outlet: Outlet) -> Telling:
        """What the file says besides its entry. Its first address stays, as its marks are kept by that."""
        url, arrived = known.url, known.arrived
        first = entry.url if not url or canonical_url(url) == canonical_url(entry.url) else url
        published, note = entry.published, ""
        if published is None:
            published, note = arrived, _NO_DATE
        elif not is_believable(published, arrived):
            when = f"{published.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            published, note = arrived, f"the feed gives {when}, which was to come when it came in"
        return Telling(
            first, entry.url if first != entry.url else "", published, note, outlet, known.topics, known.feeds
        )


class _Outlets:
    """Says who published the entries of a feed: its own outlet, or another where a link leads elsewhere."""

    def __init__(self, feed: Feed, sent: ParsedFeed) -> None:
        hosts = Counter(host for entry in sent.entries if (host := host_of(entry.url)))
        most = hosts.most_common(1)
        self._own = {host_of(feed.site or sent.site)} | {host for host, number in most if 2 * number > hosts.total()}
        self._name = feed.name or sent.title
        self._site = host_of(feed.site or sent.site or feed.url)

    def of(self, entry: Entry) -> Outlet:
        """The outlet of an entry."""
        host = host_of(entry.url)
        if entry.outlet or host_of(entry.outlet_url):
            domain = host_of(entry.outlet_url) or host
            return Outlet(entry.outlet or domain, domain)
        if not host or host in self._own:
            return Outlet(self._name or host or self._site, host or self._site)
        return Outlet(host, host)
