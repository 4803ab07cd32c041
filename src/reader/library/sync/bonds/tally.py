"""Sums for many at once: vertical counters, each digit of all sums in one whole number.

A set is a whole number too, in which the bit at a place says whether what has that place is in it. So adding a number
to the sums of a thousand is as few steps as adding it to one.
"""

from __future__ import annotations

from collections.abc import Iterator


class Tally:
    """A sum for each place, all 0 at first."""

    __slots__ = ("_digits",)

    def __init__(self) -> None:
        self._digits: list[int] = []
        """The set of places whose sums have a 1 as their last binary digit, then as the one before, and so on."""

    def add(self, places: int, number: int) -> None:
        """Add a number to the sums of a set of places."""
        digits = self._digits
        digit = 0
        while number:
            if number & 1:
                carried, at = places, digit
                while carried:
                    if at < len(digits):
                        had = digits[at]
                        digits[at] = had ^ carried
                        carried &= had
                    else:
                        digits += [0] * (at - len(digits)) + [carried]
                        break
                    at += 1
            number >>= 1
            digit += 1

    def at_least(self, number: int) -> int:
        """The set of places whose sums are this number or more; the number is 1 or more."""
        digits = self._digits
        reached = 0
        less = number - 1
        if less >> len(digits):
            return 0
        for digit in digits:  # whose sums are more than one less, by the digits so far
            reached = reached & digit if less & 1 else reached | digit
            less >>= 1
        return reached

    def of(self, places: int) -> Iterator[tuple[int, int]]:
        """The places of a set, each with its sum, the first place first."""
        digits = self._digits
        while places:
            bit = places & -places
            places ^= bit
            total, counts = 0, 1
            for digit in digits:
                if digit & bit:
                    total += counts
                counts <<= 1
            yield bit.bit_length() - 1, total
