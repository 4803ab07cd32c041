"""The sections of a coverage (the event, what is linked, what is alike), with the words of their headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reader.base.wording import plural
from reader.coverage.model import Coverage, CoverageArticle, Relation

ON_NO_EVENT = "on no event with others"
"""What is shown instead of a number of outlets where there is no event."""


class Section(NamedTuple):
    """A part of a coverage that is shown under one heading.

    Attributes:
        relation: what its articles are to the story.
        heading: what its articles are, and how many; empty for a story on no event with others.
        articles: its articles: those of the event by time, those that are alike with the most alike first.
    """

    relation: Relation
    heading: str
    articles: tuple[CoverageArticle, ...]


def sections(coverage: Coverage) -> list[Section]:
    """The sections of a coverage in the order in which they are shown.

    The first has the story itself, alone if it is on no event with others. The other two are left out where empty.
    """
    event, linked, alike = coverage.event, coverage.linked, coverage.alike
    found = [Section(Relation.EVENT, _event_heading(coverage) if len(event) > 1 else "", event)]
    if linked:
        found.append(Section(Relation.LINKED, f"linked · {plural(len(linked), 'article')}", linked))
    if alike:
        stories = plural(len(alike), "story", "stories")
        found.append(Section(Relation.ALIKE, f"alike, found by their words · {stories}", alike))
    return found


def in_short(coverage: Coverage) -> list[str]:
    """How much coverage there is, in short: `16 outlets`, `9 linked`, `3 alike`."""
    event = plural(coverage.outlets, "outlet") if len(coverage.event) > 1 else ON_NO_EVENT
    return [event, *beyond(coverage)]


def beyond(coverage: Coverage) -> Iterator[str]:
    """How much coverage there is beyond the event: `9 linked`, `3 alike`."""
    if coverage.linked:
        yield f"{len(coverage.linked):,} linked"
    if coverage.alike:
        yield f"{len(coverage.alike):,} alike"


def _event_heading(coverage: Coverage) -> str:
    found = ", found by its words alone" if coverage.is_found else ""
    return f"event{found} · {plural(len(coverage.event), 'article')}"
