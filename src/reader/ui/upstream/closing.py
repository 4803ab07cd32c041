"""Dialogs that are closed once.

Textual 8.2. A screen that is closed again closes the one that stands behind it; that it should be told as an error was
asked for (https://github.com/Textualize/textual/issues/2575), and is not so. And what a screen was finding out goes on
until all of its widgets have been taken down, and does not find them then
(https://github.com/Textualize/textual/issues/6361).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.worker import active_worker


def close_once(dialog: Screen[Any], close: Callable[[], AwaitComplete]) -> AwaitComplete:
    """Close a dialog as often as it is asked for, and leave the screen behind it alone.

    What the dialog was finding out goes on no more: there is nothing to show it in.

    Args:
        dialog: the dialog.
        close: Textual's own way to close it.
    """
    if not dialog.is_active:
        return AwaitComplete()
    current = active_worker.get(None)
    for worker in [*dialog.workers]:
        if worker.node is dialog and worker is not current:
            worker.cancel()
    return close()
