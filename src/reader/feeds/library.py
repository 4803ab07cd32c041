"""The feeds of a library: its subscriptions, what is known of them, and the folder that their stories go to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from reader.base.errors import LibraryError
from reader.base.locks import LockedError, locked
from reader.base.paths import feeds_file
from reader.base.text import clean
from reader.feeds.arrivals.arrivals import Arrivals
from reader.feeds.arrivals.folder import FeedFolder
from reader.feeds.errors import FetchingBusyError
from reader.feeds.subscriptions.subscriptions import Subscriptions, change, subscriptions_file
from reader.library.feeds.state import FeedFacts, FeedState

T = TypeVar("T")


class FeedCount(NamedTuple):
    """What is known of a feed, and how many of its stories are files of the library now."""

    facts: FeedFacts
    stories: int


class FeedLibrary:
    """A library and its feeds.

    Args:
        folder: its folder.
        now: tells the time.

    Raises:
        LibraryError: there is no such folder.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        if not folder.is_dir():
            raise LibraryError(f"no such folder: {clean(str(folder))}")
        self.folder = folder
        self.now = now
        self._file = feeds_file(folder)

    def subscriptions(self) -> Subscriptions:
        """The subscriptions as they are.

        Raises:
            SubscriptionsError: they cannot be read.
        """
        return Subscriptions.of(subscriptions_file(self.folder))

    def change(self, work: Callable[[Subscriptions], T]) -> T:
        """Change the subscriptions; as `subscriptions.change`."""
        return change(self.folder, self._file.with_suffix(".opml-lock"), work)

    @contextmanager
    def held(self) -> Iterator[FeedState]:
        """Lock the feeds, and open what is known of them: only one copy of the program writes stories at a time.

        Raises:
            FetchingBusyError: another copy does now.
            FeedStateError: it cannot be opened.
        """
        try:
            with locked(self._file.with_suffix(".lock")), self.state() as state:
                yield state
        except LockedError as error:
            raise FetchingBusyError("another copy of the program asks the feeds of this library now") from error

    def state(self) -> FeedState:
        """Open what is known of the feeds, without the lock: another copy of the program may be writing stories.

        Raises:
            FeedStateError: it cannot be opened.
        """
        return FeedState(self._file)

    def arrivals(
        self,
        state: FeedState,
        elsewhere: Callable[[str], bytes | None] = lambda _: None,
        *,
        are_news: bool = False,
    ) -> Arrivals:
        """What writes stories, made ready: drafts are removed, and files of unknown articles taken note of.

        The arguments are those of `Arrivals`.

        Raises:
            FeedStateError: what is known cannot be read or written.
        """
        folder = FeedFolder(self.folder)
        folder.remove_drafts(self.now())
        folder.adopt(state, self.now())
        for path in state.unruled():
            if not folder.knows(path):  # it was never written, or is gone
                state.take_unruled(path)
        return Arrivals(folder, state, self.now(), elsewhere, are_news=are_news)

    def counts(self) -> dict[str, FeedCount]:
        """What is known of the feeds, by their keys; nothing is asked and nothing written.

        Raises:
            FeedStateError: it cannot be read.
        """
        if not self._file.exists():
            return {}
        folder = FeedFolder(self.folder)
        with self.state() as state:
            facts, counts = state.facts(), dict.fromkeys(state.facts(), 0)
            for feed, path in state.feed_paths():
                counts[feed] = counts.get(feed, 0) + folder.knows(path)
        return {key: FeedCount(facts.get(key, FeedFacts()), stories) for key, stories in counts.items()}
