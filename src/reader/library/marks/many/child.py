"""The process that a scribe is: `python -m reader.library.marks.many.child MARKS INDEX UNDONE`; see `assignments`.

It goes on where the program that has started it ends, and where that is told to: what a person has marked is kept.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from reader.base.errors import MarksForgottenError, MarksUnwrittenError, ReaderError
from reader.library.index.index import Index
from reader.library.index.storage import schema
from reader.library.index.storage.damage import as_index_errors
from reader.library.marks.many.assignments import Act, Assignment, Further, change_line, trouble_line
from reader.library.marks.marks import Change, Marks
from reader.library.marks.undone import UNREADABLE, Undone

PATIENCE = 60.0
"""Seconds to wait for another program that writes; no key waits for it."""

AGAIN = 20.0
"""Seconds after which what could not be written is tried again, as on a full disk."""

MOST_TRYING = 3_600.0
"""Seconds after which it is given up."""


def main(marks: Path, index: Path, undone: Path, assignment: Assignment) -> str:
    """Do what is assigned; gives the answer, a line. Where nobody listens any more, trouble is waited out."""
    end = time.monotonic() + MOST_TRYING
    try:
        keys = _keys(index, assignment)  # once: when it is tried again the index may be another
        told = change_line(_written(marks, lambda file: _done(file, keys, undone, assignment), end))
    except ReaderError as error:
        told = trouble_line(error)
    for further in assignment.further:
        with suppress(ReaderError):  # nobody listens: the program has ended
            _written(marks, partial(_followed, further=further), end)
    return told


def _written(marks: Path, act: Callable[[Marks], Change | None], end: float) -> Change | None:
    """Change the marks, until it is done, or a time on the monotonic clock."""
    while True:
        try:
            with Marks(marks, lambda: datetime.now(UTC), patience=PATIENCE) as file:
                return act(file)
        except MarksUnwrittenError:
            if is_heard() or time.monotonic() > end:
                raise
        time.sleep(AGAIN)


def _followed(marks: Marks, further: Further) -> Change:
    return marks.do_again(further.intent, further.wanted, by_itself=further.by_itself)


def _keys(index: Path, assignment: Assignment) -> list[str]:
    """The articles that are to be marked."""
    if assignment.act is not Act.SET:
        return []
    with as_index_errors(), closing(Index(schema.connect_to(index, assignment.index))) as asked:
        return [key for _, key in asked.each_key(assignment.stories)]


def _done(marks: Marks, keys: Sequence[str], undone: Path, assignment: Assignment) -> Change | None:
    if assignment.act is Act.SET:
        return marks.set(keys, assignment.kind, assignment.value)
    if assignment.act is Act.REDO:
        try:
            last = Undone.from_file(undone)
            wanted = last.wanted
        except UNREADABLE as error:
            raise MarksForgottenError(f"what was taken back cannot be read any more: {error}") from error
        return marks.do_again(last.change, wanted)
    change = marks.undo(assignment.change)
    if change is not None:
        with suppress(OSError):  # without room for it there is nothing to do again
            marks.undone[-1].to_file(undone)
    return change


def is_heard() -> bool:
    """Whether the program that gave the assignment waits for the answer."""
    listener = select.poll()
    listener.register(sys.stdout.fileno(), 0)
    return not listener.poll(0)


def _say(line: str) -> bool:
    """Say something on standard output; whether anybody listens."""
    try:
        os.write(sys.stdout.fileno(), f"{line}\n".encode())
    except BrokenPipeError:
        return False
    return True


def _clear_away(undone: Path) -> None:
    """Remove what was kept for a program that has ended; its folder as well where it is empty."""
    with suppress(OSError):
        undone.unlink()
        undone.parent.rmdir()


if __name__ == "__main__":
    files = [Path(name) for name in sys.argv[1:]]
    told = main(files[0], files[1], files[2], Assignment.unpacked(sys.stdin.buffer.read()))
    if not _say(told):
        _clear_away(files[2])
