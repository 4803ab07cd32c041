"""A process that finds what is to be compared tells what went wrong there, and is missed where it was ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

import pytest

from reader.base.pipes import raising_broken_pipes
from reader.library.sync.bonds.candidates import Everything
from reader.library.sync.bonds.clues import DAY_SECONDS, Row
from reader.library.sync.bonds.finder import Finder

LISTS = [[(number, number * DAY_SECONDS, 0, 1, b"")] for number in range(8)]
"""An article a day, all with one headline."""


def highest(_: int) -> int:
    return 11


def test_it_is_ahead_and_finds_the_same() -> None:
    taken: list[int] = []

    def lists() -> Iterator[list[Row]]:
        for rows in LISTS:
            taken.append(rows[0][0])
            yield rows

    found = []
    for apart in (False, True):
        with closing(Finder(Everything(0, 8, highest), apart=apart)) as finder:
            found.append(list(finder.portions(lists())))
    assert found[0] == found[1]
    assert [len(portion.pairs) for portion in found[0]] == [4 * 4 + 3 + 2 + 1]
    assert taken == [*range(8), *range(8)]
    assert not multiprocessing.active_children()


@pytest.fixture
def prints() -> Iterator[None]:
    """A broken pipe ends the program, as it does where a command prints; but not in a sync."""
    before = signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    with raising_broken_pipes():
        yield
    signal.signal(signal.SIGPIPE, before)


def slowly(lists: list[list[Row]]) -> Iterator[list[Row]]:
    for rows in lists:
        yield rows
        time.sleep(0.05)  # the process has answered


@pytest.mark.usefixtures("prints")
def test_an_error_there_is_raised_here() -> None:
    with closing(Finder(Everything(0, 8, highest), apart=True)) as finder, pytest.raises(ValueError, match="zip"):
        list(finder.portions(slowly([[(1, 0, 0, 1, b"12345678")], *LISTS])))


@pytest.mark.usefixtures("prints")
@pytest.mark.parametrize("lists", [LISTS, []])
def test_it_is_missed(lists: list[list[Row]]) -> None:
    with closing(Finder(Everything(0, 8, highest), apart=True)) as finder:
        (process,) = multiprocessing.active_children()
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        with pytest.raises(BrokenProcessPool):
            list(finder.portions(slowly(lists)))


def test_it_ends_where_nothing_can_come_any_more() -> None:
    finder = Finder(Everything(0, 8, highest), apart=True)
    (process,) = multiprocessing.active_children()
    with closing(finder), pytest.raises(BrokenProcessPool):
        list(finder.portions([Unreadable()]))
    assert process.exitcode == 1


class Unreadable(list[Row]):
    """Rows for which the memory of the other process does not suffice."""

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return run_out, ()


def run_out() -> None:
    raise MemoryError
