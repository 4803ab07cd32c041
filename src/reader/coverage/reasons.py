"""Why an article is on an event, in words a person understands."""

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
"""Names and words that are told at most: the rarest."""

_MOST_WORDS = 6
"""Words in common that are kept: some of them may be of the names."""

COPIED, AGREED = 0.85, 0.6
"""How alike excerpts are that are one text, where at least that much of the headlines agrees."""

FORM = 0.5
"""From how sure it is that headlines are one form filled in twice no texts are taken for one."""

_TELLING = 4
"""The level from which a word in common is worth telling."""


_POSSESSIVE = re.compile(r"['’]s?\Z")


class Basis(IntEnum):
    """What the nearness of two articles rests on; what is greater is stronger."""

    WORDS = 0
    SAME_TEXT = 1
    SAME_HEADLINE = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is on an event: what it has in common with the article of it that is most like it.

    Attributes:
        basis: what their nearness rests on.
        to: the name of the other article's outlet.
        apart: how far apart in time the two are.
        names: names that both have, the rarest first.
        words: words that both headlines have, the rarest first.
        linked_by: how many articles of the event are linked to it.
    """

    basis: Basis
    to: str
    apart: timedelta
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    linked_by: int = 0

    def __str__(self) -> str:
        """As a person reads it.

        `same headline as Reuters`; `3 hours from Forbes, both name Oxford Circus and Met Police · linked by 4 of the
        event`.
        """
        return " · ".join(part for part in (self._bond_in_words(), self._linked()) if part)

    def _bond_in_words(self) -> str:
        """What ties it to the other article: one text, or nearness in time and what both say."""
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
        told = [f"name {' and '.join(self.names)}"] * bool(self.names) + [f"say {' and '.join(said)}"] * bool(said)
        return f"{apart}, both {' and '.join(told)}" if told else apart

    def _said(self) -> list[str]:
        """The words in common that are in no name, as many as there is room for beside the names."""
        named = set(words_of(" ".join(self.names)))
        return [word for word in self.words if word not in named][: MOST_NAMES - len(self.names)]

    def _linked(self) -> str:
        return "linked" if self.linked_by == 1 else f"linked by {self.linked_by} of the event" if self.linked_by else ""


def names_in_common(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, ...]:
    """The names that two articles (headline and excerpt) have in common, as the one writes them; the rarest first."""
    said = " ".join(text[:COMPARED_CHARACTERS] for text in other)
    words = set(words_of(said))
    found: list[tuple[int, str]] = []
    for written in spans_of(one[0][:COMPARED_CHARACTERS], one[1][:COMPARED_CHARACTERS]):
        span = _POSSESSIVE.sub("", written)
        parts = words_of(span)
        if parts and span in said and words.issuperset(parts):
            found.append((max(map(in_english, parts)) + len(parts), span))
    kept: list[str] = []
    for _, span in sorted(found, key=lambda name: (-name[0], name[1])):
        if not any(span in longer or longer in span for longer in kept):
            kept.append(span)
    return tuple(kept[:MOST_NAMES])


def words_in_common(one: str, other: str) -> tuple[str, ...]:
    """The rarest words that two headlines have in common, as `words_of` spells them."""
    here, there = ({*words_of(text[:COMPARED_CHARACTERS])} for text in (one, other))
    shared = {word for word in here & there if in_english(word) >= _TELLING}
    return tuple(sorted(shared, key=lambda word: (-in_english(word), word))[:_MOST_WORDS])


def basis_of(evidence: Evidence, *, is_one_headline: bool) -> Basis:
    """What the nearness of two articles rests on.

    Two texts of one outlet are a report and its rewrite, and no wire copy.

    Args:
        evidence: their evidence.
        is_one_headline: whether their headlines are the same.
    """
    if evidence.outlet:
        return Basis.WORDS
    if is_one_headline:
        return Basis.SAME_HEADLINE
    is_form = evidence.filled >= FORM
    is_one_text = not evidence.bare and not is_form and evidence.excerpt >= COPIED and evidence.headline >= AGREED
    return Basis.SAME_TEXT if is_one_text else Basis.WORDS
