"""Many are asked at once, few of one host, and nobody holds up the others."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter

import pytest

from reader.feeds.web.asking import ask_all


def test_sixteen_at_once_and_two_of_a_host() -> None:
    lock, busy, most = threading.Lock(), Counter[str](), Counter[str]()
    first, together = itertools.count(), threading.Barrier(16)

    def ask(one: str) -> str:
        host = one[0]
        with lock:
            busy[host] += 1
            busy["all"] += 1
            for name in (host, "all"):
                most[name] = max(most[name], busy[name])
        if next(first) < together.parties:
            together.wait(40)
        with lock:
            busy[host] -= 1
            busy["all"] -= 1
        return one

    asked = [f"{host}{number}" for host in "abcdefghijklmnop" for number in range(5)]
    done = list(ask_all(asked, lambda one: one[0], ask, 60))
    assert sorted(one.result or "" for one in done) == sorted(asked)
    assert most.pop("all") == 16
    assert max(most.values()) == 2


def test_errors_come_as_they_are() -> None:
    def ask(one: int) -> int:
        return 1 // one

    done = {one.what: one for one in ask_all([0, 1], str, ask, 60)}
    assert isinstance(done[0].error, ZeroDivisionError)
    assert (done[1].result, done[1].error) == (1, None)


@pytest.mark.parametrize("comes_back", [False, True])
def test_who_hangs_is_given_up(*, comes_back: bool) -> None:
    release = threading.Event()

    def ask(one: int) -> int:
        if one < 3:
            release.wait()
        if comes_back and one == 9:
            release.set()
        time.sleep(0.01)
        return one

    start = time.monotonic()
    done = {one.what: one for one in ask_all(range(40), lambda one: str(one % 20), ask, 0.4)}
    assert time.monotonic() - start < 5
    assert [done[one].result for one in range(3, 40)] == list(range(3, 40))
    if not comes_back:
        assert [(done[one].result, done[one].error) for one in range(3)] == [(None, None)] * 3
    release.set()


def test_nobody_to_ask() -> None:
    assert list(ask_all([], str, str, 1)) == []
