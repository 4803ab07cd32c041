"""Adds to thousands of sums at once, by vertical counters.

One whole number holds the last binary digit of all sums, another the digit before, and so on. Each sum has a place. A
set of places is a whole number too, whose bits say which places are in it. So adding a number to the sums of a thousand
places takes as few operations as adding it to one.
"""

from __future__ import annotations

from collections.abc import Iterator


class Tally:
    """A sum for each place, all 0 at first."""

    __slots__ = ("_digits",)

    def __init__(self) -> None:
        self._digits: list[int] = []
        """The set of places whose sums have a 1 as their last binary digit, then as the digit before, and so on."""

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
        """The set of places whose sums are a number, which is 1 or more, or greater."""
        digits = self._digits
        reached = 0
        less = number - 1
        if less >> len(digits):
            return 0
        for digit in digits:  # `reached`: the places whose sums are more than `number - 1`, by their last digits so far
            reached = reached & digit if less & 1 else reached | digit
            less >>= 1
        return reached

    def of(self, places: int) -> Iterator[tuple[int, int]]:
        """Each place of a set with its sum, the first place first."""
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
