"""The reader's own words on a story: tags and a note."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import work

from reader.base.errors import LibraryIndexError, MarksError
from reader.library.marks.snapshot import NOTHING_MARKED
from reader.ui.parts.marks import Marking
from reader.ui.upstream.type_ahead import DIALOG

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.marks.marks import Marks
    from reader.library.marks.model import MarkSet
    from reader.library.marks.snapshot import Snapshot

T = TypeVar("T")


OTHERS = 1.5
"""Seconds from one look for what other copies of the program have marked to the next: a number in the file."""


class Annotating(Marking):
    """The part of the main screen that takes tags and notes, and shows them."""

    _looked_up: int | None

    async def show_own_words(self, story: int) -> None:
        """Show the reader's tags and note on the story that is shown; most have none, and nothing is asked for them."""
        marks = self.marks or NOTHING_MARKED
        tags: tuple[str, ...] = ()
        note = ""
        if story in marks.noted or any(story in tagged for tagged in marks.tagged.values()):
            try:
                own = await self.index_thread.ask_marks(lambda marks, index: _marks_of(story, marks, index))
            except (MarksError, LibraryIndexError):  # `look_at_marks` tells
                return
            tags, note = own.tags, own.note
        if story == self.story and self.is_standing:
            self.view.show_own_words(tags, note)

    def show_marks(self, marks: Snapshot | None) -> None:
        """Show other marks; with them the words that the reader wrote on the story."""
        is_other = marks is not self.marks
        super().show_marks(marks)
        if is_other and self._looked_up == self.story and self.is_standing:
            self.look_for_own_words()

    @work(exclusive=True, group="own-words")
    async def look_for_own_words(self) -> None:
        """Show the words that the reader has written on the story by now."""
        if self.story is not None:
            await self.show_own_words(self.story)

    @work(exclusive=True, group="others-marks")
    async def look_for_others_marks(self) -> None:
        """Show what another copy of the program has marked."""
        if self.is_standing and not self.is_syncing and self.marks is not None and self.index_thread.has_marks:
            await self.look_at_marks()

    def action_tags(self) -> None:
        """Write tags of one's own."""
        if story := self._story_to_mark():
            self._write_tags(story)

    @work(exclusive=True, group=DIALOG)
    async def _write_tags(self, story: int) -> None:
        from reader.ui.dialogs.tags import TagsDialog
        from reader.ui.parts.pending import Wish

        told = await self._ask_marks(lambda marks, index: (_marks_of(story, marks, index).tags, list(marks.tags())))
        if told is None:
            return
        tags, known = told
        chosen = await self.app.push_screen_wait(TagsDialog(tags, known))
        if chosen is None or set(chosen) == set(tags):
            return
        gone = set(tags) - set(chosen)

        def wish(_: Marks, index: Index) -> Wish:
            keys, told = tuple(index.keys([story]).values()), f"tagged {', '.join(chosen)}"
            return Wish(
                ("tags", keys, tuple(chosen)),
                told,
                [story],
                lambda marks: marks.set_tags(keys, add=chosen, remove=gone),
            )

        change = await self._grant(wish)
        if change is not None:
            self.toast(f"Tagged {', '.join(chosen)}" if chosen else "No tags any more.")

    def action_note(self) -> None:
        """Write a note in the editor."""
        if story := self._story_to_mark():
            self._write_note(story)

    @work(exclusive=True, group=DIALOG)
    async def _write_note(self, story: int) -> None:
        from reader.library.marks.model import Kind

        note = await self._ask_marks(lambda marks, index: _marks_of(story, marks, index).note)
        if note is None:
            return
        file = self._edited(note)
        if file is None:
            return
        text = file.read_text(encoding="utf-8", errors="replace").strip()
        if text == note:
            file.unlink(missing_ok=True)
            return
        change = await self._change(lambda marks, index: marks.set(index.keys([story]).values(), Kind.NOTE, text))
        if change is None:
            self.toast(f"What you wrote is still here: {file}", "warning")
            return
        file.unlink(missing_ok=True)
        self.toast("Note kept." if text else "Note taken away.")

    async def _ask_marks(self, question: Callable[[Marks, Index], T]) -> T | None:
        """Put a question to the marks; None where they cannot be read, which is told."""
        try:
            return await self.index_thread.ask_marks(question)
        except MarksError as error:
            self.toast(str(error), "error")
        except LibraryIndexError as error:
            self.begin_index_anew(error)
        return None

    def _edited(self, text: str) -> Path | None:
        """A file that was edited, for this user's eyes only; None where it could not be."""
        import tempfile  # a start goes without it

        descriptor, name = tempfile.mkstemp(prefix="reader-note-", suffix=".md")
        file = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(f"{text}\n" if text else "")
        trouble = self.edit(file)
        if trouble:
            self.toast(f"No note: {trouble}", "error")
            file.unlink(missing_ok=True)
            return None
        return file

    def edit(self, file: Path) -> str:
        """Have a file edited in the person's editor; gives what went wrong, empty where nothing did."""
        from reader.outside import programs
        from reader.ui.upstream.suspension import on_terminal

        try:
            command = programs.editor()
            code = on_terminal(self.app, lambda: programs.run([*command, str(file)]))
        except programs.RunError as error:
            return str(error)
        return programs.ending(command, code) if code else ""


def _marks_of(story: int, marks: Marks, index: Index) -> MarkSet:
    from reader.library.marks.model import NO_MARKS

    return next(iter(marks.of(index.keys([story]).values()).values()), NO_MARKS)
