"""The first page of a search, found by reading stories instead of asking the word index.

A word that most stories contain has a long list in the word index, and to put it in order takes longer than a key may.
But then the first few stories of the order hold enough of them: those are read, and the whole answer follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from reader.base.wording import fold
from reader.library.query.query import Query
from reader.library.query.tree import And, Field, Node, Not, Term

_Test: TypeAlias = Callable[[Sequence[str]], bool]

_WORD = re.compile(r"[^\W_]+")
_START = r"(?<![^\W_])"
_GAP = r"[\W_]+"

_COLUMNS = {Field.TITLE: slice(0, 1), Field.PROVIDER: slice(3, 4), Field.TEXT: slice(0, 5)}


class WordTest:
    """Tells of one story whether it answers a query, as the word index would but for rare letters.

    The whole answer, which follows within moments, is that of the word index.

    Args:
        query: a query of words only, as `compile.is_words_only` tells.
    """

    def __init__(self, query: Query) -> None:
        self._tests = list(map(_test, query.parts))

    def __call__(self, words: Sequence[str]) -> bool:
        """Whether a story answers whose title, excerpt, body, provider and topics these are."""
        return all(test(words) for test in self._tests)


def _test(node: Node) -> _Test:
    if isinstance(node, Term):
        return _test_of(node)
    if isinstance(node, Not):
        raise TypeError("a query that excludes is not one of words only")
    tests, joined = list(map(_test, node.parts)), all if isinstance(node, And) else any
    return lambda words: joined(test(words) for test in tests)


def _test_of(term: Term) -> _Test:
    values = [expression for value in term.values if (expression := _expression(str(value)))]
    if not values:
        return lambda _: True
    columns, pattern = _COLUMNS[term.field], re.compile("|".join(values))
    return lambda words: any(pattern.search(fold(text)) for text in words[columns])


def _expression(value: str) -> str:
    words = _WORD.findall(fold(value))
    return _START + _GAP.join(map(re.escape, words)) if words else ""
