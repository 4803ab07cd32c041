"""The sections of a coverage: the event, what is linked, what is alike; each with its heading and its count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reader.base.wording import plural
from reader.coverage.model import Coverage, CoverageArticle, Relation

ON_NO_EVENT = "on no event with others"
"""What is told in the place of a number of outlets where there is no event."""


class Section(NamedTuple):
    """A part of a coverage that is told under one heading.

    Attributes:
        relation: what its articles are to the story.
        heading: what they are, and how many, for a person; empty for a story on no event with others.
        articles: what is in it: of the event by time, of what is alike the most alike first.
    """

    relation: Relation
    heading: str
    articles: tuple[CoverageArticle, ...]


def sections(coverage: Coverage) -> list[Section]:
    """The sections of a coverage, in the order in which they are told; only the first may hold the story alone.

    A section without articles is none.
    """
    event, linked, alike = coverage.event, coverage.linked, coverage.alike
    told = [Section(Relation.EVENT, _event_heading(coverage) if len(event) > 1 else "", event)]
    if linked:
        told.append(Section(Relation.LINKED, f"linked · {plural(len(linked), 'article')}", linked))
    if alike:
        stories = plural(len(alike), "story", "stories")
        told.append(Section(Relation.ALIKE, f"alike, found by their words · {stories}", alike))
    return told


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
