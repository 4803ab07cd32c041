"""Finds names in headlines and excerpts: words with a capital where none is due."""

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
"""A headline with no more than this share of telling words in lower case is in title case: capitals tell nothing."""

RARE_AS_A_NAME = 9
"""The level from which a word tells as much as a name."""

_BEGINNING = 3
"""Letters that a capital word of an excerpt must have in common with a word of the headline to be looked at."""

_MOST_SPANS = 200
"""Spans of a text that are looked at."""


def names_in(words: Iterable[str], title: str, excerpt: Sequence[str]) -> frozenset[str]:
    """Those of a headline's words that belong to names, going by the capitals in headline and excerpt.

    In scripts without capitals there are no names.

    Args:
        words: the headline's words, as `words_of` spells them.
        title: the headline.
        excerpt: the excerpt, split at its spaces.
    """
    tokens = list(chain.from_iterable(map(_tokens_in.__getitem__, title.split())))
    if is_title_case(tokens):
        named = [token for token in tokens if token[1:] != token[1:].lower()]
    else:
        named = [token for token in tokens[1:] if token[0].isupper()]
    named += _capitals(excerpt, {_ANY, *[word[:_BEGINNING] for word in words]})
    return words_among(named).intersection(words)


def _capitals(words: Sequence[str], beginnings: Collection[str]) -> list[str]:
    """The words of a text with a capital that have one of some beginnings and do not begin a sentence.

    Signs that stand at a word are given with it.
    """
    begins_so = map(beginnings.__contains__, map(_begins.__getitem__, words))
    return [
        words[place] for place in compress(count(), begins_so) if place and words[place - 1][-1] not in _ENDS_SENTENCE
    ]


_ANY = "*"
"""Stands for the beginning of a word that is not ASCII: it may be spelled otherwise in the headline."""

_tokens_in = Memory(lambda written: tuple(_TOKEN.findall(written)))
"""The words in a piece of text between two spaces. No word has a space."""

_begins = Memory(lambda word: (word[:_BEGINNING].lower() if word.isascii() else _ANY) if word[0].isupper() else "")
"""The beginning of a word with a capital; empty for another word."""


def telling_names(words: Iterable[str], names: frozenset[str]) -> frozenset[str]:
    """Those of a headline's words that tell it from another that is worded alike: names, rare words, numbers.

    Args:
        words: the headline's words.
        names: those that belong to names.
    """
    return frozenset([word for word in words if (tells := _tells[word]) or (tells is None and word in names)])


def _tells_alone(word: str) -> bool | None:
    """Whether a word tells headlines apart: always (True), never (False), or only where it is part of a name (None)."""
    if in_english(word) <= COMMONEST:
        return False
    has_digit = not word.isalpha() and any(character.isdigit() for character in word)
    return in_english(word) >= RARE_AS_A_NAME or has_digit or None


_tells = Memory(_tells_alone)


def is_title_case(tokens: list[str]) -> bool:
    """Whether a headline gives a capital to (nearly) every word, so that a capital tells nothing.

    Args:
        tokens: the words of the headline, as they are written.
    """
    cases = list(map(_is_small.__getitem__, tokens))
    small = cases.count(True)
    return small <= _TITLE_CASE * (small + cases.count(False))


_is_small = Memory(lambda token: token.islower() if len(token) > 1 and token.lower() not in STOP_WORDS else None)
"""Whether a telling word is in lower case; None for stop words and single letters."""


def spans_of(title: str, excerpt: str) -> list[str]:
    """The names in an article as they are written, in order, each once: `Oxford Circus`, `Bank of England`."""
    texts = [excerpt] if is_title_case(_TOKEN.findall(title)) else [title, excerpt]
    found = [_without_article(span) for text in texts for span in _SPAN.findall(text)[:_MOST_SPANS]]
    return list(dict.fromkeys(filter(None, found)))


def _without_article(span: str) -> str:
    """A span without stop words before the name, which begin a sentence: `At Oxford Circus`; empty if none is left."""
    first, _, rest = span.partition(" ")
    while first.lower() in STOP_WORDS or len(first) == 1:
        first, _, rest = rest.partition(" ")
        if not first:
            return ""
    return f"{first} {rest}" if rest else first
