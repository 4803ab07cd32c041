"""From bonds between articles to events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reader.coverage.bonds import Kind

MOST_MEMBERS = 40
"""Articles of an event at most: past that it is a subject."""

LONGEST_SECONDS = 10 * 86_400
"""Seconds from the first to the last article of an event at most."""


class Bond(NamedTuple):
    """Two articles on one event, and why.

    Attributes:
        a: the one's id.
        b: the other's.
        kind: what the bond rests on.
        alike: how alike they are, from 0 to 1.
        shared: how many words they share.
    """

    a: int
    b: int
    kind: Kind
    alike: float
    shared: int


def gather(bonds: Iterable[Bond], times: Mapping[int, int], names: Mapping[int, str]) -> list[list[int]]:
    """The events that bonds make.

    The strongest bond joins first (single linkage; Kruskal's algorithm), and none that would make an event too large or
    too long. Equal bonds go by the articles' names, so that the outcome is the same in whatever order they came in.

    Args:
        bonds: between articles.
        times: of the articles, in seconds since 1970.
        names: of the articles; their keys.

    Returns:
        The members of each event by time and name, two or more.
    """
    parent: dict[int, int] = {}
    members: dict[int, list[int]] = {}

    def root(article: int) -> int:
        while parent.setdefault(article, article) != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    def strength(bond: Bond) -> tuple[int, float, tuple[str, ...]]:
        return (-bond.kind, -round(bond.alike, 6), tuple(sorted((names[bond.a], names[bond.b]))))

    for bond in sorted(bonds, key=strength):
        a, b = root(bond.a), root(bond.b)
        if a == b:
            continue
        joined = members.get(a, [a]) + members.get(b, [b])
        span = max(times[one] for one in joined) - min(times[one] for one in joined)
        if len(joined) <= MOST_MEMBERS and span <= LONGEST_SECONDS:
            parent[b] = a
            members[a] = joined
            members.pop(b, None)
    ordered = [sorted(group, key=lambda one: (times[one], names[one])) for group in members.values()]
    return sorted(ordered, key=lambda group: (times[group[0]], names[group[0]]))


def copies(bonds: Iterable[Bond], event: Iterable[int]) -> list[set[int]]:
    """The articles of an event that are one text under several names: wire copy."""
    inside = set(event)
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for bond in bonds:
        if bond.kind is not Kind.WORDS and bond.a in inside and bond.b in inside:
            joined = {bond.a, bond.b} | groups.get(bond.a, set()) | groups.get(bond.b, set())
            for one in joined:
                groups[one] = joined
    return list({id(group): group for group in groups.values()}.values())
