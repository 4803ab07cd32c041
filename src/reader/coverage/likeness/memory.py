"""What was found out about words, remembered: texts are made of few words that come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 30_000
"""Words that are remembered; past that all are forgotten. So many have nearly all that texts are made of."""

LONGEST = 60
"""Characters of a word that is remembered: what is longer hardly comes again."""

Found = TypeVar("Found")


class Memory(dict[str, Found]):
    """What a function gives for a word, found out once.

    A dictionary: `map(memory.__getitem__, words)` looks many up without a line of Python for each.

    Args:
        find: the function; what it gives depends on the word alone.
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
