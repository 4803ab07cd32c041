"""What was taken back, so that it can be done again."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from reader.library.marks.changes import Wanted
from reader.library.marks.model import Change


class Undone(NamedTuple):
    """A change that was taken back, and what it had given to which articles: keys, one a line, compressed."""

    change: Change
    given: Mapping[Wanted, bytes]

    @classmethod
    def of(cls, change: Change, given: Mapping[Wanted, Sequence[str]]) -> Undone:
        """Keep a change; those of all stories of a large library would take 200 MB as they are."""
        packed = {wanted: zlib.compress("\n".join(keys).encode(), 1) for wanted, keys in given.items()}
        return cls(replace(change, keys=()), packed)

    @property
    def wanted(self) -> dict[Wanted, list[str]]:
        """What it had given to which articles."""
        return {wanted: zlib.decompress(keys).decode().split("\n") for wanted, keys in self.given.items()}
