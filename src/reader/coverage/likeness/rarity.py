"""How rare a word is: in English at large, and in a library.

Rarity is a whole number, the level of a word: half a unit of the Zipf scale (van Heuven et al., "SUBTLEX-UK", 2014),
counted from the commonest words down. So the levels of two words can be added and compared, and one more story hardly
ever changes one.

What is rare in English may be everywhere in a library, as *Azure* is in one about Azure. So in a headline a word is
never rarer than the share of the library's headlines that have it allows; and a library of five files about one
subject, whose own counts tell next to nothing, still knows that *London* tells more than *announce*. Words of other
languages, of which English has none, are as rare as the library's headlines say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pkgutil import get_data

from reader.coverage.likeness.memory import Memory

COMMONEST, RAREST = 1, 11
"""The least and the greatest level."""

TABLE_ENDS = 9
"""The greatest level that the table of English words has: what is not in it is of the rarest."""

_ZIPF_OF_ALL = 7.5
"""The Zipf value of the commonest words."""

_IN_UNSPACED = 6
"""The level of a pair of characters of a script that writes no spaces: a word has several."""

_NUMBER = 6
"""The level of a number from three digits on that is no year."""

_MONTHS = "january february march april may june july august september october november december"

_OF_DATES = frozenset(_MONTHS.split())
"""Words that make dates with years and short numbers: two articles that name one day have next to nothing in common."""

_BY_SHARE = (2, 2, 3, 4, 5, 5, 6, 6)
"""The greatest level of a word, by how often the number of headlines can be halved until it would be in all of them."""

_UNSEEN = 30
"""Headlines that are added to those counted: three of five with a word do not mean that most have it."""


_LARGE = 9
"""The binary digits of the number of headlines from which a library's own counts tell what it is about."""


def level_of_zipf(zipf: float) -> int:
    """The level of a word by its Zipf value: the common logarithm of how often it stands in a billion words."""
    return min(RAREST, max(COMMONEST, round((_ZIPF_OF_ALL - zipf) * 2)))


@cache
def _table() -> bytes:
    """A word a line, in order, each with its level: a tenth of the memory of a dictionary, and no time to make one."""
    table = get_data(__package__, "english.txt")
    assert table is not None  # noqa: S101 — it lies beside this module
    return table


def _in_table(word: str) -> int | None:
    """The level of a word; None where the table does not have it. The lines are halved until one is left."""
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
"""The level of a word, as `words_of` spells it, in English at large; the rarest where English has no such word."""


class Rarity:
    """How rare words are in a library.

    Args:
        count_of: tells how many of the counted headlines have a word; fewer than `least_counted` are as good as none.
        headlines: how many were counted.

    Attributes:
        level_of: the same as calling it, and quicker.
        is_large: whether they are so many (some 230) that a word in most of them is what the library is about, and not
            the one event that a few files are about.
    """

    def __init__(self, count_of: Callable[[str], int], headlines: int) -> None:
        self._count_of = count_of
        self._bits = bits_of(headlines)
        self.level_of: Callable[[str], int] = Memory(self._level).__getitem__
        self.is_large = self._bits >= _LARGE

    def __call__(self, word: str) -> int:
        """The level of a word."""
        return self.level_of(word)

    def _level(self, word: str) -> int:
        return min(in_english(word), cap(self._count_of(word), self._bits))


def cap(count: int, bits: int) -> int:
    """The greatest level that a word may have in a library.

    Args:
        count: how many of its headlines have the word.
        bits: `bits_of` the number of its headlines.
    """
    halvings = bits - count.bit_length()
    return _BY_SHARE[max(halvings, 0)] if count and halvings < len(_BY_SHARE) else RAREST


def least_counted(bits: int) -> int:
    """How many headlines must have a word at least to lower its level."""
    return 1 << max(bits - len(_BY_SHARE), 0)


def bits_of(headlines: int) -> int:
    """How many binary digits a number of headlines has, with those not seen yet."""
    return (headlines + _UNSEEN).bit_length()
