"""The reader's own words on a story: tags and a note."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from textual import work
from textual.app import SuspendNotSupported

from reader.errors import LibraryIndexError, MarksError
from reader.ui.marking import Marking

EDITOR = "vi"
"""The editor where the environment names none: every Unix has it."""


class Annotating(Marking):
    """The part of the main screen that takes tags and notes."""

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
