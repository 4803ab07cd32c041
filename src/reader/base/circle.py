"""Choices through which one key steps, such as orders."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Circle(StrEnum):
    """A set of choices in an order; after the last comes the first."""

    @property
    def next(self) -> Self:
        """The choice after this one."""
        choices = list(type(self))
        return choices[(choices.index(self) + 1) % len(choices)]
