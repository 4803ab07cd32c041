"""Why an article is on an event, or alike, in words for a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from reader.coverage.likeness.evidence import Evidence
from reader.coverage.likeness.names import spans_of
from reader.coverage.likeness.rarity import in_english
from reader.coverage.likeness.words import words_of
from reader.stories.limits import COMPARED_CHARACTERS

MOST_NAMES = 2
"""How many names and words a reason shows in all: the rarest."""

_MOST_WORDS = 6
"""How many words in common are kept. It is more than are shown, as words that are part of shown names are left out."""

COPIED, AGREED = 0.85, 0.6
"""The values of `Evidence.excerpt` and `Evidence.headline` from which two articles are taken for one text."""

FORM = 0.5
"""The value of `Evidence.filled` from which they are not, however alike: *wins Ohio* and *wins Iowa*."""

_TELLING = 4
"""The level (see `rarity`) from which a word in common is worth showing."""

_POSSESSIVE = re.compile(r"['’]s?\Z")
_SMALL = re.compile(r"\b[^\W\d_A-Z]+\b")
"""A word in lower case."""


class Basis(IntEnum):
    """What a bond between two articles rests on: like words, or wire copy by text or headline. Greater is stronger."""

    WORDS = 0
    SAME_TEXT = 1
    SAME_HEADLINE = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is on an event: what it has in common with that article of the event that is most like it.

    Attributes:
        basis: what the bond between the two rests on.
        to: the name of the other article's outlet.
        apart: the time between the two.
        names: names that both have, the rarest first.
        words: words that both headlines have, the rarest first.
        linked_by: how many articles of the event are linked to the article.
    """

    basis: Basis
    to: str
    apart: timedelta
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    linked_by: int = 0

    def __str__(self) -> str:
        """The reason in words.

        For example `same headline as Reuters`, or `3 hours from Forbes, both name Oxford Circus and Met Police ·
        linked by 4 of the event`.
        """
        return " · ".join(part for part in (self._bond_in_words(), self._linked()) if part)

    def _bond_in_words(self) -> str:
        """What binds it to the other article: the same text, or the time between them and what both say."""
        if self.basis is not Basis.WORDS:
            return f"same {'headline' if self.basis is Basis.SAME_HEADLINE else 'text'} as {self.to}"
        hours = round(self.apart.total_seconds() / 3_600)
        if hours >= 48:
            apart = f"{round(hours / 24)} days from {self.to}"
        else:
            apart = (
                f"{hours} hour{'' if hours == 1 else 's'} from {self.to}" if hours else f"within the hour of {self.to}"
            )
        said = self._said()
        shared = [f"name {' and '.join(self.names)}"] * bool(self.names) + [f"say {' and '.join(said)}"] * bool(said)
        return f"{apart}, both {' and '.join(shared)}" if shared else apart

    def _said(self) -> list[str]:
        """The words in common that are not part of the names, as many as `MOST_NAMES` leaves room for."""
        named = set(words_of(" ".join(self.names)))
        return [word for word in self.words if word not in named][: MOST_NAMES - len(self.names)]

    def _linked(self) -> str:
        return "linked" if self.linked_by == 1 else f"linked by {self.linked_by} of the event" if self.linked_by else ""


def names_in_common(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, ...]:
    """The names that two articles have in common, as the first of them writes them; the rarest first.

    A word that either writes in lower case as well is no name: its capital was due where it began a sentence.

    Args:
        one: headline and excerpt of the first.
        other: headline and excerpt of the second.
    """
    title, excerpt = (text[:COMPARED_CHARACTERS] for text in one)
    said = " ".join(text[:COMPARED_CHARACTERS] for text in other)
    words, in_lower_case = set(words_of(said)), set(_SMALL.findall(f"{title} {excerpt} {said}"))
    found: list[tuple[int, str]] = []
    for written in spans_of(title, excerpt):
        span = _POSSESSIVE.sub("", written)
        parts = words_of(span)
        if parts and span in said and words.issuperset(parts) and span.lower() not in in_lower_case:
            found.append((max(map(in_english, parts)) + len(parts), span))
    kept: list[str] = []
    for _, span in sorted(found, key=lambda name: (-name[0], name[1])):
        if not any(span in longer or longer in span for longer in kept):
            kept.append(span)
    return tuple(kept[:MOST_NAMES])


def words_in_common(one: str, other: str) -> tuple[str, ...]:
    """The rarest words that two headlines have in common, as `words_of` spells them; the rarest first."""
    here, there = ({*words_of(text[:COMPARED_CHARACTERS])} for text in (one, other))
    shared = {word for word in here & there if in_english(word) >= _TELLING}
    return tuple(sorted(shared, key=lambda word: (-in_english(word), word))[:_MOST_WORDS])


def basis_of(evidence: Evidence, *, is_one_headline: bool) -> Basis:
    """What a bond between two articles rests on.

    Equal texts of one outlet are not wire copy, but a report and its rewrite.

    Args:
        evidence: the whole evidence of the two, with `filled`.
        is_one_headline: whether they have the same `headline_key`, and it is not empty.
    """
    if evidence.outlet:
        return Basis.WORDS
    if is_one_headline:
        return Basis.SAME_HEADLINE
    is_form = evidence.filled >= FORM
    is_one_text = not evidence.bare and not is_form and evidence.excerpt >= COPIED and evidence.headline >= AGREED
    return Basis.SAME_TEXT if is_one_text else Basis.WORDS
