"""The weights of the evidence, as fitted to events that people found by reading.

The weights are those of a logistic regression (L2-regularised, the signs of most weights given) over pairs of real
articles near in time, each pair once as part of a large library and once of a small one. `tests/bench/fit_events.py`
fits them, and says which of them are bounded and why. The weighted sum is the log-odds: above 0 it is likelier than not
that two articles report the same event, and 1 more multiplies the odds by 2.7.
"""

from __future__ import annotations

from reader.coverage.likeness.evidence import Evidence

BEFORE_ANY = -1.5
"""The log-odds before any evidence: the regression's intercept."""

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
"""The weight of each number: a row of `Evidence` that holds factors."""
