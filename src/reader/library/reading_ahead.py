"""The first page of a search, found by reading stories instead of asking the word index.

A word that most stories contain has a long list in the word index, and to put it in order takes longer than a key may.
But then the first few stories of the order hold enough of them: those are read, and the whole answer follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.library.query import Field, Query
from reader.library.schema import fold

_WORD = re.compile(r"[^\W_]+")
_START = r"(?<![^\W_])"
_GAP = r"[\W_]+"

_COLUMNS = {Field.TITLE: slice(0, 1), Field.PROVIDER: slice(3, 4), Field.TEXT: slice(0, 5)}


class WordTest:
    """Tells of one story whether it answers a query, as the word index would but for rare letters.

    The whole answer, which follows within moments, is that of the word index.

    Args:
        query: a query of words only: no `topic:` and no `coverage:`.
    """

    def __init__(self, query: Query) -> None:
        self._terms = []
        for term in query.terms:
            values = [expression for value in term.values if (expression := _expression(value))]
            if values:
                self._terms.append((_COLUMNS[term.field], re.compile("|".join(values))))

    def __call__(self, words: Sequence[str]) -> bool:
        """Whether a story answers whose title, excerpt, body, provider and topics these are."""
        return all(any(pattern.search(fold(text)) for text in words[columns]) for columns, pattern in self._terms)


def _expression(value: str) -> str:
    words = _WORD.findall(fold(value))
    return _START + _GAP.join(map(re.escape, words)) if words else ""
