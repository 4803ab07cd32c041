"""Whether the rule for events finds those that a person finds in real stories.

The events were found by reading: all headlines of the corpus in the order of time, and excerpts and links where an
event might be. What the rule finds was read as well, and not taken for an event where it is none. Two stories of one
event report one happening, not one subject. Stories stand by the beginning of their file's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest

from library.sync.corpus_events import EVENTS, FOUND, TWINS, WITHOUT_LINKS
from reader.coverage.groups import LONGEST_SECONDS
from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.coverage.likeness.words import headline_key
from reader.library.library import Library


@pytest.fixture(scope="module")
def library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with closing(Library(shared / "corpus", tmp_path_factory.mktemp("cache"), in_process=True)) as opened:
        opened.sync()
        yield opened


@pytest.fixture(scope="module")
def found(library: Library) -> dict[str, frozenset[str]]:
    """The files of the event on which each file's story is; its own alone where there is no other."""
    on: dict[str, str] = {}
    for path, event in library.index.connection.execute(
        "SELECT s.path, coalesce(x.event, -x.id) FROM stories s JOIN articles x ON x.story = s.id"
    ):
        on[path.decode()] = event
    together: defaultdict[str, set[str]] = defaultdict(set)
    for path, event in on.items():
        together[event].add(path)
    return {path: frozenset(together[event]) for path, event in on.items()}


def files(found: Mapping[str, object], members: Sequence[str]) -> set[str]:
    """The files whose names begin so, one each."""
    named = [[path for path in found if path.startswith(member)] for member in members]
    assert [member for member, paths in zip(members, named, strict=True) if len(paths) != 1] == []
    return {paths[0] for paths in named}


def quality(found: Mapping[str, frozenset[str]], events: Mapping[str, Sequence[str]]) -> tuple[float, float]:
    """Mean precision and recall over events, of each as the mean over its members (B-cubed; Bagga & Baldwin 1998)."""
    precision = recall = 0.0
    for members in events.values():
        event = files(found, members)
        shares = [(len(found[one] & event), len(found[one])) for one in event]
        precision += sum(shared / size for shared, size in shares) / len(event)
        recall += sum(shared / len(event) for shared, _ in shares) / len(event)
    return precision / len(events), recall / len(events)


def test_the_rule_finds_the_events_that_a_person_finds(found: Mapping[str, frozenset[str]]) -> None:
    assert len(EVENTS) >= 12
    precision, recall = quality(found, EVENTS)
    assert precision >= 0.94
    assert recall >= 0.9


def test_events_of_linked_stories_are_found_as_well_without_those_that_are_one_text(
    library: Library, found: Mapping[str, frozenset[str]]
) -> None:
    copies = library.index.connection.execute(
        "SELECT s.path FROM stories s JOIN articles x ON x.story = s.id WHERE x.copy IS NOT NULL"
    )
    copied = {row[0].decode() for row in copies}
    told_apart = {name: members for name, members in EVENTS.items() if not files(found, members) <= copied}
    assert len(told_apart) >= 12
    precision, recall = quality(found, told_apart)
    assert precision >= 0.85
    assert recall >= 0.8


def test_what_is_not_linked_is_found_as_well(found: Mapping[str, frozenset[str]]) -> None:
    precision, recall = quality(found, WITHOUT_LINKS)
    assert precision >= 0.9
    assert recall >= 0.65


def test_few_events_of_the_rule_are_none(found: Mapping[str, frozenset[str]]) -> None:
    real = set().union(
        *(files(found, members) for members in (*EVENTS.values(), *WITHOUT_LINKS.values(), *FOUND.values()))
    )
    events = {event for event in found.values() if len(event) > 1}
    mistaken = [event for event in events if not event & real]
    assert len(mistaken) <= len(events) // 7


@pytest.mark.parametrize("twins", TWINS, ids=lambda twins: twins[0][:40])
def test_what_has_one_form_is_not_one_event(found: Mapping[str, frozenset[str]], twins: tuple[str, str]) -> None:
    one, other = (next(path for path in found if path.startswith(twin)) for twin in twins)
    assert other not in found[one]


def test_equal_headlines_of_several_outlets_are_one_wire_copy(library: Library) -> None:
    by_key: defaultdict[str, list[tuple[int, str, int | None, int | None]]] = defaultdict(list)
    for title, *told in library.index.connection.execute(
        "SELECT title, published, outlet, copy, event FROM articles WHERE published IS NOT NULL"
    ):
        by_key[headline_key(title)].append(tuple(told))
    by_key.pop("", None)
    pairs = [
        (one, other)
        for group in by_key.values()
        for one, other in combinations(group, 2)
        if one[1] != other[1] and abs(one[0] - other[0]) <= NEAR_SECONDS
    ]
    assert len(pairs) >= 20
    assert [pair for pair in pairs if None in pair[0][2:] or pair[0][2:] != pair[1][2:]] == []


def test_events_are_of_bounded_length(library: Library) -> None:
    sizes = library.index.connection.execute("SELECT articles, ended - began FROM events").fetchall()
    assert sizes
    assert all(articles >= 2 and 0 <= lasted <= LONGEST_SECONDS for articles, lasted in sizes)
