"""The scribe's process: `python -m reader.library.marks.many.child MARKS INDEX UNDONE`. `assignments` has the wire.

It goes on when the program that started it ends or is ended, so that nothing that a person has marked is lost.
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

from reader.base.errors import MarksError, MarksForgottenError, MarksUnwrittenError, ReaderError
from reader.library.index.index import Index
from reader.library.index.storage import schema
from reader.library.index.storage.damage import as_index_errors
from reader.library.marks.many.assignments import Act, Assignment, Further, change_line, trouble_line
from reader.library.marks.marks import Change, Marks
from reader.library.marks.undone import UNREADABLE, Undone

PATIENCE = 60.0
"""Seconds to wait for another program that writes. It may be long, as no key waits for this."""

AGAIN = 20.0
"""Seconds after which writing is tried again where it was not possible, as on a full disk."""

MOST_TRYING = 3_600.0
"""Seconds after which it is given up."""


def main(marks: Path, index: Path, undone: Path, assignment: Assignment) -> str:
    """Do what is assigned. If nobody waits for the answer any more, trouble is waited out for an hour.

    Args:
        marks: the file of the marks.
        index: the file of the index that has the stories.
        undone: the file for what is taken back, or with what is to be done again.
        assignment: what to do.

    Returns:
        The answer, a line of JSON.
    """
    end = time.monotonic() + MOST_TRYING
    try:
        keys = _keys(index, assignment)  # only once: by the time of another try, the index may be another
        answer = change_line(_written(marks, lambda file: _done(file, keys, undone, assignment), end))
    except ReaderError as error:
        answer = trouble_line(error)
    for further in assignment.further:
        with suppress(ReaderError):  # the program has ended: there is nobody to report to
            _written(marks, partial(_followed, further=further), end)
    return answer


def _written(marks: Path, act: Callable[[Marks], Change | None], end: float) -> Change | None:
    """Change the marks. If that cannot be written and nobody waits for an answer, try again until a time is over.

    Args:
        marks: the file of the marks.
        act: makes the change.
        end: the time, on the monotonic clock.
    """
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
    """The keys of the articles that are to be marked."""
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
        with suppress(OSError):  # without room for it, the change cannot be done again
            marks.undone[-1].to_file(undone)
    return change


def is_heard() -> bool:
    """Whether the program that gave the assignment still waits for the answer."""
    listener = select.poll()
    listener.register(sys.stdout.fileno(), 0)
    return not listener.poll(0)


def _say(line: str) -> bool:
    """Print a line on standard output; gives whether anybody reads it."""
    try:
        os.write(sys.stdout.fileno(), f"{line}\n".encode())
    except BrokenPipeError:
        return False
    return True


def _clear_away(undone: Path) -> None:
    """Remove the file that was kept for a program that has ended, and its folder if that is empty."""
    with suppress(OSError):
        undone.unlink()
        undone.parent.rmdir()


if __name__ == "__main__":
    files = [Path(name) for name in sys.argv[1:]]
    try:
        assignment = Assignment.unpacked(sys.stdin.buffer.read())
    except MarksError as error:
        _say(trouble_line(error))
        sys.exit()
    if not _say(main(files[0], files[1], files[2], assignment)):
        _clear_away(files[2])
