"""Headlines of one form, filled in twice: *Hartwell wins Ohio*, *Hartwell wins Iowa*.

Two reports of one event seldom have the same words in the same order; where they do, as agencies' reports, the words
that differ are hardly ever names or numbers. So a name in the place of another name, in a headline that goes on as the
other does, tells of another event, however much else is the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from reader.coverage.likeness.names import is_title_case
from reader.coverage.likeness.words import STOP_WORDS, singular, words_of

_TOKEN = re.compile(r"[^\W_]+(?:(?<=\d)[.,]\d+)*|[:%$£€]")
_DIGIT = re.compile(r"\d")
_POSSESSIVE = re.compile(r"['’]s\b")

MOST_TOKENS = 40
"""Words of a headline that are looked at."""

_LEAST, _WHOLE = 0.41, 0.55
"""The share of a headline's words that the other has in the same order from which it may be one form; and is one."""

_LEAST_LETTERS, _LEAST_INITIALS = 4, 3
"""Letters of a word from which it may be part of another; from which it may be made of others' first letters."""

_AFTER_START = frozenset(":.?!")
_CURRENCY = frozenset("%$£€")
_DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december
    """.split()  # noqa: SIM905
)
_SCALES = frozenset(("million", "billion", "trillion", "bn", "percent", "pct", "inch", "mile"))
_COUNTED = frozenset(
    """
    dead killed injured hurt wounded missing people death case victim casualty die kill killing injure least
    """.split()  # noqa: SIM905
)


_SERIES = frozenset(
    """
    best briefing bulletin column crossword digest episode forecast horoscope job lottery newsletter obituary podcast
    quiz recap roundup rumor rumour week weekly
    """.split()  # noqa: SIM905
)

_ENDINGS_OF_ACTS = ("s", "ed", "ing")
_BEFORE_ACTS = frozenset(("to", "will", "can", "could", "may", "might", "must", "would", "should"))


class Kind(IntEnum):
    """What a word of a headline is, as far as its letters and its place tell."""

    SMALL = 0
    """A stop word or a sign: it says nothing."""
    COUNT = 1
    """A number of things: the next report may have another."""
    ACT = 2
    """A word that may be what is done, as far as its ending tells: the next report may have another word for it."""
    PLAIN = 3
    """Another word without a capital."""
    CAPITAL = 4
    """A word with a capital that may mean nothing."""
    NAME = 5
    """A word with a capital where none is due, or one so rare that it tells as much."""
    NUMBER = 6
    """A version, an amount, a day."""


class Token(NamedTuple):
    """A word of a headline.

    Attributes:
        word: the word as `words_of` spells it; a number as it is written, in lower case.
        kind: what it is.
    """

    word: str
    kind: Kind


def tokens_of(title: str, names: frozenset[str]) -> tuple[Token, ...]:
    """All words of a headline in order, stop words and short numbers too.

    Args:
        title: the headline.
        names: those of its words that tell it from another; see `names.telling_names`.
    """
    written = _TOKEN.findall(_POSSESSIVE.sub("", title))[:MOST_TOKENS]
    is_title = is_title_case([each for each in written if each[0].isalpha()])
    return tuple(
        Token(_word(each), _kind(written, place, names, is_title=is_title)) for place, each in enumerate(written)
    )


def digits_of(text: str) -> frozenset[str]:
    """The words of a text that have digits, days and years among them."""
    near = " ".join([written for written in text.split() if _DIGIT.search(written)])
    return frozenset([each.lower() for each in _TOKEN.findall(near) if _has_digit(each)])


@lru_cache(maxsize=20_000)
def _word(written: str) -> str:
    if _has_digit(written):
        return written.lower()
    if written.isascii():
        return singular(written.lower())
    words = words_of(written)
    return words[0] if words else unicodedata.normalize("NFKC", written).casefold()


def _has_digit(written: str) -> bool:
    return not written.isalpha() and _DIGIT.search(written) is not None


def _kind(written: Sequence[str], place: int, names: frozenset[str], *, is_title: bool) -> Kind:
    each = written[place]
    word = _word(each)
    before = written[place - 1] if place else ":"
    if _has_digit(each):
        return _kind_of_number(each, before, written[place + 1] if place + 1 < len(written) else "")
    if word in _DAYS and each[0].isupper():
        return Kind.NUMBER
    if word in STOP_WORDS or not each[0].isalpha():
        return Kind.SMALL
    if word in names or (each[1:] != each[1:].lower() and not each.isupper()):
        return Kind.NAME
    is_due = is_title or before in _AFTER_START
    if each[0].isupper() and not is_due:
        return Kind.NAME
    if (place and each.lower().endswith(_ENDINGS_OF_ACTS)) or before.lower() in _BEFORE_ACTS:
        return Kind.ACT
    return Kind.CAPITAL if each[0].isupper() else Kind.PLAIN


def _kind_of_number(each: str, before: str, after: str) -> Kind:
    if not each.isdigit() or before != before.lower() or before in _CURRENCY or after in _CURRENCY:
        return Kind.NUMBER
    near = {_word(one) for one in (before, after) if one}
    if near & _COUNTED:
        return Kind.COUNT
    return Kind.NUMBER if near & (_DAYS | _SCALES) or len(each) > 2 else Kind.COUNT


class Form(NamedTuple):
    """A headline, and what else tells whether a word is its own.

    Attributes:
        tokens: its words.
        spelled: the same, as they are compared.
        words: all telling words of the article.
        digits: all words of the article that have digits.
        letters: the words of the headline without what stands between them.
        initials: the first letters of its words.
    """

    tokens: tuple[Token, ...]
    spelled: tuple[str, ...]
    words: frozenset[str]
    digits: frozenset[str]
    letters: str
    initials: str

    def lacks(self, word: str) -> bool:
        """Whether the article has a word nowhere: nor as two (`data center`), nor in full (`Amazon Web Services`)."""
        if word in self.words or word in self.digits:
            return False
        is_in_another = len(word) >= _LEAST_LETTERS and word in self.letters
        return not is_in_another and (len(word) < _LEAST_INITIALS or word not in self.initials)


def form_of(title: str, excerpt: str, names: frozenset[str], words: frozenset[str]) -> Form:
    """Read a headline.

    Args:
        title: the headline.
        excerpt: how the article goes on.
        names: those of the headline's words that tell it from another; see `names.telling_names`.
        words: all telling words of the article.
    """
    tokens = tokens_of(title, names)
    spelled = tuple(token.word for token in tokens)
    digits = digits_of(f"{title} {excerpt}")
    return Form(tokens, spelled, words, digits, "".join(spelled), "".join(word[0] for word in spelled))


def filled_in(one: Form, other: Form) -> float:
    """How sure it is that two headlines are one form that is filled in twice, from 0 to 1; the same in either order."""
    if one.spelled == other.spelled:
        return 0.0
    longer = max(len(one.spelled), len(other.spelled))
    if not _may_be_one(one, other):
        return 0.0
    if other.spelled < one.spelled:
        one, other = other, one  # what is found to be the same depends on which comes first
    changes = SequenceMatcher(None, one.spelled, other.spelled, autojunk=False).get_opcodes()
    same = slots = 0
    strongest = 0.0
    for kind, a, b, c, d in changes:
        if kind == "equal":
            same += b - a
        elif kind == "replace":
            here, there = _own(one.tokens[a:b], other), _own(other.tokens[c:d], one)
            contrast = _contrast(here, there, is_lead=_is_lead(one, a, other, c))
            strongest = max(strongest, contrast)
            slots += min(sum(each >= Kind.NAME for each in own) for own in (here, there))
    if strongest and not _SERIES.isdisjoint(one.spelled) and not _SERIES.isdisjoint(other.spelled):
        strongest = min(strongest + _OF_SERIES, 1.0)
    share = same / (longer - slots)  # of what is not filled in
    return strongest * min(max((share - _LEAST) / (_WHOLE - _LEAST), 0.0), 1.0)


def _may_be_one(one: Form, other: Form) -> bool:
    """A quick look before a long one: whether enough words are the same, in whatever order."""
    return len(set(one.spelled) & set(other.spelled)) >= _LEAST / 2 * max(len(one.spelled), len(other.spelled))


def _own(tokens: Iterable[Token], other: Form) -> list[Kind]:
    """The kinds of those words that the other article has nowhere."""
    return [token.kind for token in tokens if token.kind and other.lacks(token.word)]


def _is_lead(one: Form, start: int, other: Form, other_start: int) -> bool:
    """Whether headlines differ from their first telling word on: in whom they are about."""
    return not any(token.kind for form, end in ((one, start), (other, other_start)) for token in form.tokens[:end])


def _contrast(here: Sequence[Kind], there: Sequence[Kind], *, is_lead: bool) -> float:
    """How much two kinds of filling in tell of two events."""
    if not here or not there:
        return 0.0
    if any(kind in here and kind in there for kind in (Kind.NAME, Kind.NUMBER)):
        return 1.0
    least = min(max(here), max(there))
    if is_lead and least > Kind.ACT:
        return _OF_LEADS
    return _OF_KINDS[least]


_OF_LEADS = 0.8
_OF_SERIES = 0.3
_OF_KINDS = {Kind.COUNT: 0.0, Kind.ACT: 0.1, Kind.PLAIN: 0.3, Kind.CAPITAL: 0.45, Kind.NAME: 0.5, Kind.NUMBER: 0.5}
"""How much it tells where headlines begin with it, how much more in a series, and elsewhere by the lesser kind."""
