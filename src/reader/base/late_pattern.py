"""Regular expressions that are compiled when they are first used: most starts do not need them."""

from __future__ import annotations

import re
from typing import Any


class LatePattern:
    """A pattern that is compiled when it is first used.

    Args:
        expression: as `re.compile` takes it.
        flags: the flags of `re`.
    """

    def __init__(self, expression: str, flags: int = 0) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        own = re.compile(self._expression, self._flags)
        # From now on these are attributes of their own, and this method is not called for them.
        self.search, self.match, self.fullmatch, self.sub = own.search, own.match, own.fullmatch, own.sub
        return getattr(own, name)
