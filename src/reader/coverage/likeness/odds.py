"""The log-odds of two articles reporting the same event, from their evidence; and what counts as alike."""

from __future__ import annotations

from math import exp
from operator import mul

from reader.coverage.likeness.evidence import Evidence
from reader.coverage.likeness.weights import BEFORE_ANY, WEIGHTS

ALIKE = -2.5
"""The log-odds from which two articles are alike. The index keeps no bonds below that, but for wire copy."""

MOST_ALIKE = 20
"""How many stories are shown as alike to a story at most: those that are most alike."""

_ROUNDED = 4
"""Digits after the point of odds and likenesses."""

ODDS_UNIT = 10_000
"""Log-odds are kept as whole numbers, in this many parts of 1: `_ROUNDED` digits."""


def log_odds(evidence: Evidence) -> float:
    """The log-odds of two articles reporting the same event: above 0 it is likelier than not.

    It is rounded, so that machines whose sums differ in the last digits find the same events.
    """
    odds: float = BEFORE_ANY + sum(map(mul, evidence, WEIGHTS))
    return round(odds, _ROUNDED)


def likeness(odds: float) -> float:
    """Log-odds as a probability, from 0 to 1."""
    return round(1 / (1 + exp(-odds)), _ROUNDED)


def kept(odds: float) -> int:
    """Log-odds as the index keeps them: a whole number of ten-thousandths."""
    return round(odds * ODDS_UNIT)
