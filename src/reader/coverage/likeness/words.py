"""The words by which articles are compared."""

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

_WORD = re.compile(r"[^\W_]{1,60}")  # what is longer is no word, but would be taken for a very rare one
_WORD_OF_ANY_SCRIPT = re.compile(  # Indic vowel signs are no letters to `re`, but stand inside words
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
"""Words that tell nothing of what an article is about, without accents: English first, then its neighbours."""


def words_of(text: str) -> list[str]:
    """The telling words of a text, in order: in lower case, without accents, stop words and plural endings.

    Where a script writes no spaces, every two neighbouring characters count as a word.
    """
    return list(chain.from_iterable(map(_telling.__getitem__, text.split())))


def words_among(written: Iterable[str]) -> frozenset[str]:
    """The same words in no order, of a text that has been split at its spaces."""
    return frozenset(chain.from_iterable(map(_telling.__getitem__, written)))


def words_in(text: str) -> tuple[str, ...]:
    """The same words of a text that is read as a whole, as if it had never been seen.

    No word reaches over a space, and none depends on what stands beyond one. So `words_of` remembers them of what
    stands between two spaces.
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
    """What two headlines share that differ in signs, case, accents and the site's name behind a bar; at times empty."""
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
    """Whether the words of a headline tell it from others."""
    return len(found) >= LEAST_WORDS or sum(map(len, filter(_UNSPACED_WORD.match, found))) >= LEAST_UNSPACED


_BARS = frozenset("|-")
"""What may stand before a site's name, in a headline of ASCII."""

_all = Memory(lambda written: tuple(_split(_POSSESSIVE.sub("s", written.lower()))))


LEAST_WORDS = 3
"""Words a headline needs to be told from another by: “Morning briefing” is everybody's."""

LEAST_UNSPACED = 8
"""Characters it needs in a script without spaces between words."""


def _split(folded: str) -> list[str]:
    is_usual = folded.isascii() or _OTHER_SCRIPT.search(folded) is None
    return (_WORD if is_usual else _WORD_OF_ANY_SCRIPT).findall(folded)


def _folded(text: str) -> str:
    """A text without case and accents; letters in another shape (bold, full width, in a circle) in their usual one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    if not decomposed.isascii():
        decomposed = "".join(character for character in decomposed if not unicodedata.combining(character))
    return decomposed.casefold()
