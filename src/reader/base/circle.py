"""Choices that one key goes through."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Circle(StrEnum):
    """A choice of which each has a next one; after the last comes the first."""

    @property
    def next(self) -> Self:
        """The choice after this one, around in a circle."""
        choices = list(type(self))
        return choices[(choices.index(self) + 1) % len(choices)]
