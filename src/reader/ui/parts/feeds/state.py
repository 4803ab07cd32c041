"""How the asking of the feeds is going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.base.wording import plural

if TYPE_CHECKING:
    from reader.feeds.model import FetchProgress


class Asking:
    """How it stands with the asking of the feeds.

    Attributes:
        is_asking: whether they are being asked.
        progress: how far that is; None before the first has answered.
    """

    is_asking: bool = False
    progress: FetchProgress | None = None

    @property
    def activity(self) -> str:
        """What is being done, in words; empty where nothing is."""
        if not self.is_asking:
            return ""
        progress = self.progress
        if progress is None:
            return "asking the feeds"
        return f"{progress.feeds:,} of {plural(progress.of_feeds, 'feed')} asked · {progress.stories:,} new"
