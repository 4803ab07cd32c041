"""Processes that start in no time: copies of one that has imported the reader already.

Most of what a start of `python -m reader` costs are its imports. Here one process does them (`original`), and each
start is a fork of it, which takes on arguments, environment, folder, terminal and descriptors of its own. It becomes a
child of the test's process as any other: its exit code, its signals and the time that it takes are real.

What a copy cannot tell: whether an import was forgotten, what imports cost, what goes wrong while the interpreter takes
itself apart, and what Python and Textual read from the environment as they start. A start that gives other values for
these variables (`_READ_AT_START`) is made anew, as is each where no system call makes an orphan a child of ours, which
is everywhere but on Linux.
"""

from __future__ import annotations

import ctypes
import fcntl
import inspect
import json
import os
import socket
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, AnyStr

import pytest
from ptyprocess import PtyProcess

from original import CHILD, LONGEST, Start

_READ_AT_START = ("PYTHON", "TEXTUAL_", "LANG", "LC_")
"""What the names begin with of variables that are read before any line of the reader is run."""

_NOT_READ = ("PYTHONIOENCODING", "TEXTUAL_SNAPSHOT_TEMPDIR")
"""The first is heeded by a copy, the second is the test runner's."""

_CHOSEN = {"LANG": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none", "TEXTUAL_FPS": "30"}
"""What the original has of them: what a test's desk says."""

POPEN = subprocess.Popen
"""What starts a process anew."""

_OF_THE_READER = (sys.executable, "-P", "-m")

_MAKING = threading.Lock()

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


class _Original:
    """The process that is copied. It ends with the one that made it."""

    def __init__(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL_", "LC_"))}
        self._environment = {**kept, **_CHOSEN}
        self._connection, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program = str(Path(__file__).with_name("original.py"))
        command = [sys.executable, "-P", program, str(other.fileno())]
        with other:
            self._process = subprocess.Popen(command, env=self._environment, pass_fds=[other.fileno()])
        self._lock = threading.Lock()

    def copy(self, start: Start, descriptors: Sequence[int]) -> int | None:
        """Start a copy with these as its standard input, output and error.

        Returns:
            The id of its process; None where a copy would not be what was asked for.
        """
        told = json.dumps(start).encode()
        is_alike = all(
            self._environment.get(name) == value
            for name, value in start.environment.items()
            if name.startswith(_READ_AT_START) and name not in _NOT_READ
        )
        if not is_alike or len(told) > LONGEST:
            return None
        with self._lock:
            _adopt_orphans(True)
            try:
                socket.send_fds(self._connection, [told], descriptors)
                return int(self._connection.recv(20))
            finally:
                _adopt_orphans(False)

    def close(self) -> None:
        """Let it end; its copies go on."""
        self._connection.close()
        self._process.wait()


@cache
def _made() -> _Original | None:
    return _Original() if sys.platform == "linux" else None


def _original() -> _Original | None:
    with _MAKING:
        return _made()


def close() -> None:
    """End the original, if there is one."""
    if _made.cache_info().currsize and (original := _made()):
        original.close()
    _made.cache_clear()


def _adopt_orphans(adopts: bool) -> None:
    """Let children of children that end become this process's own, as what makes a copy ends at once."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, int(adopts), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


class Popen(subprocess.Popen[AnyStr]):
    """The process of a command that begins with `sys.executable`: a copy where one can be made, else started anew."""

    def _execute_child(self, *given: Any) -> None:
        told = inspect.signature(super()._execute_child).bind(*given).arguments  # type: ignore[misc]
        python, *arguments = map(os.fsdecode, told["args"])
        assert python == sys.executable
        environment = dict(os.environ if told["env"] is None else told["env"])
        start = Start(
            arguments,
            environment,
            os.fspath(told["cwd"] or Path.cwd()),
            has_session=bool(told["start_new_session"]),
            has_group=told["process_group"] == 0,
        )
        ends = (told["p2cread"], told["c2pwrite"], told["errwrite"])
        descriptors = [standard if end == -1 else end for standard, end in enumerate(ends)]
        original = _original()
        process = original.copy(start, descriptors) if original else None
        if process is None:
            super()._execute_child(*given)  # type: ignore[misc]
            return
        self.pid, self._child_created = process, True
        pipes = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
        self._close_pipe_fds(*(told[pipe] for pipe in pipes))  # type: ignore[attr-defined]


class _Child(Popen[AnyStr]):
    """As `Popen` where a process of the reader's own is started for a part of its work; any other is started anew."""

    def _execute_child(self, *given: Any) -> None:
        command = given[0]
        is_one = isinstance(command, (list, tuple)) and tuple(command[:3]) == _OF_THE_READER
        if is_one and command[3].endswith(CHILD):
            super()._execute_child(*given)
        else:
            POPEN._execute_child(self, *given)  # type: ignore[attr-defined]


@contextmanager
def of_children() -> Iterator[None]:
    """Within the block, the processes that the reader starts for a part of its work are copies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", _Child)
        yield


def run(command: Sequence[str | bytes | Path], **named: Any) -> subprocess.CompletedProcess[Any]:
    """Run a command that begins with `sys.executable` to its end, as `subprocess.run`; its output is taken."""
    timeout = named.pop("timeout", 60)
    with Popen[Any](command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **named) as process:
        try:
            output, error = process.communicate(timeout=timeout)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, output, error)


def on_terminal(command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int]) -> PtyProcess:
    """Start a command on a terminal of its own, of so many columns and rows, in the environment's home folder."""
    columns, rows = size
    folder = environment["HOME"]
    original = _original() if command[0] == sys.executable else None
    if original:
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        start = Start(list(command[1:]), dict(environment), folder, has_terminal=True)
        process = original.copy(start, [theirs] * 3)
        os.close(theirs)
        if process is not None:
            return PtyProcess(process, ours)
        os.close(ours)
    return PtyProcess.spawn(list(command), env=dict(environment), dimensions=(rows, columns), cwd=folder)
