"""What the evidence of a pair weighs, as fitted to events that people found by reading.

A logistic regression (signs held, the rest kept small) over pairs of real articles near in time, half of them as part
of a large library, half of a small one; `tests/bench/fit_events.py` fits it. A sum above 0 says that two articles
report the same event, and each unit is a factor of 2.7 in the odds.
"""

from __future__ import annotations

from reader.coverage.evidence import Evidence

BEFORE_ANY = -3.2
"""The sum that a pair starts with."""

WEIGHTS = Evidence(
    headline=6.8,
    rarest=6.2,
    excerpt=6.1,
    numbers=5.8,
    clash=-2.4,
    lead=-1.6,
    outlet=-3.6,
    apart=-3.1,
    twin=-4.9,
    series=-11.0,
    strange=-2.2,
    bare=-1.0,
)
"""What each number weighs."""
