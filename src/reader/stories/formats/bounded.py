"""What a parser of TOML or JSON gives, turned into values of a front matter (text, lists, mappings), within bounds."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from reader.stories.limits import Limits
from reader.stories.model import Value

_MOST_BITS = 4_000
"""The most bits of a whole number: to write a longer one takes time that grows with the square of its length."""

_HALF_SIGNS = re.compile("[\ud800-\udfff]")


class NotationError(ValueError):
    """A text is not valid in its notation, or past a limit.

    Attributes:
        line: its line, counted from 0 within the text; None where unknown.
        reason: what is wrong, for a person.
    """

    def __init__(self, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def check_length(text: str, notation: str, limits: Limits) -> None:
    """Refuse a text that is longer than front matter in TOML or JSON may be.

    Raises:
        NotationError: it is too long.
    """
    if len(text) > limits.notation:
        raise NotationError(None, f"more than {limits.notation:,} characters of {notation}")


def as_values(data: object, limits: Limits) -> Value:
    """Parsed data with each single value as text, as YAML is read as well.

    Raises:
        NotationError: it is past a limit.
    """
    return _Values(limits).of(data, 0)


class _Values:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._count = 0

    def of(self, data: object, depth: int) -> Value:
        if depth > self._limits.depth:
            raise NotationError(None, f"nested deeper than {self._limits.depth} levels")
        self._count += 1
        if self._count > self._limits.values:
            raise NotationError(None, f"more than {self._limits.values:,} values")
        if isinstance(data, dict):
            if len(data) > self._limits.keys:
                raise NotationError(None, f"a mapping of more than {self._limits.keys:,} keys")
            return {_text(key): self.of(value, depth + 1) for key, value in data.items()}
        if isinstance(data, list):
            return [self.of(value, depth + 1) for value in data]
        return None if data is None else _text(data)


def _text(data: object) -> str:
    """A single value as text: as the file has it, as far as the parser says."""
    if isinstance(data, str):
        return data if data.isascii() else _HALF_SIGNS.sub("\ufffd", data)
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int) and data.bit_length() > _MOST_BITS:
        raise NotationError(None, "a number of more than a thousand digits")
    return data.isoformat() if isinstance(data, date | datetime | time) else str(data)
