"""The words by which articles are compared."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}\Z")
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
    oder sich sie sind um und vom von vor war wie wird zu zum zur uber au aux avec ce ces dans de du elle en
    est et il la le les leur mais ou par pas plus pour qui que sa se ses son sur un une al con como del el
    esta este ha las lo los mas para pero por sin su sus y che da dei della di gli nel nella non sono una het
    een van voor niet op te zijn
    """.split()  # noqa: SIM905 — a list of 300 lines says no more
)
"""Words that tell nothing of what an article is about, without accents: English first, then its neighbours."""


def words_of(text: str) -> list[str]:
    """The telling words of a text, in order: in lower case, without accents, stop words and the s of a plural."""
    folded = text.lower() if text.isascii() else _without_accents(text)
    found = []
    for word in _WORD.findall(_POSSESSIVE.sub("", folded)):
        if len(word) > 1 and word not in STOP_WORDS:
            found.append(word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word)
    return found


def headline_key(title: str | None) -> str:
    """What two headlines share that differ in signs, case, accents and the site's name behind a bar; at times empty."""
    folded = _without_accents(title or "")
    without_site = _SITE.sub("", folded)
    for text in (without_site, folded):
        found = _WORD.findall(_POSSESSIVE.sub("s", text))
        if len(found) >= LEAST_WORDS:
            return " ".join(found)
    return ""


LEAST_WORDS = 3
"""Words a headline needs to be told from another by: “Morning briefing” is everybody's."""


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
