"""The child that watches a folder: `python -m reader.library.folder.watch_child FOLDER`.

It prints a line every tenth of a second: whether anything has changed since the one before (see `watch.CHANGED`). It
ends when its standard input is closed, and so with the program that started it.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from reader.library.folder.watch import CHANGED, QUIET, TROUBLE, seen_here

NICE = 10
"""Added to the niceness of this process: the screen goes first."""


def main(root: Path) -> None:
    """Print whether a folder changes, until nobody reads that any more."""
    stop = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=(stop,), daemon=True).start()
    os.nice(NICE)
    try:
        for has_changed in seen_here(root, stop):
            print(CHANGED if has_changed else QUIET, flush=True)  # noqa: T201 — what the parent reads
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, RuntimeError) as error:
        print(f"{TROUBLE}{error}", flush=True)  # noqa: T201


def _wait_for_the_end(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
