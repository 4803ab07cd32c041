"""The feeds of a library: its subscriptions, their state, and the folder for their stories, each with its lock."""

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
from reader.base.whole_files import remove_drafts
from reader.feeds.arrivals.arrivals import Arrivals
from reader.feeds.arrivals.folder import FeedFolder
from reader.feeds.errors import FetchingBusyError
from reader.feeds.subscriptions.subscriptions import Subscriptions, change, subscriptions_file
from reader.library.feeds.state import FeedFacts, FeedState

T = TypeVar("T")


class FeedCount(NamedTuple):
    """What is known of a feed, and how many of its stories have a file in the library."""

    facts: FeedFacts
    stories: int


class FeedLibrary:
    """The feeds of a library.

    Args:
        folder: the library's folder.
        now: the clock.
        tell: called with what became of a memory of the feeds that was of no use, in whichever thread finds it.

    Raises:
        LibraryError: there is no such folder.
    """

    def __init__(
        self, folder: Path, now: Callable[[], datetime], tell: Callable[[str], object] = lambda _: None
    ) -> None:
        if not folder.is_dir():
            raise LibraryError(f"no such folder: {clean(str(folder))}")
        self.folder = folder
        self.now = now
        self._tell = tell
        self._file = feeds_file(folder)

    def subscriptions(self) -> Subscriptions:
        """Read the subscriptions.

        Raises:
            SubscriptionsError: they cannot be read.
        """
        return Subscriptions.of(subscriptions_file(self.folder))

    def change(self, work: Callable[[Subscriptions], T]) -> T:
        """Change the subscriptions; as `subscriptions.change`."""
        return change(self.folder, self._file.with_suffix(".opml-lock"), work)

    @contextmanager
    def held(self) -> Iterator[FeedState]:
        """Hold the lock of the feeds, and give their state: so only one copy of the program writes stories at a time.

        Raises:
            FetchingBusyError: another copy holds the lock.
            FeedStateError: the state cannot be opened.
        """
        try:
            with locked(self._file.with_suffix(".lock")), self.state() as state:
                yield state
        except LockedError as error:
            raise FetchingBusyError("another copy of the program asks the feeds of this library now") from error

    def state(self) -> FeedState:
        """Open the state of the feeds without the lock: another copy of the program may be writing stories.

        Raises:
            FeedStateError: it cannot be opened.
        """
        state = FeedState(self._file)
        if state.note:
            self._tell(state.note)
        return state

    def arrivals(
        self,
        state: FeedState,
        elsewhere: Callable[[str], bytes | None] = lambda _: None,
        *,
        are_news: bool = False,
    ) -> Arrivals:
        """Make an `Arrivals`, with its arguments, to write stories.

        Before, drafts are removed, and files that the state does not know are entered into it.

        Raises:
            FeedStateError: the state cannot be read or written.
        """
        folder = FeedFolder(self.folder)
        remove_drafts(folder.place, self.now())
        folder.adopt(state, self.now())
        for path in state.unruled():
            if not folder.knows(path):  # it was never written, or is gone
                state.take_unruled(path)
        return Arrivals(folder, state, self.now(), elsewhere, are_news=are_news)

    def counts(self) -> dict[str, FeedCount]:
        """What is known of each feed, by its key, with the number of its stories.

        Raises:
            FeedStateError: the state cannot be read.
        """
        if not self._file.exists():
            return {}
        folder = FeedFolder(self.folder)
        with self.state() as state:
            facts, counts = state.facts(), dict.fromkeys(state.facts(), 0)
            for feed, path in state.feed_paths():
                counts[feed] = counts.get(feed, 0) + folder.knows(path)
        return {key: FeedCount(facts.get(key, FeedFacts()), stories) for key, stories in counts.items()}
