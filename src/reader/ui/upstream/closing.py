"""A dialog that is closed twice is closed once.

Textual 8.2. To close a screen a second time closes the one behind it; an error was asked for instead
(https://github.com/Textualize/textual/issues/2575), and there is none. And the workers of a screen go on while its
widgets are taken down, and then do not find them (https://github.com/Textualize/textual/issues/6361).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.worker import active_worker


def close_once(dialog: Screen[Any], close: Callable[[], AwaitComplete]) -> AwaitComplete:
    """Close a dialog unless it is closed already, and cancel its workers: there is nothing left to show results in.

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
