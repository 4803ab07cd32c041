"""The reader's own words on a story: tags and a note."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import SuspendNotSupported

from reader.errors import LibraryIndexError, MarksError
from reader.library.snapshot import NOTHING_MARKED
from reader.ui.marking import Marking

if TYPE_CHECKING:
    from reader.library.snapshot import Snapshot

EDITOR = "vi"
"""The editor where the environment names none: every Unix has it."""


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
                own = await self.index_thread.ask_marks(lambda marks, index: marks.of(index.keys([story]).values()))
            except (MarksError, LibraryIndexError):  # `look_at_marks` tells
                return
            tags, note = next(((one.tags, one.note) for one in own.values()), (tags, note))
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
        stories = self._stories_at_hand()
        if stories:
            self._write_tags(stories[0])
        else:
            self._nothing_at_hand()

    @work(exclusive=True, group="dialog")
    async def _write_tags(self, story: int) -> None:
        from reader.library.marks_model import NO_MARKS
        from reader.ui.dialogs.tags import TagsDialog

        try:
            before, known = await self.index_thread.ask_marks(
                lambda marks, index: (marks.of(index.keys([story]).values()), list(marks.tags()))
            )
        except MarksError as error:
            self.toast(str(error), "error")
            return
        except LibraryIndexError as error:
            self.begin_index_anew(error)
            return
        tags = next(iter(before.values()), NO_MARKS).tags
        chosen = await self.app.push_screen_wait(TagsDialog(tags, known))
        if chosen is None or set(chosen) == set(tags):
            return
        gone = set(tags) - set(chosen)
        change = await self._change(
            lambda marks, index: marks.set_tags(index.keys([story]).values(), add=chosen, remove=gone)
        )
        if change is not None:
            self.toast(f"Tagged {', '.join(chosen)}" if chosen else "No tags any more.")

    def action_note(self) -> None:
        """Write a note in the editor."""
        stories = self._stories_at_hand()
        if stories:
            self._write_note(stories[0])
        else:
            self._nothing_at_hand()

    @work(exclusive=True, group="dialog")
    async def _write_note(self, story: int) -> None:
        from reader.library.marks_model import NO_MARKS, Kind

        try:
            before = await self.index_thread.ask_marks(lambda marks, index: marks.of(index.keys([story]).values()))
        except MarksError as error:
            self.toast(str(error), "error")
            return
        except LibraryIndexError as error:
            self.begin_index_anew(error)
            return
        note = next(iter(before.values()), NO_MARKS).note
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

    def _edited(self, text: str) -> Path | None:
        """A file that was edited, for this user's eyes only; None where it could not be."""
        import subprocess  # a start goes without these
        import tempfile

        command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or EDITOR
        descriptor, name = tempfile.mkstemp(prefix="reader-note-", suffix=".md")
        file = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(f"{text}\n" if text else "")
        trouble = ""
        try:
            with self.app.suspend():
                code = subprocess.run([*shlex.split(command), name], check=False).returncode  # noqa: S603 — theirs
                trouble = f"{command} ended with code {code}" if code else ""
        except (OSError, ValueError, SuspendNotSupported) as error:
            trouble = str(error)
        self.refresh(layout=True)
        if trouble:
            self.toast(f"No note: {trouble}", "error")
            file.unlink(missing_ok=True)
            return None
        return file
