"""Watches the folder, and says when something in it has changed; what that is, a sync finds out.

It is built on watchfiles. A large folder is watched by a child process (`watch_child`), as beginning to watch it would
hold up all threads of this one.
"""

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
"""Milliseconds without a change after which a burst of changes is over."""

LOOK_AGAIN = 1.0
"""Seconds between two looks for a folder that is gone."""

LONGEST_BURST_MS = 3_000
"""Milliseconds after which a burst of changes is reported even if it goes on."""


MOST_HERE = 10_000
"""Files of a folder that is watched in this process at most. On Linux all of a folder is gone through before it is
watched, and no other thread gets the interpreter's lock meanwhile: with a million files, for some seconds."""

CAN_WATCH_APART = sys.platform == "linux"
"""Whether a child process is of use for a large folder: on other systems, the system itself watches all of it."""

CHANGED, QUIET, TROUBLE = "changed", "quiet", "! "
"""The lines of a child: something has changed or nothing has; or, with a message after it, why it cannot watch."""


def watch(
    root: Path, stop: threading.Event, doubt: threading.Event | None = None, *, apart: bool = False
) -> Iterator[None]:
    """Yield once when the watching has begun, and then after each burst of changes.

    Whoever reads the folder after the first yield misses no change. It is also a change if the folder vanishes, or if
    another is mounted in its place; when it is back, it is watched again.

    Args:
        root: the folder, or a single file.
        stop: ends the watching when it is set.
        doubt: begins the watching anew when it is set, as the folder was found to be gone. A disk that is unmounted
            ends the watching without notice, and if it is soon back in its place, nothing looks different.
        apart: whether to have a child process watch, where that is of use: see `MOST_HERE`.

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
        yield  # it is gone, or another: of what was watched nothing more is heard
        while (now := _identity(root)) is None:
            if stop.wait(LOOK_AGAIN):
                return
        seen = now


def _changes(
    root: Path, stop: threading.Event, doubt: threading.Event, seen: tuple[int, int], *, is_apart: bool
) -> Iterator[None]:
    """Yield as `watch` does, as long as the folder has the identity `seen`, and `doubt` is not set."""
    has_begun = False
    with closing(_seen_apart(root, stop) if is_apart else seen_here(root, stop)) as looks:
        for has_changed in looks:
            if doubt.is_set() or _identity(root) != seen:
                return
            if has_changed or not has_begun:
                has_begun = True
                yield


def seen_here(root: Path, stop: threading.Event) -> Generator[bool, None, None]:
    """Watch a folder in this process.

    Yields:
        Every tenth of a second, as soon as the watching has begun: whether anything has changed since the last time.

    Raises:
        OSError: the folder cannot be watched.
        RuntimeError: the same, as watchfiles raises it.
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
    """As `seen_here`, but in a child process.

    Raises:
        OSError: the folder cannot be watched, or the child was ended.
    """
    command = (sys.executable, "-P", "-m", "reader.library.folder.watch_child", str(root))
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, process_group=0) as child:  # noqa: S603 — this program itself
        try:
            assert child.stdout is not None  # noqa: S101 — it was asked for
            output, pending = child.stdout.fileno(), b""
            while not stop.is_set():
                if not select.select([output], [], [], QUIET_MS / 1000)[0]:
                    continue
                read = os.read(output, 4096)
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
    """What identifies a folder: with a disk mounted or unmounted at its path it is another. None if it is gone."""
    try:
        status = os.stat(root)
    except OSError:
        return None
    return status.st_dev, status.st_ino
