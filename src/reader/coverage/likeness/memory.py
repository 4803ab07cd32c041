"""A cache for what is worked out about words: texts are made of few words that come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 30_000
"""How many words are remembered; past that all are forgotten. Nearly all of any text is made of so many."""

LONGEST = 60
"""Longer words, in characters, are not remembered: they hardly come again."""

Found = TypeVar("Found")


class Memory(dict[str, Found]):
    """A dictionary of what a function gives for words, which calls it for those that it does not have yet.

    `map(memory.__getitem__, words)` looks many up without a line of Python for each.

    Args:
        find: the function; what it gives must depend on the word alone.
    """

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Found:
        found = self._find(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found
