"""How many examples a property test looks at.

The suite looks at few, and `pytest -m long` at many more: the same each time, so that what fails fails again. `pytest
--hypothesis-profile=hunt` looks at as many that were never seen before as a night has room for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

USUAL = 100
"""What a property has where nothing else is said; all numbers of examples are meant in proportion to it."""

settings.register_profile("reader", deadline=None, database=None, derandomize=True, max_examples=USUAL // 4)
settings.register_profile(
    "long",
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=USUAL * 2,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "hunt", deadline=None, max_examples=USUAL * 200, suppress_health_check=list(HealthCheck), print_blob=True
)
settings.load_profile("reader")


def take_long() -> None:
    """Look at as many as `pytest -m long` does."""
    settings.load_profile("long")


def examples(number: int, *allowed: HealthCheck) -> settings:
    """Settings with so many examples, where others have `USUAL`.

    Args:
        number: how many.
        allowed: health checks that are known to fail.
    """
    default = settings()
    checks = [*default.suppress_health_check, *allowed]
    return settings(max_examples=max(1, number * default.max_examples // USUAL), suppress_health_check=checks)


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """Of cases of one kind that are large or slow every so many-th, in the suite; all of them in `pytest -m long`."""
    return [
        case if number % every == 0 else pytest.param(case, marks=pytest.mark.long) for number, case in enumerate(cases)
    ]


def thinned_rows(cases: Iterable[tuple[Any, ...]], every: int) -> list[Any]:
    """As `thinned`, for tests of several arguments; a case has a value for each."""
    return [
        case if number % every == 0 else pytest.param(*case, marks=pytest.mark.long)
        for number, case in enumerate(cases)
    ]
