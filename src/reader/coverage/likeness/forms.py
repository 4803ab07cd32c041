"""Tells headlines apart that are one form, filled in twice: *Hartwell wins Ohio*, *Hartwell wins Iowa*.

Two reports of one event seldom have the same words in the same order. Where they do, as agencies' reports do, the words
that differ are hardly ever names or numbers. So a name in the place of another name, in a headline that otherwise goes
on as the other does, tells of another event, however much else is the same. `filled_in` compares two headlines so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cached_property
from itertools import chain, compress
from typing import NamedTuple

from reader.coverage.likeness.memory import Memory
from reader.coverage.likeness.names import is_title_case
from reader.coverage.likeness.words import STOP_WORDS, singular, words_of

_TOKEN = re.compile(r"[^\W_]+(?:(?<=\d)[.,]\d+)*|[:%$£€]")
_DIGIT = re.compile(r"\d")
_POSSESSIVE = re.compile(r"['’]s\b")

MOST_TOKENS = 40
"""Words of a headline that are looked at."""

_LEAST, _WHOLE = 0.41, 0.55
"""Two headlines are not one form if the share of words that both have in the same order is `_LEAST` or less, surely are
if it is `_WHOLE`, and in between the more surely the greater it is."""

_LEAST_LETTERS, _LEAST_INITIALS = 4, 3
"""Letters that a word needs to be looked for inside another, and to be looked for as the initials of others."""

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
"""Words beside which a number is a count that the next report may have higher."""

_PARTS = frozenset(
    """
    chapter day edition episode game issue lesson match part round season session stage vol volume week
    """.split()  # noqa: SIM905
)
"""Words after which a number names a part of something: *episode 5* is not the event that *episode 4* was."""

_SERIES = frozenset(
    """
    best briefing bulletin column crossword digest episode forecast horoscope job lottery newsletter obituary podcast
    quiz recap roundup rumor rumour week weekly
    """.split()  # noqa: SIM905
)
"""Words of headlines that an outlet repeats with each issue of a series."""

_ENDINGS_OF_ACTS = ("s", "ed", "ing")
_BEFORE_ACTS = frozenset(("to", "will", "can", "could", "may", "might", "must", "would", "should"))


class Kind(IntEnum):
    """What a word of a headline is, by its letters and its neighbours. The greater, the more it tells of an event."""

    SMALL = 0
    """A stop word or a sign: it says nothing."""
    COUNT = 1
    """A count of things, such as *12 dead*: the next report of the same event may have another."""
    ACT = 2
    """A verb, by its ending or the word before it: the next report may have another word for the same act."""
    PLAIN = 3
    """Any other word without a capital."""
    CAPITAL = 4
    """A word with a capital that may mean nothing, as at the start of a sentence."""
    NAME = 5
    """A word with a capital where none is due, or one so rare that it tells as much."""
    NUMBER = 6
    """A version, an amount, a day, a part."""


class Token(NamedTuple):
    """A word of a headline.

    Attributes:
        word: the word as `words_of` spells it; a number as it is written, in lower case.
        kind: what it is.
    """

    word: str
    kind: Kind


def _tokens(written: Sequence[str], names: frozenset[str]) -> tuple[Token, ...]:
    is_title = is_title_case([each for each in written if each[0].isalpha()])
    return tuple(
        Token(_word[each], _kind(written, place, names, is_title=is_title)) for place, each in enumerate(written)
    )


def digits_of(text: str) -> frozenset[str]:
    """The words of a text that have digits, including days and years, in lower case."""
    written = text.split()
    near = " ".join(compress(written, map(_digit_in.__getitem__, written)))
    return frozenset([each.lower() for each in _TOKEN.findall(near) if _digit_in[each]])


def _spelled(written: str) -> str:
    if _digit_in[written]:
        return written.lower()
    if written.isascii():
        return singular(written.lower())
    words = words_of(written)
    return words[0] if words else unicodedata.normalize("NFKC", written).casefold()


_word = Memory(_spelled)


_written_in = Memory(lambda written: tuple(_TOKEN.findall(_POSSESSIVE.sub("", written))))
_spelled_in = Memory(lambda written: tuple(map(_word.__getitem__, _written_in[written])))
"""The words in a piece of text between two spaces: as they are written, and as they are compared."""

_digit_in = Memory(lambda written: not written.isalpha() and _DIGIT.search(written) is not None)
"""Whether a word has a digit."""


def _kind(written: Sequence[str], place: int, names: frozenset[str], *, is_title: bool) -> Kind:
    each = written[place]
    word = _word[each]
    before = written[place - 1] if place else ":"
    if _digit_in[each]:
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
    if _word[before] in _PARTS:
        return Kind.NUMBER
    near = {_word[one] for one in (before, after) if one}
    if near & _COUNTED:
        return Kind.COUNT
    return Kind.NUMBER if near & (_DAYS | _SCALES) or len(each) > 2 else Kind.COUNT


_stands_out = Memory(lambda written: written != written.lower() or _digit_in[written])
"""Whether a word has a capital or a digit: no other is a name or number, unless it is rare."""


class Replaced(NamedTuple):
    """Words of a headline that stand in the place of words of another, as places in both (the last is the next)."""

    start: int
    end: int
    other_start: int
    other_end: int


class Form:
    """A headline as a form that may be filled in, with what is needed to see which words the article lacks.

    Most forms are needed for their words alone: the rest is worked out when it is asked for.

    Args:
        title: the headline.
        excerpt: the excerpt.
        names: those of the headline's words that tell it from another; see `names.telling_names`.
        words: all telling words of the article.

    Attributes:
        spelled: the headline's words in order, as they are compared; stop words too, `MOST_TOKENS` at most.
        spelled_words: the same as a set.
    """

    def __init__(self, title: str, excerpt: str, names: frozenset[str], words: frozenset[str]) -> None:
        self._title, self._excerpt, self._names, self._words = title, excerpt, names, words
        self.spelled = tuple(chain.from_iterable(map(_spelled_in.__getitem__, title.split())))[:MOST_TOKENS]
        self.spelled_words = frozenset(self.spelled)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each word among those of `spelled`."""
        return {word: place for place, word in enumerate(self.spelled)}

    @cached_property
    def _written(self) -> list[str]:
        """The words of `spelled` as they are written."""
        return list(chain.from_iterable(map(_written_in.__getitem__, self._title.split())))[:MOST_TOKENS]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words of `spelled`, and what they are."""
        return _tokens(self._written, self._names)

    @cached_property
    def _digits(self) -> frozenset[str]:
        """All words of the article that have digits."""
        return digits_of(f"{self._title} {self._excerpt}")

    @cached_property
    def _letters(self) -> str:
        """The words of the headline written as one."""
        return "".join(self.spelled)

    @cached_property
    def _initials(self) -> str:
        """The first letters of its words."""
        return "".join([word[0] for word in self.spelled])

    @cached_property
    def _fillable(self) -> list[str]:
        """The words of the headline that may be names or numbers."""
        each = zip(self.spelled, map(_stands_out.__getitem__, self._written), strict=True)
        return [word for word, stands_out in each if stands_out or word in self._names]

    def most_own(self, other: Form) -> int:
        """How many names and numbers the headline can have at most that another article lacks."""
        there = other._words
        return len([word for word in self._fillable if word not in there])

    def lacks(self, word: str) -> bool:
        """Whether the article lacks a word, also written as two (`data center`) or in full (`Amazon Web Services`)."""
        if word in self._words or (_digit_in[word] and word in self._digits):
            return False
        is_in_another = len(word) >= _LEAST_LETTERS and word in self._letters
        return not is_in_another and (len(word) < _LEAST_INITIALS or word not in self._initials)


def filled_in(one: Form, other: Form) -> float:
    """How sure it is that two headlines are one form filled in twice, from 0 to 1; the same in either order.

    Where one headline has other words than the other in the same place, the words are contrasted that the other
    article lacks (`_contrast`). The strongest contrast counts, the less the fewer words of the form are the same.
    """
    if one.spelled == other.spelled or not _may_be_one(one, other):
        return 0.0
    longer = max(len(one.spelled), len(other.spelled))
    if other.spelled < one.spelled:
        one, other = other, one  # what is found to be the same depends on which comes first
    same, replaced = aligned(one, other)
    if same / (longer - sum([min(b - a, d - c) for a, b, c, d in replaced])) <= _LEAST:
        return 0.0  # even if all the words that were replaced are names
    slots, strongest = 0, 0.0
    for a, b, c, d in replaced:
        here, there = _own(one.tokens[a:b], other), _own(other.tokens[c:d], one)
        contrast = _contrast(here, there, is_lead=_is_lead(one, a, other, c))
        strongest = max(strongest, contrast)
        slots += min(sum(each >= Kind.NAME for each in own) for own in (here, there))
    if strongest and not _SERIES.isdisjoint(one.spelled) and not _SERIES.isdisjoint(other.spelled):
        strongest = min(strongest + _OF_SERIES, 1.0)
    share = same / (longer - slots)  # the part of the form that is the same, without what is filled in
    return strongest * min(max((share - _LEAST) / (_WHOLE - _LEAST), 0.0), 1.0)


def _may_be_one(one: Form, other: Form) -> bool:
    """A quick look before the long one: whether enough words are the same, in whatever order.

    Names and numbers that the other article lacks may be what is filled in, and are not counted as words of the form.
    """
    there = other.spelled_words
    longer = max(len(one.spelled), len(other.spelled))
    if len(one.spelled_words & there) < _LEAST / 2 * longer:
        return False
    same = len([word for word in one.spelled if word in there])
    return same > _LEAST * (longer - min(one.most_own(other), other.most_own(one)))


def aligned(one: Form, other: Form) -> tuple[int, list[Replaced]]:
    """How many words of two headlines are the same in the same order, and the words between these that are not."""
    places = other.places
    if len(places) == len(other.spelled) and len(one.spelled_words) == len(one.spelled):  # each word is there once
        met = [(place, places[word]) for place, word in enumerate(one.spelled) if word in places]
        there = [place for _, place in met]
        if there == sorted(there):  # nothing is to be chosen: `SequenceMatcher` would find the same, but take longer
            return len(met), list(_between(met, len(one.spelled), len(other.spelled)))
    changes = SequenceMatcher(None, one.spelled, other.spelled, autojunk=False).get_opcodes()
    same = sum([b - a for kind, a, b, _, _ in changes if kind == "equal"])
    return same, [Replaced(*places) for kind, *places in changes if kind == "replace"]


def _between(met: Sequence[tuple[int, int]], end: int, other_end: int) -> Iterator[Replaced]:
    """The words between places where two headlines meet, where both have some."""
    start, other_start = 0, 0
    for place, other_place in (*met, (end, other_end)):
        if start < place and other_start < other_place:
            yield Replaced(start, place, other_start, other_place)
        start, other_start = place + 1, other_place + 1


def _own(tokens: Iterable[Token], other: Form) -> list[Kind]:
    """The kinds of those words that the other article lacks, but for small ones."""
    return [token.kind for token in tokens if token.kind and other.lacks(token.word)]


def _is_lead(one: Form, start: int, other: Form, other_start: int) -> bool:
    """Whether two headlines have nothing but small words before these places: they differ in whom they are about."""
    return not any(token.kind for form, end in ((one, start), (other, other_start)) for token in form.tokens[:end])


def _contrast(here: Sequence[Kind], there: Sequence[Kind], *, is_lead: bool) -> float:
    """How surely words in one place tell of two events, from 0 to 1, by the kinds of what each article has alone."""
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
"""How surely a contrast tells of two events: where headlines begin with it; how much more in headlines of a series
(*quiz of the week*); and elsewhere, by the lesser of both sides' greatest kinds."""
