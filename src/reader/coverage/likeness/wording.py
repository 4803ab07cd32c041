"""Turns the headline and excerpt of an article into words, names and numbers that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from reader.coverage.likeness.forms import Form
from reader.coverage.likeness.names import is_title_case, names_in, telling_names
from reader.coverage.likeness.words import STOP_WORDS, words_among, words_of
from reader.stories.limits import COMPARED_CHARACTERS

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_DIGITS = re.compile(r"\d+")
_MONTH_NAME = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_MONTH = rf"(?:{_MONTH_NAME.pattern})[a-z]*\.?"
_DATE = re.compile(rf"\b(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH})\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = re.compile(r"(?P<joined>[^\W\d_]-?)\Z|(?<![\w’'])(?P<capital>[A-Z]\w*)\s\Z")
_AFTER = re.compile(r"[\s-]?(?:thousand|million|billion|trillion|bn|percent|per\scent|pct)\b|[\w%]", re.IGNORECASE)
_LONGEST_NAME = 30
"""How many characters before a number a name is looked for."""

_DAY_DIGITS = 2
"""A number of no more digits may be the day of a date."""


class Wording(NamedTuple):
    """What an article says.

    Attributes:
        title: the telling words of its headline, in order.
        excerpt: the telling words of its excerpt.
        names: those of the headline's words that tell it from another that is worded alike.
        digits: each run of digits in headline and excerpt. Two articles without a run in common have no number in
            common either, which saves looking for `numbers`.
        words: all of its telling words, of headline and excerpt.
        headline: the headline as it is written.
        text: the excerpt as it is written.
    """

    title: tuple[str, ...]
    excerpt: frozenset[str]
    names: frozenset[str]
    digits: frozenset[str]
    words: frozenset[str]
    headline: str
    text: str

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in headline and excerpt as they are written, without dates and those of names (`Windows 365`)."""
        return _numbers(self.headline, self.text)

    @property
    def form(self) -> Form:
        """Its headline as a form that may be filled in."""
        return Form(self.headline, self.text, self.names, self.words)


def headline_words(title: str) -> list[str]:
    """The telling words of a headline, in order; of a very long one, of its first `COMPARED_CHARACTERS`."""
    return words_of(title[:COMPARED_CHARACTERS])


def wording_of(title: str, excerpt: str) -> Wording:
    """Read a headline and an excerpt, of each the first `COMPARED_CHARACTERS`."""
    title, excerpt = title[:COMPARED_CHARACTERS], excerpt[:COMPARED_CHARACTERS]
    words = tuple(headline_words(title))
    written = excerpt.split()
    said = words_among(written)
    return Wording(
        title=words,
        excerpt=said,
        names=telling_names(words, names_in(words, title, written)),
        digits=frozenset(_DIGITS.findall(f"{title} {excerpt}")),
        words=said.union(words),
        headline=title,
        text=excerpt,
    )


def _numbers(title: str, excerpt: str) -> frozenset[str]:
    """The numbers of an article, without days, years and those of names: `COVID-19`, `Windows 365`."""
    text = f"{title} {excerpt}"
    found = list(_NUMBER.finditer(text))
    if any(len(number[0]) <= _DAY_DIGITS for number in found):
        without_dates = _DATE.sub(" ", text) if _MONTH_NAME.search(text) else text
        if without_dates != text:
            text, found = without_dates, list(_NUMBER.finditer(without_dates))
    said = frozenset([number[0] for number in found if not _YEAR.fullmatch(number[0])])
    named = _named(text, found) if said else said
    if named and is_title_case(title.split()):
        named = _named(text.replace(title, title.lower(), 1), found)  # where a capital tells nothing
    return said - named


def _named(text: str, numbers: Iterable[re.Match[str]]) -> frozenset[str]:
    """Those of a text's numbers that are part of a name in it."""
    return frozenset([number[0] for number in numbers if _is_of_name(text, number)])


def _is_of_name(text: str, number: re.Match[str]) -> bool:
    """Whether a number is part of the name before it, rather than a count of something."""
    near = text[max(number.start() - _LONGEST_NAME, 0) : number.start()]
    if near[-1:].isspace() and near.split()[-1:] and near.split()[-1].islower():
        return False
    before = _BEFORE.search(text, max(number.start() - _LONGEST_NAME, 0), number.start())
    if before is None or _AFTER.match(text, number.end()):
        return False
    return before["capital"] is None or before["capital"].lower() not in STOP_WORDS
