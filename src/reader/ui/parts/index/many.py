"""Changing the marks of very many stories by a scribe (see `scribes`); `U` takes that back as one step."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reader.base.errors import MarksError, MarksForgottenError, MarksStoppedError
from reader.library.index.lists.story_set import StorySet
from reader.library.index.storage.store import is_in_memory
from reader.ui.parts.index.questions import Questions

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.marks.changes import LastChange
    from reader.library.marks.many.assignments import Assignment
    from reader.library.marks.model import Change
    from reader.library.marks.snapshot import Snapshot
    from reader.library.marks.undone import Undone


MANY = 50_000
"""From how many stories on a scribe writes their marks. It takes a fifth of a second to start."""

MUCH = 20 * MANY
"""About how many bytes the file of the marks remembers of a change to so many."""

MOST_AT_ONCE = 1_000
"""Stories that are looked up at a time."""


class ManyMarks:
    """Marks very many stories at once, and takes that back.

    Args:
        questions: the way to the index and the marks.
    """

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._was_stopped = False

    @property
    def are_written(self) -> bool:
        """Whether a scribe is at work."""
        return self._questions.thread.scribes.at_work is not None

    async def held(self, stories: Sequence[int]) -> Sequence[int] | StorySet:
        """Stories as they are held until they are marked: a set of them where they are so many that a scribe does it.

        It may write for minutes. Of a million stories a set takes an eighth of a MB meanwhile, a list four MB.
        """
        return await asyncio.to_thread(StorySet, stories) if len(stories) >= MANY and self._can_write else stories

    @property
    def _can_write(self) -> bool:
        return not is_in_memory(self._questions.library.index_path)  # that goes with this process

    async def mark_read(self, stories: StorySet) -> tuple[Change, Snapshot]:
        """Mark very many stories read, as `IndexThread.change` does few. What is pending is written first.

        Raises:
            MarksError: nothing was changed, and nothing is pending.
            MarksStoppedError: `stop` was called.
            LibraryIndexError: the index is damaged.
        """
        from reader.library.marks.many.assignments import Act, Assignment
        from reader.library.marks.model import Change, MarkKind

        thread = self._questions.thread
        async with thread.scribes.turn():
            await thread.write_pending()  # else it would be written after these, and undo them
            self._was_stopped = False
            before = await thread.ask_marks(lambda marks, _: marks.last_change)
            assignment = Assignment(Act.SET, stories=stories, index=self._questions.library.index_file)
            try:
                change = await self._carried_out(assignment, Path())
            except MarksStoppedError:
                self._was_stopped = not await self._are_read(stories, before)
                if self._was_stopped:
                    raise
                change = Change(MarkKind.READ, (), (), True, more=len(stories))
            if change is not None and change.count:
                await thread.ask_marks(lambda marks, _: marks.undone.clear())
                thread.scribes.keep_only(())
            return change or Change(MarkKind.READ, ()), await thread.snapshot()

    async def _are_read(self, stories: StorySet, before: LastChange | None) -> bool:
        """Whether a scribe that was stopped had written all before it could say so."""
        thread = self._questions.thread
        if await thread.ask_marks(lambda marks, _: marks.last_change) == before:
            return False
        unread = stories - (await thread.snapshot()).read
        return not await thread.ask(lambda index: _is_any_there(index, iter(unread)))

    async def stop(self) -> bool | None:
        """Stop a scribe that sets marks.

        Returns:
            Whether none of them was set then; None where none could be stopped.
        """
        from reader.library.marks.many.assignments import Act

        thread = self._questions.thread
        scribe = thread.scribes.at_work
        if scribe is None or scribe.assignment.act is not Act.SET or not scribe.stop():
            return None
        await thread.scribes.idle()
        return self._was_stopped

    async def undo(self) -> tuple[Change | None, Snapshot]:
        """Take back the last change of the marks, be it of few stories or many; as `IndexThread.undo`.

        Raises:
            MarksError: nothing was changed, or the record of the last change was damaged.
            LibraryIndexError: the index is damaged.
        """
        from reader.library.marks.many.assignments import Act, Assignment
        from reader.library.marks.undone import Undone

        thread = self._questions.thread
        async with thread.scribes.turn():  # what is last is known when those before are done
            last = await thread.ask_marks(lambda marks, _: marks.last_change)
            if last is None or last.size < MUCH or not self._can_write:
                return await thread.undo()
            try:
                kept = thread.scribes.place()
            except OSError as error:
                raise MarksError(f"there is no room for what is taken back: {error.strerror or error}") from error
            change = await self._carried_out(Assignment(Act.UNDO, change=last.changed_ms), kept)
            if change is not None and kept.exists():
                undone = Undone(change, {}, kept)
                await thread.ask_marks(lambda marks, _: marks.undone.append(undone))
            await self._keep_undone()
            return change, await thread.snapshot()

    async def redo(self) -> tuple[Change | None, Snapshot]:
        """Do again what was taken back last, be it of few stories or many; as `IndexThread.redo`.

        Raises:
            MarksError: nothing was changed.
            LibraryIndexError: the index is damaged.
        """
        from reader.library.marks.many.assignments import Act, Assignment

        thread = self._questions.thread
        async with thread.scribes.turn():
            await thread.write_pending()  # these were wished since: then there is nothing to do again
            last = await thread.ask_marks(lambda marks, _: marks.undone[-1] if marks.undone else None)
            if last is None or last.file is None:
                return await thread.redo()
            try:
                change = await self._carried_out(Assignment(Act.REDO), last.file)
            except MarksForgottenError:
                await self._forget(last)
                raise
            await self._forget(last)
            return change, await thread.snapshot()

    async def _forget(self, undone: Undone) -> None:
        """Forget a change that was taken back, so that it cannot be done again."""
        await self._questions.thread.ask_marks(lambda marks, _: marks.forget(undone))
        await self._keep_undone()

    async def _keep_undone(self) -> None:
        """Remove the files of changes that cannot be done again any more."""
        thread = self._questions.thread
        files = await thread.ask_marks(lambda marks, _: [undone.file for undone in marks.undone if undone.file])
        thread.scribes.keep_only(files)

    async def _carried_out(self, assignment: Assignment, undone: Path) -> Change | None:
        thread = self._questions.thread
        asyncio.get_running_loop().call_soon(self._questions.host.show_bars)  # it says that marks are being written
        try:
            return await thread.scribes.carried_out(assignment, self._questions.library.index_path, undone)
        finally:
            thread.tidy_later()


def _is_any_there(index: Index, stories: Iterator[int]) -> bool:
    """Whether the index has any of some stories. It looks them up in slices, and stops at the first that is there."""
    return any(map(index.keys, iter(lambda: [*islice(stories, MOST_AT_ONCE)], [])))
