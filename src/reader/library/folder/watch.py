"""Watching the folder for changes."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from reader.base.errors import LibraryError
from reader.library.folder.scan import SKIPPED_FOLDERS

QUIET_MS = 100
"""Quiet, in ms, after which a burst of changes counts as over."""

LOOK_AGAIN = 1.0
"""Seconds between two looks at whether a folder that is gone is there again."""

LONGEST_BURST_MS = 3_000
"""A burst that goes on is told all the same after so many ms."""


MOST_HERE = 10_000
"""Files of a folder that is watched in this process. On Linux all of a folder is gone through before it is watched,
and no other thread gets the interpreter's lock meanwhile: of a million files for some seconds."""

CAN_WATCH_APART = sys.platform == "linux"
"""Whether a large folder is watched by a child process; elsewhere the system itself watches all of it."""

CHANGED, QUIET, TROUBLE = "changed", "quiet", "! "
"""What a child says: what it has seen, or before its words why it cannot."""


def watch(
    root: Path, stop: threading.Event, doubt: threading.Event | None = None, *, apart: bool = False
) -> Iterator[None]:
    """Yield once as soon as changes are seen, and then whenever something has changed: once for a burst of changes.

    What is read after the first time misses nothing. A folder that vanishes, or in whose place another is mounted, is
    told as a change; once it is there again it is watched again.

    Args:
        root: the folder, or a single file.
        stop: ends the watching when it is set.
        doubt: has the watching begun anew when it is set, because the folder was found to be gone: a disk that is
            unmounted takes the watch with it without a word, and back in its place so soon it looks as before.
        apart: whether a child process watches it, where that is of use: see `MOST_HERE`.

    Raises:
        LibraryError: the folder cannot be watched here.
    """
    seen = _identity(root)
    if seen is None:
        raise LibraryError(f"no such folder: {root}")
    doubt = doubt or threading.Event()
    while not stop.is_set():
        try:
            for _ in _changes(root, stop, doubt, seen, is_apart=apart and CAN_WATCH_APART):
                yield
        except (OSError, RuntimeError) as error:
            if _identity(root) == seen:
                raise LibraryError(f"the folder cannot be watched ({error})") from error
        if stop.is_set():
            return
        doubt.clear()
        yield  # it is gone, or another: what was watched is told of no more
        while (now := _identity(root)) is None:
            if stop.wait(LOOK_AGAIN):
                return
        seen = now


def _changes(
    root: Path, stop: threading.Event, doubt: threading.Event, seen: tuple[int, int], *, is_apart: bool
) -> Iterator[None]:
    """Yield as `watch` does, as long as the folder is the one that was seen, and nobody doubts it."""
    has_begun = False
    with closing(_seen_apart(root, stop) if is_apart else seen_here(root, stop)) as looks:
        for has_changed in looks:
            if doubt.is_set() or _identity(root) != seen:
                return
            if has_changed or not has_begun:
                has_begun = True
                yield


def seen_here(root: Path, stop: threading.Event) -> Generator[bool, None, None]:
    """Whether anything has changed since the last look, at least every tenth of a second; from when changes are seen.

    Raises:
        OSError: the folder cannot be watched.
        RuntimeError: as well.
    """
    from watchfiles import Change
    from watchfiles import watch as watch_files

    base = os.path.abspath(root)

    def concerns_us(_: Change, path: str) -> bool:
        inside = os.path.relpath(path, base).split(os.sep)
        return not any(part in SKIPPED_FOLDERS or (part.startswith(".") and part != ".") for part in inside)

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
        yield bool(changes)


def _seen_apart(root: Path, stop: threading.Event) -> Generator[bool, None, None]:
    """As `seen_here`, by a child process.

    Raises:
        OSError: the folder cannot be watched, or the child was ended.
    """
    command = (sys.executable, "-P", "-m", "reader.library.folder.watch_child", str(root))
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, process_group=0) as child:  # noqa: S603 — this program itself
        try:
            assert child.stdout is not None  # noqa: S101 — it was asked for
            told, pending = child.stdout.fileno(), b""
            while not stop.is_set():
                if not select.select([told], [], [], QUIET_MS / 1000)[0]:
                    continue
                read = os.read(told, 4096)
                if not read:
                    raise OSError("what watched it has ended")
                *lines, pending = (pending + read).split(b"\n")
                for line in lines:
                    words = line.decode(errors="replace")
                    if words.startswith(TROUBLE):
                        raise OSError(words.removeprefix(TROUBLE))
                    yield words == CHANGED
        finally:
            child.kill()


def _identity(root: Path) -> tuple[int, int] | None:
    """What tells a folder from another that takes its place, as when a disk is mounted or unmounted; None for none."""
    try:
        status = os.stat(root)
    except OSError:
        return None
    return status.st_dev, status.st_ino
