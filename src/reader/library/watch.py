"""Watching the folder for changes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from reader.errors import LibraryError
from reader.library.scan import SKIPPED_FOLDERS

QUIET_MS = 100
"""Quiet, in ms, after which a burst of changes counts as over."""

LONGEST_BURST_MS = 3_000
"""A burst that goes on is told all the same after so many ms."""


def watch(root: Path, stop: threading.Event) -> Iterator[None]:
    """Yield once as soon as changes are seen, and then whenever something has changed: once for a burst of changes.

    What is read after the first time misses nothing.

    Args:
        root: the folder, or a single file.
        stop: ends the watching when it is set.

    Raises:
        LibraryError: the folder cannot be watched here.
    """
    from watchfiles import Change
    from watchfiles import watch as watch_files

    if not os.path.exists(root):
        raise LibraryError(f"no such folder: {root}")
    base = os.path.abspath(root)

    def concerns_us(_: Change, path: str) -> bool:
        inside = os.path.relpath(path, base).split(os.sep)
        return not any(part in SKIPPED_FOLDERS or (part.startswith(".") and part != ".") for part in inside)

    has_begun = False
    try:
        for changes in watch_files(
            root,
            watch_filter=concerns_us,
            debounce=LONGEST_BURST_MS,
            step=QUIET_MS,
            stop_event=stop,
            raise_interrupt=False,
            ignore_permission_denied=True,
            rust_timeout=QUIET_MS,
            yield_on_timeout=True,
        ):
            if changes or not has_begun:
                has_begun = True
                yield
    except (OSError, RuntimeError) as error:
        raise LibraryError(f"the folder cannot be watched ({error}); ctrl+r reads it again") from error
