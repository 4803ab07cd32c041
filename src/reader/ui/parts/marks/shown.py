"""The marks as the screen shows them: as signs in the list, and the reader's own tags and note on the story."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.base.errors import LibraryIndexError, MarksError
from reader.library.marks.snapshot import NOTHING_MARKED, Snapshot, grown
from reader.ui.parts.host import Host, Widgets, task
from reader.ui.parts.index.folder_state import FolderState
from reader.ui.parts.index.questions import Questions

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.marks.marks import Marks
    from reader.library.marks.model import MarkSet

LOOK_FOR_OTHERS = 1.5
"""Seconds between two looks for what other copies of the program have marked: a look reads a number in the file."""


class ShownMarks:
    """Holds the marks that the screen shows, and brings them up to date.

    Args:
        host: the screen.
        questions: the way to the marks.
        folder: how the reading of the folder is going.
        widgets: the widgets to show them in.

    Attributes:
        now: the marks that are shown; None where they have not been read yet, or cannot be read.
    """

    def __init__(self, host: Host, questions: Questions, folder: FolderState, widgets: Widgets) -> None:
        self.host = host
        self.now: Snapshot | None = None
        self._questions = questions
        self._folder = folder
        self._stories = widgets.stories
        self._story_pane = widgets.story_pane
        self._story: int | None = None
        """The story whose tags and note are shown; None before its file was read."""
        self._trouble = ""

    @property
    def known(self) -> Snapshot:
        """The marks that are shown; where they are not known, those of a library without any mark."""
        return self.now or NOTHING_MARKED

    async def look(self) -> None:
        """Read the marks and show them. Where they cannot be read, say so once, and show nothing as marked."""
        thread = self._questions.thread
        try:
            marks = await thread.snapshot()
        except MarksError as error:
            self.tell_trouble(str(error))
            self.show(None)
        except LibraryIndexError as error:
            self._questions.mend(error)
        else:
            self.tell_trouble(thread.marks_note)
            self.show(marks)

    def tell_trouble(self, words: str) -> None:
        """Say once what is wrong with the marks; `words` is empty where nothing is."""
        if words and words != self._trouble:
            self.host.toast(words, "warning")
        self._trouble = words

    def show(self, marks: Snapshot | None) -> None:
        """Show these marks, and the tags and note of the shown story again; None where the marks cannot be read."""
        if marks is self.now or not self.host.is_standing:
            return
        self.now = marks
        self._stories.show_marks(marks)
        self.host.show_bars()
        if self._story is not None:
            self._look_for_own_words(self._story)

    async def with_growth(self, known: Snapshot) -> Snapshot:
        """These marks, completed by the stories whose events have grown since the reader last looked at them."""
        if not known.is_taken:
            return known
        return await self._questions.ask_marks(lambda marks, index: grown(known, marks, index), known, quietly=True)

    @task("others-marks", exclusive=True)
    async def look_for_others(self, then: Callable[[], None]) -> None:
        """Show what another copy of the program has marked; calls `then` if it has marked anything."""
        is_quiet, before = self.host.is_standing and not self._folder.is_syncing, self.now
        if is_quiet and before is not None and self._questions.thread.has_marks:
            await self.look()
            if self.now is not before:
                then()

    # The tags and the note on the story.

    def leave_story(self) -> None:
        """Forget the story whose tags and note are shown, because another comes to the screen."""
        self._story = None

    async def follow_story(self, story: int) -> None:
        """Show the marks, and the reader's tags and note on a story whose file has been read."""
        self._story = story
        await self.look()
        await self._show_own_words(story)

    @task("own-words", exclusive=True)
    async def _look_for_own_words(self, story: int) -> None:
        await self._show_own_words(story)

    async def _show_own_words(self, story: int) -> None:
        """Show the reader's tags and note on a story. Most stories have none; then the file is not asked."""
        marks = self.known
        tags: tuple[str, ...] = ()
        note = ""
        if story in marks.noted or any(story in tagged for tagged in marks.tagged.values()):
            own = await self._questions.ask_marks(
                lambda marks, index: marks_of(story, marks, index), None, quietly=True
            )
            if own is None:
                return
            tags, note = own.tags, own.note
        if story == self._story and self.host.is_standing:
            self._story_pane.show_own_words(tags, note)


def marks_of(story: int, marks: Marks, index: Index) -> MarkSet:
    """The marks on one story."""
    from reader.library.marks.model import NO_MARKS

    return next(iter(marks.of(index.keys([story]).values()).values()), NO_MARKS)
