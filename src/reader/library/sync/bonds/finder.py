"""Finding what is to be compared where everything is: in this process, or in one of its own that is a little ahead."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from queue import SimpleQueue

from reader.base.pipes import raising_broken_pipes
from reader.library.sync.bonds.candidates import Everything, Portion
from reader.library.sync.bonds.clues import Row
from reader.library.sync.reading import prepare_worker, way_to_start

_AHEAD = 3
"""Lists of articles that the process has got and not answered, at most: one that it works on, one that waits for it,
and one on the way."""


class Finder:
    """Finds what is to be compared.

    Args:
        everything: the articles, none of which has come.
        apart: whether a process of its own finds it.
    """

    def __init__(self, everything: Everything, *, apart: bool) -> None:
        self._everything = everything
        self._process = _Process(everything) if apart else None

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()

    def portions(self, lists: Iterable[list[Row]]) -> Iterator[Portion]:
        """What is to be compared.

        Args:
            lists: all articles in order of time, whole days in each list; a few are asked for ahead.

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
            self._process.tell(rows)
            left += 1
            if left == _AHEAD:
                yield from self._process.answer()
                left -= 1
        self._process.tell(None)
        for _ in range(left + 1):
            yield from self._process.answer()


class _Process:
    """A process that finds what is to be compared, as a copy of this one where that is safe.

    Raises:
        BrokenProcessPool: it was ended; from any method but `close`.
    """

    def __init__(self, everything: Everything) -> None:
        context = way_to_start()
        self._channel, there = context.Pipe()
        self._process = context.Process(target=_find, args=(os.getpid(), everything, there), daemon=True)
        with _missed():
            self._process.start()
        there.close()  # so that reading ends where the process has

    def tell(self, rows: list[Row] | None) -> None:
        """Let articles come, or say that all have; each is answered."""
        with _missed():
            self._channel.send(rows)

    def answer(self) -> list[Portion]:
        """What can be compared by what it was told first of all that it has not answered."""
        with _missed():
            answer: list[Portion] | Exception = self._channel.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """End it: it has nothing to lose."""
        self._process.kill()
        self._process.join()
        self._channel.close()


@contextmanager
def _missed() -> Iterator[None]:
    """Say so where the process is gone."""
    with raising_broken_pipes():
        try:
            yield
        except (EOFError, OSError) as error:
            raise BrokenProcessPool("the process that finds what is to be compared was ended") from error


# The process.


def _find(parent: int, everything: Everything, channel: Connection) -> None:
    prepare_worker(parent)
    told: SimpleQueue[list[Row] | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(channel, told), daemon=True).start()
    try:
        while (rows := told.get()) is not None:
            channel.send(everything.come(rows))
        channel.send([everything.rest()])
    except Exception as error:
        channel.send(error)
    threading.Event().wait()  # until it is ended: what is still told to it is taken in, and the answer stands


def _listen(channel: Connection, told: SimpleQueue[list[Row] | None]) -> None:
    """Take in what comes at once: who sends it may be waited for. Where nothing can come any more, the process ends."""
    try:
        while True:
            told.put(channel.recv())
    finally:
        os._exit(1)
