"""How rare a word is, in English at large and in a library.

Rarity is a whole number from 1 to 11, the *level* of a word: steps of half a unit on the Zipf scale (van Heuven et al.,
"SUBTLEX-UK", 2014), counted from the commonest words on. Levels are logarithms of frequencies, so those of several
words can be added; and they are coarse, so that one more story hardly ever changes any.

What is rare in English may be everywhere in a library, as *Azure* is in one about Azure. So a word's level in a library
is the lesser of its level in English and of a cap (`cap`) by the share of the library's headlines that have it. Even a
library of five files, whose own counts tell next to nothing, so knows that *London* tells more than *announce*. Words
that English does not have, as those of other languages, are as rare as the cap allows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pkgutil import get_data

from reader.coverage.likeness.memory import Memory

COMMONEST, RAREST = 1, 11
"""The least and the greatest level."""

TABLE_ENDS = 9
"""The greatest level in the table of English words. A word that is not in the table has level `RAREST`."""

_ZIPF_OF_ALL = 7.5
"""The Zipf value of the commonest words."""

_IN_UNSPACED = 6
"""The level of a pair of characters of a script that writes no spaces. It is low, as a word is several such pairs."""

_NUMBER = 6
"""The level of a number of three or more digits that is not a year."""

_MONTHS = "january february march april may june july august september october november december"

_OF_DATES = frozenset(_MONTHS.split())
"""Words of dates. Like years and short numbers they have the lowest level: to name the same day is next to nothing."""

_BY_SHARE = (2, 2, 3, 4, 5, 5, 6, 6)
"""The caps of words that about all headlines have, half of them, a quarter, and so on; rarer words have no cap."""

_UNSEEN = 30
"""Added to the number of headlines: if three of five have a word, that does not mean that most of any would."""


_LARGE = 9
"""The value of `bits_of` from which a library's own counts tell what it is about (some 230 headlines)."""


def level_of_zipf(zipf: float) -> int:
    """The level of a word by its Zipf value: the decimal logarithm of how often it occurs in a billion words."""
    return min(RAREST, max(COMMONEST, round((_ZIPF_OF_ALL - zipf) * 2)))


@cache
def _table() -> bytes:
    """The table of English words: a word and its level in each line, sorted by word.

    It is searched as it is: a dictionary takes ten times the memory, and time to make.
    """
    table = get_data(__package__, "english.txt")
    assert table is not None  # noqa: S101 — it lies beside this module
    return table


def _in_table(word: str) -> int | None:
    """The level of a word in the table, by binary search over its lines; None where it does not have the word."""
    table, wanted = _table(), word.encode("utf-8", "surrogatepass")
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.index(b"\n", start)
        found = table[start : end - 1]
        if found == wanted:
            return int(table[end - 1 : end])
        if found < wanted:
            low = end + 1
        else:
            high = start
    return None


def _in_english(word: str) -> int:
    if word.isdigit():
        is_year = len(word) == 4 and word[:2] in ("19", "20")
        return COMMONEST if is_year or len(word) < 3 else _NUMBER
    if word in _OF_DATES:
        return COMMONEST
    level = _in_table(word)
    if level is not None:
        return level
    return RAREST if word.isascii() or len(word) > 2 else _IN_UNSPACED


in_english: Callable[[str], int] = Memory(_in_english).__getitem__
"""The level in English of a word, as `words_of` spells it; `RAREST` where the table does not have it."""


class Rarity:
    """How rare words are in a library.

    Args:
        count_of: gives how many of the counted headlines have a word. It may give 0 for fewer than `least_counted`.
        headlines: how many headlines were counted.

    Attributes:
        level_of: the same as calling the object, but quicker.
        is_large: whether there are so many headlines (some 230) that a word in most of them is what the library is
            about, and not the one event that a few files are about.
    """

    def __init__(self, count_of: Callable[[str], int], headlines: int) -> None:
        self._count_of = count_of
        self._bits = bits_of(headlines)
        self.level_of: Callable[[str], int] = Memory(self._level).__getitem__
        self.is_large = self._bits >= _LARGE

    def __call__(self, word: str) -> int:
        """The level of a word in the library."""
        return self.level_of(word)

    def _level(self, word: str) -> int:
        return min(in_english(word), cap(self._count_of(word), self._bits))


def cap(count: int, bits: int) -> int:
    """The greatest level that a word may have in a library; `RAREST` for a word that hardly any headline has.

    Args:
        count: how many of its headlines have the word.
        bits: `bits_of` the number of its headlines.
    """
    halvings = bits - count.bit_length()
    return _BY_SHARE[max(halvings, 0)] if count and halvings < len(_BY_SHARE) else RAREST


def least_counted(bits: int) -> int:
    """How many headlines must have a word for `cap` to lower its level.

    Args:
        bits: as in `cap`.
    """
    return 1 << max(bits - len(_BY_SHARE), 0)


def bits_of(headlines: int) -> int:
    """The size of a library: how many binary digits its number of headlines has, plus `_UNSEEN`."""
    return (headlines + _UNSEEN).bit_length()
