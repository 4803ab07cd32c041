"""Asking many feeds at once: at most sixteen, at most two of a host, each in a thread that may be given up."""

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
    """A thing that was asked for.

    Attributes:
        what: the thing.
        result: the result; None where it took too long, or failed.
        error: the error; None where it did not fail.
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
    """Ask for many things, and give each when it is done.

    A thread that takes too long is left to itself: so neither a name server, nor a server that sends a byte a minute,
    holds up the others or the end.

    Args:
        asked: the things to ask for.
        host_of: gives the host that is asked for one.
        ask: asks for one; it is called in a thread of its own.
        seconds: the most seconds that one may take.
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
        if key in running:  # else it came back after it had been given up
            one, at = running.pop(key)
            busy[at.host] -= 1
            yield Done(one, result, error)


def _work(
    number: int, one: T, ask: Callable[[T], R], done: SimpleQueue[tuple[int, R | None, BaseException | None]]
) -> None:
    try:
        result = ask(one)
    except BaseException as error:  # raised where the result is used
        done.put((number, None, error))
    else:
        done.put((number, result, None))
