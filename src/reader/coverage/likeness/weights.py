"""What the evidence of a pair weighs, as fitted to events that people found by reading.

A logistic regression (signs held, the rest kept small) over pairs of real articles near in time, half of them as part
of a large library, half of a small one; `tests/bench/fit_events.py` fits it. A sum above 0 says that two articles
report the same event, and each unit is a factor of 2.7 in the odds.
"""

from __future__ import annotations

from reader.coverage.likeness.evidence import Evidence

BEFORE_ANY = -1.4
"""The sum that a pair starts with."""

WEIGHTS = Evidence(
    headline=11.1,
    rarest=3.6,
    excerpt=6.3,
    numbers=9.0,
    clash=-1.5,
    lead=-1.3,
    outlet=-3.5,
    apart=-3.3,
    later=-4.8,
    twin=-6.7,
    series=-16.0,
    filled=-18.0,
    strange=-2.9,
    details=3.8,
    generic=-1.3,
    thin=-2.8,
    bare=-0.4,
)
"""What each number weighs."""
