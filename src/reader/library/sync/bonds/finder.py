"""Runs `candidates.Everything`: in this process, or in one of its own, which is a little ahead of this one."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from queue import SimpleQueue

from reader.library.sync.bonds.candidates import Everything, Portion
from reader.library.sync.bonds.clues import Row
from reader.library.sync.reading import prepare_worker, way_to_start

_AHEAD = 3
"""Lists of articles that the process may have and not have answered: one that it works on, one that waits for it, and
one on the way."""


class Finder:
    """Finds the pairs to be compared among all articles.

    Args:
        everything: what finds them; no article has come to it yet.
        apart: whether it runs in a process of its own.
    """

    def __init__(self, everything: Everything, *, apart: bool) -> None:
        self._everything = everything
        self._process = _Process(everything) if apart else None

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()

    def portions(self, lists: Iterable[list[Row]]) -> Iterator[Portion]:
        """The portions of all articles, in order of time.

        Args:
            lists: all articles in order of time, in lists of whole days. A few are taken before portions are given.

        Raises:
            BrokenProcessPool: the process was ended, as by a system short of memory.
        """
        if self._process is None:
            for rows in lists:
                yield from self._everything.come(rows)
            yield self._everything.rest()
            return
        left = 0
        for rows in lists:
            self._process.send(rows)
            left += 1
            if left == _AHEAD:
                yield from self._process.answer()
                left -= 1
        self._process.send(None)
        for _ in range(left + 1):
            yield from self._process.answer()


class _Process:
    """The process that `_find` runs in: a copy of this one where that is safe.

    Raises:
        BrokenProcessPool: the process is gone; from any method but `close`.
    """

    def __init__(self, everything: Everything) -> None:
        context = way_to_start()
        self._channel, there = context.Pipe()
        self._process = context.Process(target=_find, args=(os.getpid(), everything, there), daemon=True)
        with _missed():
            self._process.start()
        there.close()  # only the process has it open now: reading ends when that does

    def send(self, rows: list[Row] | None) -> None:
        """Send the articles that come next; None when all have been sent. Each call is answered once."""
        with _missed():
            self._channel.send(rows)

    def answer(self) -> list[Portion]:
        """Wait for the answer to the earliest `send` that has none yet: the portions that are complete with it."""
        with _missed():
            answer: list[Portion] | Exception = self._channel.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """Kill the process: it has nothing to lose."""
        self._process.kill()
        self._process.join()
        self._channel.close()


@contextmanager
def _missed() -> Iterator[None]:
    """Within it, that the process is gone is raised as `BrokenProcessPool`; see `reading.workers_missed`."""
    try:
        yield
    except (EOFError, OSError) as error:
        raise BrokenProcessPool("the process that finds what is to be compared was ended") from error


# The process.


def _find(parent: int, everything: Everything, channel: Connection) -> None:
    """The work of the process: answers each list of articles with portions, and None with the rest."""
    prepare_worker(parent)
    received: SimpleQueue[list[Row] | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(channel, received), daemon=True).start()
    try:
        while (rows := received.get()) is not None:
            channel.send(everything.come(rows))
        channel.send([everything.rest()])
    except Exception as error:
        channel.send(error)
    threading.Event().wait()  # until it is killed: so `_listen` still takes what is sent, and the answer can be read


def _listen(channel: Connection, received: SimpleQueue[list[Row] | None]) -> None:
    """Take what is sent off the pipe at once, so that the sender never waits. Ends the process when the pipe closes."""
    try:
        while True:
            received.put(channel.recv())
    finally:
        os._exit(1)
