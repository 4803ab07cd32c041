"""Patterns that most starts do without."""

from __future__ import annotations

import re
from typing import Any


class LatePattern:
    """A pattern that is compiled when it is first used.

    Args:
        expression: as `re.compile` takes it.
        flags: of `re`.
    """

    def __init__(self, expression: str, flags: int = 0) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        own = re.compile(self._expression, self._flags)
        # From now on they are found without this method.
        self.search, self.match, self.fullmatch, self.sub = own.search, own.match, own.fullmatch, own.sub
        return getattr(own, name)
