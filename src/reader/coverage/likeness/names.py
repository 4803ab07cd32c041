"""Names in headlines and excerpts: words with a capital where none is due."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, compress, count

from reader.coverage.likeness.memory import Memory
from reader.coverage.likeness.rarity import COMMONEST, in_english
from reader.coverage.likeness.words import STOP_WORDS, words_among

_TOKEN = re.compile(r"[^\W\d_][\w&'’-]*")
_CAPITAL = "A-ZÀ-ÖØ-ÞΑ-ΩА-Я"
_ENDS_SENTENCE = frozenset(".!?:")
_SPAN = re.compile(rf"(?<![\w’'-])[{_CAPITAL}][\w&'’-]*(?:\s(?:(?:of|the|de|del|von|van|&)\s)?[{_CAPITAL}][\w&'’-]*)*")

_TITLE_CASE = 0.15
"""The share of telling words without a capital up to which a headline is one that gives a capital to every word."""

RARE_AS_A_NAME = 9
"""The level from which a word tells as much as a name."""

_BEGINNING = 3
"""Letters by which a capital word of an excerpt may be one of the headline's."""

_MOST_SPANS = 200
"""Spans of a text that are looked at."""


def names_in(words: Iterable[str], title: str, excerpt: Sequence[str]) -> frozenset[str]:
    """Those of a headline's words that belong to names, as headline and excerpt write them.

    Args:
        words: the headline's words, as `words_of` spells them.
        title: the headline.
        excerpt: the excerpt, split at its spaces. In scripts without capitals there are no names.
    """
    tokens = list(chain.from_iterable(map(_tokens_in.__getitem__, title.split())))
    if is_title_case(tokens):
        named = [token for token in tokens if token[1:] != token[1:].lower()]
    else:
        named = [token for token in tokens[1:] if token[0].isupper()]
    named += _capitals(excerpt, {_ANY, *[word[:_BEGINNING] for word in words]})
    return words_among(named).intersection(words)


def _capitals(words: Sequence[str], beginnings: Collection[str]) -> list[str]:
    """The words of a text with a capital that do not begin a sentence, and may begin so; with the signs around them."""
    begins_so = map(beginnings.__contains__, map(_begins.__getitem__, words))
    return [
        words[place] for place in compress(count(), begins_so) if place and words[place - 1][-1] not in _ENDS_SENTENCE
    ]


_ANY = "*"
"""How a word with a capital begins that is not of ASCII: as any other may be spelled."""

_tokens_in = Memory(lambda written: tuple(_TOKEN.findall(written)))
"""What may be names in what stands between two spaces; none reaches over one."""

_begins = Memory(lambda word: (word[:_BEGINNING].lower() if word.isascii() else _ANY) if word[0].isupper() else "")


def telling_names(words: Iterable[str], names: frozenset[str]) -> frozenset[str]:
    """Those of a headline's words that tell it from another that is worded alike: names, rare words, numbers.

    Args:
        words: the headline's words.
        names: those that belong to names.
    """
    return frozenset([word for word in words if (tells := _tells[word]) or (tells is None and word in names)])


def _tells_alone(word: str) -> bool | None:
    """Whether a word tells in any headline (True), in none (False), or where it is a name (None)."""
    if in_english(word) <= COMMONEST:
        return False
    has_digit = not word.isalpha() and any(character.isdigit() for character in word)
    return in_english(word) >= RARE_AS_A_NAME or has_digit or None


_tells = Memory(_tells_alone)


def is_title_case(tokens: list[str]) -> bool:
    """Whether a headline gives a capital to (nearly) every word, so that a capital tells nothing."""
    cases = list(map(_is_small.__getitem__, tokens))
    small = cases.count(True)
    return small <= _TITLE_CASE * (small + cases.count(False))


_is_small = Memory(lambda token: token.islower() if len(token) > 1 and token.lower() not in STOP_WORDS else None)
"""Whether a word of a headline that tells something is without a capital; None for others."""


def spans_of(title: str, excerpt: str) -> list[str]:
    """Names of one word or several as they are written, in order: `Oxford Circus`, `Bank of England`."""
    texts = [excerpt] if is_title_case(_TOKEN.findall(title)) else [title, excerpt]
    found = [_without_article(span) for text in texts for span in _SPAN.findall(text)[:_MOST_SPANS]]
    return list(dict.fromkeys(filter(None, found)))


def _without_article(span: str) -> str:
    """A span without the words before the name that have their capital from a sentence: `At Oxford Circus`."""
    first, _, rest = span.partition(" ")
    while first.lower() in STOP_WORDS or len(first) == 1:
        first, _, rest = rest.partition(" ")
        if not first:
            return ""
    return f"{first} {rest}" if rest else first
