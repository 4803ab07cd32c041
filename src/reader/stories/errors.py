"""What can be wrong with a story file: flaws, with which it is read all the same, and errors, with which it is not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reader.base.errors import ReaderError
from reader.base.text import clean


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something odd in a file that was read all the same.

    Attributes:
        line: its line, counted from 1; 0 where it concerns the whole file.
        reason: what is wrong, for a person.
    """

    line: int
    reason: str


class StoryError(ReaderError):
    """A story file cannot be read.

    Attributes:
        path: the file.
        line: the line of the trouble, counted from 1; 0 where it concerns the whole file.
        reason: what is wrong, for a person.
    """

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(clean(f"{path}:{line}: {reason}" if line else f"{path}: {reason}"))
        self.path = path
        self.line = line
        self.reason = clean(reason)


class PassedOverStoryError(StoryError):
    """A file looks like a story, but its own tool would not show it either, such as a draft: so it is not read."""
