"""No file takes a second anywhere: some of those that `hostile.timing` makes by the thousand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hostile.grammars import story
from hostile.keys import KEYS, measure
from hostile.timing import Watch, of_grammars, run_library
from hostile.worst import MOST

SEED = 7
KINDS = ("blocks", "inline", "tables", "fences", "worst", "url", "date", "line", "yaml", "related", "labels")

QUICK = ("worst",)
"""Those that the default makes: a body."""


@pytest.mark.parametrize(
    "kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.long) for kind in KINDS]
)
def test_no_step_takes_a_second(kind: str) -> None:
    number = next(number for number in range(1_000) if story(number, SEED)[0] == kind)
    watch = Watch()
    run_library(watch, [number], of_grammars(SEED))
    assert watch.failures == []
    assert watch.steps >= 3
    assert watch.slowest


@pytest.mark.long
@pytest.mark.parametrize(("stories", "related", "keys"), [(2, 5, KEYS[:12]), (20, 200, KEYS)])
def test_no_key_takes_a_second_on_the_worst_library(stories: int, related: int, keys: Sequence[str]) -> None:
    costs = measure(stories, related, keys)
    assert len(costs) == len(keys)
    assert costs[0].seconds < MOST, costs[:3]
