"""A change that was taken back, kept so that it can be done again: in memory, or in a file where it is very large."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from reader.base.private_files import make_file
from reader.library.marks.changes import Wanted
from reader.library.marks.model import Change
from reader.library.marks.records import packed_lines, unpacked_lines

UNREADABLE = (OSError, zlib.error, ValueError, KeyError, TypeError)
"""What is raised if the file of a change that was taken back is gone or damaged."""


MOST_BYTES = 8 << 20
"""How many bytes of changes that were taken back are held in memory. Some hundred thousand articles fit in."""


class Undone(NamedTuple):
    """A change that was taken back, and what it had given to which articles.

    Attributes:
        change: the change, without its keys.
        given: what it had given to which articles: their keys, as `records.packed_lines` has them.
        file: the file that has it instead, as for very many articles; None for none.
    """

    change: Change
    given: Mapping[Wanted, bytes]
    file: Path | None = None

    @classmethod
    def of(cls, change: Change, given: Mapping[Wanted, Sequence[str]]) -> Undone:
        """Keep a change, compressed: one to all stories of a large library would take 200 MB as it is."""
        packed = {wanted: packed_lines(keys) for wanted, keys in given.items()}
        return cls(replace(change, keys=()), packed)

    @property
    def size(self) -> int:
        """How many bytes of memory it takes, but for a few."""
        return sum(map(len, self.given.values()))

    @property
    def wanted(self) -> dict[Wanted, list[str]]:
        """What the change had given to the articles of which keys.

        Raises:
            UNREADABLE: it is damaged, which is only possible if it comes from a file.
        """
        return {wanted: [line.decode() for line in unpacked_lines(keys)] for wanted, keys in self.given.items()}

    def to_file(self, file: Path) -> None:
        """Write the change into a file, which only its owner may read.

        Raises:
            OSError: it cannot be written.
        """
        import json

        said = {**self.change.said, "given": [[*wanted, len(keys)] for wanted, keys in self.given.items()]}
        make_file(file)
        file.write_bytes(b"".join((json.dumps(said).encode(), b"\n", *self.given.values())))

    @classmethod
    def from_file(cls, file: Path) -> Undone:
        """Read a change that `to_file` has written. Whether `given` is damaged is not checked yet.

        Raises:
            UNREADABLE: it cannot be read.
        """
        import json

        head, _, tail = file.read_bytes().partition(b"\n")
        said = json.loads(head)
        given = {}
        for label, value, length in said["given"]:
            given[Wanted(label, value)], tail = tail[:length], tail[length:]
        return cls(Change.of(said), given)


def last_within(undone: Sequence[Undone]) -> list[Undone]:
    """The last of the changes that were taken back, as many as take no more than `MOST_BYTES`; at least one."""
    sizes = accumulate(one.size for one in reversed(undone))
    count = sum(size <= MOST_BYTES for size in sizes)
    return [*undone[-max(count, 1) :]]
