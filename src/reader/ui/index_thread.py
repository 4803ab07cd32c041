"""Asking the index without holding up the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from reader.library.damage import told_as_ours
from reader.library.index import Index
from reader.library.library import Library

T = TypeVar("T")


class IndexThread:
    """One thread with an index of its own. Questions are answered in the order in which they are put.

    Args:
        library: whose index is asked.
    """

    def __init__(self, library: Library) -> None:
        self._thread = ThreadPoolExecutor(1, "index")
        self._index = library.another_index()

    async def ask(self, question: Callable[[Index], T]) -> T:
        """Put a question; the caller waits, the screen does not.

        Raises:
            LibraryIndexError: the index turns out to be damaged.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._answer, question)

    def _answer(self, question: Callable[[Index], T]) -> T:
        with told_as_ours():
            return question(self._index)

    def close(self) -> None:
        """Drop what was not answered yet, and let go of the index."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._index.close()
