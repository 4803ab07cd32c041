"""Dialogs that are closed once.

Textual 8.2. A screen that is closed again closes the one that stands behind it; that it should be told as an error was
asked for (https://github.com/Textualize/textual/issues/2575), and is not so. And what a screen was finding out goes on
until all of its widgets have been taken down, and does not find them then
(https://github.com/Textualize/textual/issues/6361).
"""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.worker import active_worker

from reader.ui.upstream.leaks import forget_drawings

T = TypeVar("T")


class ClosedOnce(ModalScreen[T], Generic[T]):
    """A dialog that leaves the screen behind it alone, however often it is closed."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close, with a result. What the dialog was finding out goes on no more: there is nothing to show it in."""
        if not self.is_active:
            return AwaitComplete()
        current = active_worker.get(None)
        for worker in [*self.workers]:
            if worker.node is self and worker is not current:
                worker.cancel()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        """Let go of what was drawn."""
        forget_drawings()
