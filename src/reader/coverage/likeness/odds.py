"""How likely two articles report the same event."""

from __future__ import annotations

from math import exp
from operator import mul

from reader.coverage.likeness.evidence import Evidence
from reader.coverage.likeness.weights import BEFORE_ANY, WEIGHTS

ALIKE = -2.5
"""The log-odds from which two articles are told to be alike. What is less is not kept either."""

MOST_ALIKE = 20
"""Stories that are told to be alike to one at most: those that are most alike."""

_ROUNDED = 4

ODDS_UNIT = 10_000
"""So many units that log-odds are kept in are 1."""


def log_odds(evidence: Evidence) -> float:
    """The log-odds of two articles reporting the same event: above 0 it is likelier than not.

    Rounded, so that two machines whose last digits differ give the same events.
    """
    odds: float = BEFORE_ANY + sum(map(mul, evidence, WEIGHTS))
    return round(odds, _ROUNDED)


def likeness(odds: float) -> float:
    """Log-odds as a number from 0 to 1."""
    return round(1 / (1 + exp(-odds)), _ROUNDED)


def kept(odds: float) -> int:
    """Log-odds as they are kept: a whole number of units."""
    return round(odds * ODDS_UNIT)
