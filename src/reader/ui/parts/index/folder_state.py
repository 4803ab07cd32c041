"""How the reading of the folder is going, which several parts ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library.sync.progress import Progress


class FolderState:
    """How the reading of the folder is going.

    Attributes:
        is_syncing: whether the folder is being read.
        progress: how far it has come; None where nothing has been read yet.
        seconds_left: how long it will still take; None where that is not known yet.
        trouble: why the folder could not be read the last time; empty where it could.
    """

    is_syncing: bool = False
    progress: Progress | None = None
    seconds_left: float | None = None
    trouble: str = ""

    @property
    def activity(self) -> str:
        """What is being read, in words; empty when nothing is."""
        if not self.is_syncing or self.progress is None:
            return ""
        from reader.library.sync.progress import in_words

        return in_words(self.progress, self.seconds_left)
