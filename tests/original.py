"""The process that is copied: it imports the reader, and forks for each start that it is told. See `copies`.

Run as `python original.py DESCRIPTOR`, with the socket on which starts are told.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
import termios
import threading
import time
from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple, NoReturn

LONGEST = 100_000
"""Bytes of a start, as JSON."""

_ROOMS = (
    "reader.cli", "reader.ui", "reader.feeds", "reader.outside", "reader.library", "reader.coverage", "reader.stories",
    "reader.settings",
)  # fmt: skip
CHILD = "child"
"""What the names end with of modules that are run as programs: nobody imports them."""


class Start(NamedTuple):
    """How a copy begins."""

    arguments: list[str]
    """What would follow `python`: `-m NAME` or `-c CODE`, and the program's own; `-P` may stand before."""
    environment: dict[str, str]
    folder: str
    has_terminal: bool = False
    """Whether its standard input is a terminal that is to be its own."""
    has_session: bool = False
    """Whether it leads a session of its own; with a terminal it does."""
    has_group: bool = False
    """Whether it leads a group of processes of its own."""


def load() -> None:
    """Import what a start of the reader and its first keys would; nothing of it is looked at by the collector again."""
    for room in _ROOMS:
        for module in pkgutil.walk_packages(import_module(room).__path__, f"{room}."):
            if not module.name.endswith(CHILD):
                import_module(module.name)
    gc.collect()
    gc.freeze()


def serve(connection: socket.socket) -> Start | None:
    """Make copies until nobody asks for more (None); in a copy, gives what it is to become."""
    while True:
        told, descriptors, _, _ = socket.recv_fds(connection, LONGEST, 3)
        if not told:
            return None
        read, write = os.pipe()
        middle = os.fork()
        if middle == 0:  # it ends at once, so that the copy is given to the process that asked for it
            middle = os.getpid()
            if os.fork():
                os._exit(0)
            while os.getppid() == middle:
                os.sched_yield()
            start = Start(*json.loads(told))
            _lead(start)
            os.write(write, b"%d" % os.getpid())
            _take_on(start, descriptors)
            return start
        os.waitpid(middle, 0)
        connection.send(os.read(read, 20))
        for descriptor in (read, write, *descriptors):
            os.close(descriptor)


def _lead(start: Start) -> None:
    """Lead a session or a group: who started it may send a signal to it as soon as its id is known."""
    if start.has_terminal or start.has_session:
        os.setsid()
    elif start.has_group:
        os.setpgid(0, 0)


def _take_on(start: Start, descriptors: list[int]) -> None:
    """Take on what makes a process another one."""
    if start.has_terminal:
        fcntl.ioctl(descriptors[0], termios.TIOCSCTTY, 0)
    for standard, descriptor in enumerate(descriptors):
        os.dup2(descriptor, standard)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(start.folder)
    os.environ.clear()
    os.environ.update(start.environment)
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _open_standard_streams(start.environment)


def _open_standard_streams(environment: Mapping[str, str]) -> None:
    """Open them as the interpreter does at its start, in a locale of UTF-8; they stay open to the end."""
    encoding, _, named = environment.get("PYTHONIOENCODING", "utf-8").partition(":")
    errors = named or ("strict" if "PYTHONIOENCODING" in environment else "surrogateescape")
    streams = {
        "stdin": open(0, encoding=encoding, errors=errors, closefd=False),  # noqa: SIM115
        "stdout": open(1, "w", encoding=encoding, errors=errors, closefd=False),  # noqa: SIM115
        "stderr": open(2, "w", 1, encoding=encoding, errors="backslashreplace", closefd=False),  # noqa: SIM115
    }
    streams["stdout"].reconfigure(write_through=bool(environment.get("PYTHONUNBUFFERED")))
    for name, stream in streams.items():
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def run(arguments: list[str]) -> None:
    """Run what `python` would run with these arguments."""
    way, what, *own = arguments[arguments[0] == "-P" :]
    sys.argv[:] = [way, *own]
    if way == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})


def end(arguments: list[str]) -> NoReturn:
    """Run it, and end as the interpreter does, up to where it takes itself apart: that would take longer than all."""
    code = 0
    try:
        run(arguments)
    except SystemExit as exit_:
        told = exit_.code
        if isinstance(told, str):
            sys.stderr.write(f"{told}\n")
        code = told & 0xFF if isinstance(told, int) else int(told is not None)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        code = 1 if isinstance(error, Exception) else -signal.SIGINT
    threading._shutdown()  # type: ignore[attr-defined]  # as multiprocessing's processes end
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except OSError as error:
        sys.stderr.write(f"Exception ignored in: {sys.stdout!r}\n{type(error).__name__}: {error}\n")
        code = 120
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    if start := serve(socket.socket(fileno=int(sys.argv[1]))):
        end(start.arguments)
