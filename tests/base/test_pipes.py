"""A broken pipe is an error, also where it would end the program."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from reader.base.pipes import raising_broken_pipes


@pytest.fixture(autouse=True)
def prints() -> Iterator[None]:
    """A broken pipe ends the program, as it does where a command prints."""
    before = signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGPIPE, before)


def write_to_nobody(told: list[BaseException]) -> None:
    there, here = os.pipe()
    os.close(there)
    try:
        os.write(here, b"news")
    except BrokenPipeError as error:
        told.append(error)
    finally:
        os.close(here)


def test_it_is_told_in_this_thread_and_in_those_begun_meanwhile() -> None:
    told: list[BaseException] = []
    with raising_broken_pipes():
        write_to_nobody(told)
        with raising_broken_pipes():
            write_to_nobody(told)
        thread = threading.Thread(target=write_to_nobody, args=(told,))
        thread.start()
        thread.join()
    assert len(told) == 3


def test_afterwards_it_is_as_before_and_nothing_is_left_of_it() -> None:
    told: list[BaseException] = []
    with raising_broken_pipes():
        write_to_nobody(told)
    assert told
    assert signal.SIGPIPE not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert signal.SIGPIPE not in signal.sigpending()
