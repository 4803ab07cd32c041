"""The subscriptions of a library: `feeds.opml` in its folder, so that they go where the folder goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from reader.base.locks import LockedError, locked
from reader.base.plain_files import read_plain
from reader.base.text import clean
from reader.base.whole_files import FOR_ALL, FOR_OWNER, replace_file
from reader.feeds.errors import SubscriptionsError, UnknownFeedError
from reader.feeds.model import FILE_NAME, Feed, feed_key, public_url
from reader.feeds.subscriptions.opml import Opml, merged
from reader.stories.limits import OPML_BYTES
from reader.stories.urls import is_web

T = TypeVar("T")

_PATIENCE = 10.0
"""Seconds to wait for another copy that changes the subscriptions: that takes milliseconds."""


class Subscriptions:
    """The feeds that a document of OPML names.

    Args:
        document: the document.
    """

    def __init__(self, document: Opml) -> None:
        self._document = document
        self._keys: set[str] | None = None

    @classmethod
    def of(cls, file: Path) -> Subscriptions:
        """Those of a file; none where there is no file.

        Raises:
            SubscriptionsError: it cannot be read.
        """
        try:
            data = read_plain(file, OPML_BYTES)
        except FileNotFoundError:
            return cls(Opml.empty("Feeds"))
        except OSError as error:
            raise SubscriptionsError(f"{_shown(file)}: {error.strerror}") from error
        try:
            return cls(Opml.parse(data))
        except SubscriptionsError as error:
            raise SubscriptionsError(f"{_shown(file)}: {error}") from error

    @classmethod
    def parse(cls, data: bytes) -> Subscriptions:
        """Those of a document; as `Opml.parse`."""
        return cls(Opml.parse(data))

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The feeds, each once, in the document's order."""
        return merged([outline.feed for outline in self._document.outlines()])

    @property
    def not_taken(self) -> tuple[str, ...]:
        """What the document has in the place of addresses that are none of the web, safe to show."""
        return tuple(dict.fromkeys(self._document.odd()))

    def find(self, named: str) -> Feed:
        """The feed that a person names: by its address, its name, or a part of either that no other has.

        Raises:
            UnknownFeedError: there is none, or more than one.
        """
        feeds = self.feeds
        if is_web(named) and (exact := [feed for feed in feeds if feed.key == feed_key(named)]):
            return exact[0]
        folded = named.casefold()
        if len(exact := [feed for feed in feeds if feed.name.casefold() == folded]) == 1:
            return exact[0]
        found = [feed for feed in feeds if folded in feed.name.casefold() or folded in public_url(feed.url).casefold()]
        if len(found) == 1 and folded:
            return found[0]
        told = f"{len(found)} feeds answer to it" if found and folded else "no feed answers to it"
        raise UnknownFeedError(f"{clean(named)}: {told}")

    def has(self, url: str) -> bool:
        """Whether an address is that of one of the feeds."""
        return feed_key(url) in self._known_keys()

    def add(self, feed: Feed) -> bool:
        """Put a feed last; says whether it was new.

        Raises:
            SubscriptionsError: its address is none of the web.
        """
        if not is_web(feed.url):
            raise SubscriptionsError(f"only http and https addresses are feeds: {clean(feed.url)}")
        if self.has(feed.url):
            return False
        self._document.add(feed)
        self._known_keys().add(feed.key)
        return True

    def remove(self, feed: Feed) -> None:
        """Take a feed away; its stories stay where they are."""
        self._document.remove(feed.key)
        self._known_keys().discard(feed.key)

    def move(self, old: Feed, url: str) -> bool:
        """Give a feed the address that its server says it has now; says whether it was given one.

        A feed that is subscribed at the new address as well stays as it is: which of the two goes is for the person. So
        does one with a password, which is for nobody else.
        """
        if not is_web(url) or url == old.url or old.has_secret or (feed_key(url) != old.key and self.has(url)):
            return False
        self._document.move(old.key, url)
        self._known_keys().discard(old.key)
        self._known_keys().add(feed_key(url))
        return True

    def data(self) -> bytes:
        """The document, as a file holds it."""
        return self._document.data()

    def _known_keys(self) -> set[str]:
        """The keys of all feeds, kept: who takes over thousands asks for each whether it is there."""
        if self._keys is None:
            self._keys = {feed.key for feed in self.feeds}
        return self._keys


def subscriptions_file(library: Path) -> Path:
    """The file of a library's subscriptions, whether or not there is one."""
    return library / FILE_NAME


def change(library: Path, lock: Path, work: Callable[[Subscriptions], T]) -> T:
    """Change the subscriptions of a library: they are read, and written whole if they are others afterwards.

    Args:
        library: its folder.
        lock: the file that is locked meanwhile.
        work: what is done with them; gives what this gives.

    Raises:
        SubscriptionsError: they cannot be read or written, or another copy of the program holds them.
    """
    file = subscriptions_file(library)
    try:
        with locked(lock, _PATIENCE):
            subscriptions = Subscriptions.of(file)
            before = subscriptions.data()
            done = work(subscriptions)
            if (after := subscriptions.data()) != before:
                _write(file, after, subscriptions.feeds)
            return done
    except LockedError as error:
        raise SubscriptionsError("another copy of the program is changing the feeds") from error


def _write(file: Path, data: bytes, feeds: Sequence[Feed]) -> None:
    """Write the file; where an address holds a password, for its owner alone."""
    mode = FOR_OWNER if any(feed.has_secret for feed in feeds) else FOR_ALL
    try:
        if file.exists():
            mode &= file.stat().st_mode
        replace_file(file.resolve(), data, mode)
    except OSError as error:
        raise SubscriptionsError(f"{_shown(file)}: not written, {error.strerror}") from error


def _shown(file: Path) -> str:
    return clean(str(file))
