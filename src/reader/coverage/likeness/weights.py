"""What the evidence of a pair weighs, as fitted to events that people found by reading.

A logistic regression (signs held, the rest kept small) over pairs of real articles near in time, half of them as part
of a large library, half of a small one; `tests/bench/fit_events.py` fits it. A sum above 0 says that two articles
report the same event, and each unit is a factor of 2.7 in the odds.
"""

from __future__ import annotations

from reader.coverage.likeness.evidence import Evidence

BEFORE_ANY = -1.5
"""The sum that a pair starts with."""

WEIGHTS = Evidence(
    headline=10.8,
    rarest=3.7,
    excerpt=6.5,
    numbers=9.0,
    clash=-1.5,
    lead=-1.3,
    outlet=-3.5,
    apart=-3.3,
    later=-4.7,
    twin=-6.4,
    series=-16.0,
    filled=-18.0,
    strange=-4.6,
    details=3.7,
    generic=-0.9,
    thin=-2.8,
    bare=-0.4,
)
"""What each number weighs."""
