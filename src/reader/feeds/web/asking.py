"""Asking many feeds at once: sixteen at most, two at most of a host, each in a thread that is let go if it hangs."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import Generic, NamedTuple, TypeVar

from reader.feeds.web.web import CONNECTIONS_A_HOST

CONNECTIONS = 16

T = TypeVar("T")
R = TypeVar("R")


class Done(NamedTuple, Generic[T, R]):
    """Something that was asked for.

    Attributes:
        what: what was asked for.
        result: what came of it; None where it took too long.
        error: what it raised, where it did.
    """

    what: T
    result: R | None
    error: BaseException | None = None


class _Running(NamedTuple):
    host: str
    end: float


def ask_all(
    asked: Iterable[T], host_of: Callable[[T], str], ask: Callable[[T], R], seconds: float
) -> Iterator[Done[T, R]]:
    """Ask for all, and give what comes as it comes.

    A thread that has not come back in time is left to itself: neither a name server nor a server that sends a byte a
    minute holds up the others, or the end.

    Args:
        asked: what is asked for.
        host_of: the host that is asked for it.
        ask: asks for one, in a thread of its own.
        seconds: that it may take.
    """
    waiting: dict[str, deque[T]] = defaultdict(deque)
    for one in asked:
        waiting[host_of(one)].append(one)
    running: dict[int, tuple[T, _Running]] = {}
    done: SimpleQueue[tuple[int, R | None, BaseException | None]] = SimpleQueue()
    busy: Counter[str] = Counter()
    number = 0
    while waiting or running:
        for host in list(waiting):
            while waiting[host] and busy[host] < CONNECTIONS_A_HOST and len(running) < CONNECTIONS:
                number, one = number + 1, waiting[host].popleft()
                running[number] = one, _Running(host, time.monotonic() + seconds)
                busy[host] += 1
                threading.Thread(target=_work, args=(number, one, ask, done), daemon=True).start()
            if not waiting[host]:
                del waiting[host]
        soonest = min(ends.end for _, ends in running.values())
        try:
            key, result, error = done.get(timeout=max(soonest - time.monotonic(), 0))
        except Empty:
            key, result, error = min(running, key=lambda one: running[one][1].end), None, None
        if key in running:  # else it came back after all, when it was given up
            one, at = running.pop(key)
            busy[at.host] -= 1
            yield Done(one, result, error)


def _work(
    number: int, one: T, ask: Callable[[T], R], done: SimpleQueue[tuple[int, R | None, BaseException | None]]
) -> None:
    try:
        result = ask(one)
    except BaseException as error:  # whoever waits for it gets it
        done.put((number, None, error))
    else:
        done.put((number, result, None))
