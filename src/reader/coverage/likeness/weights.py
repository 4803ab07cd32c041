"""What the evidence of a pair weighs, as fitted to events that people found by reading.

A logistic regression (signs held, the rest kept small) over pairs of real articles near in time, half of them as part
of a large library, half of a small one; `tests/bench/fit_events.py` fits it. A sum above 0 says that two articles
report the same event, and each unit is a factor of 2.7 in the odds.
"""

from __future__ import annotations

from reader.coverage.likeness.evidence import Evidence

BEFORE_ANY = -3.1
"""The sum that a pair starts with."""

WEIGHTS = Evidence(
    headline=10.0,
    rarest=5.4,
    excerpt=7.2,
    numbers=6.0,
    clash=-1.5,
    lead=-1.3,
    outlet=-3.5,
    apart=-3.3,
    later=-5.4,
    twin=-2.9,
    series=-16.0,
    filled=-18.0,
    strange=-2.4,
    thin=-2.5,
    bare=-0.3,
)
"""What each number weighs."""
