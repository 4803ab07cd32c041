"""Asking the feeds while the screen is shown: by key, and from time to time where the settings say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from reader.base.wording import plural
from reader.feeds.errors import FeedError, FetchingBusyError
from reader.ui.parts.feeds.assignments import Assignments, new_job
from reader.ui.parts.feeds.state import Asking
from reader.ui.parts.host import Host, Timer, task

if TYPE_CHECKING:
    from reader.feeds.job import Brought, Job
    from reader.feeds.model import FetchProgress

SOON = 2.0
"""Seconds after the start when the feeds are first asked without a key, where the settings say so."""


class NewsFolder(Protocol):
    """What `AskedFeeds` needs of the library's folder."""

    def read(self) -> object:
        """Bring the index up to date with it."""


class AskedFeeds:
    """Has the feeds asked by another process, so that keys go on working.

    Args:
        host: the screen.
        assignments: makes the assignment of the process.
        folder: the library's folder, which is read when news has come in.
        state: kept up to date with how the asking is going; the bars show it.
        make_job: makes the job, which starts the process.
    """

    def __init__(
        self,
        host: Host,
        assignments: Assignments,
        folder: NewsFolder,
        state: Asking,
        make_job: Callable[[], Job] = new_job,
    ) -> None:
        self.host = host
        self.state = state
        self._assignments = assignments
        self._folder = folder
        self._make_job = make_job
        self._job: Job | None = None
        self._next: Timer | None = None
        self._is_stopped = False

    @property
    def has_feeds(self) -> bool:
        """Whether the library has subscriptions."""
        return self._assignments.can_have_feeds and self._assignments.subscriptions.exists()

    def begin(self) -> None:
        """Ask from time to time from now on, where the settings say so."""
        if self._assignments.config.fetch_every and self._assignments.can_have_feeds:
            self._next = self.host.set_timer(SOON, self._ask_by_itself)

    def ask(self) -> None:
        """Ask all feeds, because a person wants it. Does nothing where there are none, or they are being asked."""
        if self.has_feeds and not self.state.is_asking:
            self._begin(is_wanted=True)

    def stop(self) -> None:
        """End the asking: what is written is whole, and the rest comes the next time."""
        self._is_stopped = True
        if self._next is not None:
            self._next.stop()
        if self._job is not None:
            self._job.cancel()

    def _ask_by_itself(self) -> None:
        self._next = self.host.set_timer(float(self._assignments.config.fetch_every), self._ask_by_itself)
        if self.has_feeds and not self.state.is_asking:
            self._begin(is_wanted=False)

    def _begin(self, *, is_wanted: bool) -> None:
        if self._is_stopped:
            return
        self.state.is_asking, self.state.progress = True, None
        self.host.show_bars()
        self._job = self._make_job()
        self._run(self._job, is_wanted=is_wanted)

    @task("feeds", thread=True)
    def _run(self, job: Job, *, is_wanted: bool) -> None:
        try:
            brought: Brought | FeedError = job.run(self._assignments.news(due_only=not is_wanted), self._follow_later)
        except FeedError as error:
            brought = error
        self.host.call_later(self._end, brought, is_wanted)

    def _follow_later(self, progress: FetchProgress) -> None:
        self.host.call_later(self._follow, progress)

    def _follow(self, progress: FetchProgress) -> None:
        self.state.progress = progress
        self.host.show_bars()

    def _end(self, brought: Brought | FeedError, is_wanted: bool) -> None:
        self.state.is_asking, self._job = False, None
        if self._is_stopped or not self.host.is_standing:
            return
        self.host.show_bars()
        if isinstance(brought, FeedError):
            if is_wanted or not isinstance(brought, FetchingBusyError):
                self.host.toast(str(brought), "warning")
            return
        if brought.new or brought.hidden or brought.changed:
            self._folder.read()
        if brought.note:
            self.host.toast(brought.note, "warning")
        if is_wanted or brought.new:
            self.host.toast(_brought_in_words(brought), "warning" if brought.failed else "information")


def _brought_in_words(brought: Brought) -> str:
    """The message about what came in."""
    words = plural(brought.new, "new story", "new stories") if brought.new else "Nothing new"
    words += f", {brought.hidden:,} hidden by rules" if brought.hidden else ""
    words += f", {brought.changed:,} changed" if brought.changed else ""
    words += f" · {plural(brought.asked, 'feed')} asked"
    if brought.failed:
        words += f", {len(brought.failed):,} failed: {brought.failed[0]}"
    return words
