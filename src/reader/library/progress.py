"""What a sync tells while it works, and at its end."""

from __future__ import annotations

from typing import NamedTuple


class Progress(NamedTuple):
    """How far a sync has come: files and bytes read, of how many that have to be."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int


class Report(NamedTuple):
    """What a sync did.

    Attributes:
        files: files that may be stories, in the folder.
        read: of those, how many were new or changed.
        removed: files that were in the index and are gone.
        bytes: how much was read.
        seconds: how long it all took.
        changed: whether the index differs from before.
    """

    files: int
    read: int
    removed: int
    bytes: int
    seconds: float
    changed: bool
