"""Lengths of time as a person writes them, with the same units everywhere: `30m`, `6h`, `90d`, `8w`, `6mo`, `1y`."""

from __future__ import annotations

import re
from typing import NamedTuple

UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400, "mo": 30 * 86_400, "y": 365 * 86_400}
"""The seconds of each unit: minutes, hours, days, weeks, months of 30 days, years of 365 days."""

UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
"""A pattern for any unit, to be part of a regular expression."""

_LENGTH = re.compile(rf"(?P<number>\d{{1,6}})\s*(?P<unit>{UNIT})", re.ASCII)


class Length(NamedTuple):
    """A length of time: a number, and a unit of `UNITS`."""

    number: int
    unit: str

    @property
    def seconds(self) -> int:
        """The length in seconds."""
        return self.number * UNITS[self.unit]


def read_length(text: str) -> Length | None:
    """Read a number with its unit, in upper or lower case; None for any other text."""
    match = _LENGTH.fullmatch(text.strip().lower())
    return Length(int(match["number"]), match["unit"]) if match else None
