"""A child process that watches a folder: `python -m reader.library.folder.watcher FOLDER`; and the parent's end of it.

Beginning to watch looks at everything in the folder, and holds the interpreter meanwhile: with a million files for
seconds, in which no key would be answered. The child says a line for each burst of changes, and ends with its parent.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.base.errors import LibraryError
from reader.library.folder.watch import LOOK_AGAIN, watch

if TYPE_CHECKING:
    import subprocess

NICE = 10
"""By how much less than the screen the child is hurried."""

LOOK_UP = 0.2
"""Seconds between two looks at whether the watching is to end."""

_CHANGED, _TROUBLE = b"changed", b"trouble "


def watch_apart(root: Path, stop: threading.Event, doubt: threading.Event | None = None) -> Iterator[None]:
    """As `watch.watch`, in a child process.

    Raises:
        LibraryError: the folder cannot be watched here.
    """
    doubt = doubt or threading.Event()
    while not stop.is_set():
        doubt.clear()
        with _child(root) as child:
            for line in _lines(child, stop, doubt):
                if line == _CHANGED:
                    yield
                elif line.startswith(_TROUBLE):
                    raise LibraryError(line.removeprefix(_TROUBLE).decode(errors="replace"))
        if stop.is_set():
            return
        if not doubt.is_set():
            raise LibraryError("the folder is no longer watched: the process that did it ended")
        yield
        while not os.path.exists(root):
            if stop.wait(LOOK_AGAIN):
                return


@contextmanager
def _child(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    import subprocess

    command = [sys.executable, "-P", "-m", __name__, os.fspath(root)]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 — this program itself
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, process_group=0
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def _lines(child: subprocess.Popen[bytes], stop: threading.Event, doubt: threading.Event) -> Iterator[bytes]:
    """What a child says, until it ends or the watching is to."""
    from select import select

    assert child.stdout is not None  # noqa: S101 — it was asked for
    said = b""
    while not stop.is_set() and not doubt.is_set():
        if not select([child.stdout], [], [], LOOK_UP)[0]:
            continue
        more = os.read(child.stdout.fileno(), 4_096)
        if not more:
            return
        *lines, said = (said + more).split(b"\n")
        yield from lines


# The child's end.


def main(root: Path) -> None:
    """Watch a folder, and tell of it on standard output until standard input is at its end."""
    stop = threading.Event()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(NICE)
    with suppress(BrokenPipeError):
        try:
            for _ in watch(root, stop):
                _say(_CHANGED)
        except LibraryError as error:
            _say(_TROUBLE + " ".join(str(error).split()).encode(errors="replace"))


def _say(line: bytes) -> None:
    os.write(sys.stdout.fileno(), line + b"\n")


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
