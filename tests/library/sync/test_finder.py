"""A process that finds what is to be compared tells what went wrong there, and is missed where it was ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

import pytest

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


def test_an_error_there_is_raised_here() -> None:
    with closing(Finder(Everything(0, 8, highest), apart=True)) as finder, pytest.raises(ValueError, match="zip"):
        list(finder.portions([[(1, 0, 0, 1, b"12345678")]]))


def test_it_is_missed() -> None:
    with closing(Finder(Everything(0, 8, highest), apart=True)) as finder:
        (process,) = multiprocessing.active_children()
        os.kill(process.pid or 0, signal.SIGKILL)
        with pytest.raises(BrokenProcessPool):
            list(finder.portions(LISTS))
