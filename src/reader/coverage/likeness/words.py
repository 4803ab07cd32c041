"""Splits texts into the words by which articles are compared, and makes headlines into keys that equal ones share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain

from reader.coverage.likeness.memory import Memory

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that write no spaces between words: Thai and its neighbours, kana, Chinese characters."""

_WORD = re.compile(r"[^\W_]{1,60}")  # what is longer is not a word, and would be taken for a very rare one
_WORD_OF_ANY_SCRIPT = re.compile(  # vowel signs of Indic scripts are not letters to `re`, but are part of words
    rf"[{_UNSPACED}]{{1,60}}|(?:(?![{_UNSPACED}])[^\W_]|[\u0900-\u0963\u0971-\u0df3]){{1,60}}"
)
_UNSPACED_WORD = re.compile(f"[{_UNSPACED}]")
_OTHER_SCRIPT = re.compile(f"[\u0900-\u0dff{_UNSPACED}]")
_SITE = re.compile(r"\s[|–—-]\s[^|–—]{2,40}\Z")
_POSSESSIVE = re.compile(r"['’]s\b")

STOP_WORDS = frozenset(
    """
    about above after again against ahead all also am amid among an and any are around as at back be because
    been before being below between both but by can could day days did do does doing down during each even
    ever every few first for from further get gets getting go goes going got had has have having he her here
    hers him his how if in inside into is it its itself just last latest let like look made make makes making
    many may me might more most much must my near new news next no nor not now of off on once one only onto or
    other our out over own per said same say says see she should since so some still such take takes than that
    the their them then there these they this those though through time to today too toward two under until up
    upon us use used uses using very via was way we week well were what when where whether which while who
    whom whose why will with within without would year years yes yet you your aber als auf aus bei bin bis das
    dass dem den der des die durch ein eine einem einen einer er es fur hat im ist mit nach nicht noch nur
    oder sich sie sind um und vom von vor war wie wird zu zum zur au aux avec ce ces dans de du elle en
    est et il la le les leur mais ou par pas plus pour qui que sa se ses son sur un une al con como del el
    esta este ha las lo los mas para pero por sin su sus y che da dei della di gli nel nella non sono una het
    een van voor niet op te zijn
    """.split()  # noqa: SIM905 — a list of 300 lines says no more
)
"""Words that tell nothing of what an article is about, without accents: of English, then of its neighbours."""


def words_of(text: str) -> list[str]:
    """The telling words of a text, in order: without stop words, in lower case, without accents and plural endings.

    In a script that writes no spaces, every two neighbouring characters count as a word.
    """
    return list(chain.from_iterable(map(_telling.__getitem__, text.split())))


def words_among(written: Iterable[str]) -> frozenset[str]:
    """The telling words of a text that has been split at its spaces, as a set."""
    return frozenset(chain.from_iterable(map(_telling.__getitem__, written)))


def words_in(text: str) -> tuple[str, ...]:
    """The same as `words_of`, without its memory.

    No word has a space in it, and none depends on what is beyond a space. So `words_of` calls this for each piece of
    text between two spaces, and remembers what it gives.
    """
    found = []
    for word in _split(_POSSESSIVE.sub("", _folded(text))):
        if len(word) == 1 or word in STOP_WORDS:
            continue
        if _UNSPACED_WORD.match(word):
            found += [word[place : place + 2] for place in range(len(word) - 1)]
        else:
            found.append(singular(word))
    return tuple(found)


_telling = Memory(words_in)


def singular(word: str) -> str:
    """A word without the s of a plural, as far as its letters tell; “companies” and “movie” end like “company”."""
    if len(word) > 3 and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    return word[:-2] + "y" if len(word) > 4 and word.endswith("ie") else word


def headline_key(title: str | None) -> str:
    """A key that headlines share if they differ only in signs, case, accents, and a site's name after a bar or dash.

    Empty for a headline that is too short to be told from others.
    """
    written = (title or "").split()
    if _BARS.isdisjoint(written) and (title or "").isascii():
        found = list(chain.from_iterable(map(_all.__getitem__, written)))
        return " ".join(found) if _tells(found) else ""
    folded = " ".join(_folded(title or "").split())
    for text in (_SITE.sub("", folded), folded):
        found = _split(_POSSESSIVE.sub("s", text))
        if _tells(found):
            return " ".join(found)
    return ""


def _tells(found: Sequence[str]) -> bool:
    """Whether a headline has enough words to be told from others."""
    return len(found) >= LEAST_WORDS or sum(map(len, filter(_UNSPACED_WORD.match, found))) >= LEAST_UNSPACED


_BARS = frozenset("|-")
"""What stands before a site's name in a headline of ASCII characters."""

_all = Memory(lambda written: tuple(_split(_POSSESSIVE.sub("s", written.lower()))))
"""All words in a piece of text between two spaces, including stop words, with their plurals."""


LEAST_WORDS = 3
"""Words that a headline needs to be told from others: “Morning briefing” is everybody's."""

LEAST_UNSPACED = 8
"""Characters that it needs instead in a script without spaces between words."""


def _split(folded: str) -> list[str]:
    is_usual = folded.isascii() or _OTHER_SCRIPT.search(folded) is None
    return (_WORD if is_usual else _WORD_OF_ANY_SCRIPT).findall(folded)


def _folded(text: str) -> str:
    """A text without case and accents, and with letters of another shape (bold, full width, circled) as usual ones."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    if not decomposed.isascii():
        decomposed = "".join(character for character in decomposed if not unicodedata.combining(character))
    return decomposed.casefold()
