"""The contents of the bars at the top: the library with its counts, the topics, and what is listed."""

from __future__ import annotations

from reader.base.wording import plural
from reader.ui.parts.feeds.state import Asking
from reader.ui.parts.host import Widgets
from reader.ui.parts.index.folder_state import FolderState
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.listed.listing import describe
from reader.ui.parts.listed.stories import ListedStories
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.widgets.bars import HeaderBar


class Bars:
    """Brings the header and the topic bar up to date.

    Args:
        questions: the way to the index; it also knows which marks are not written yet.
        folder: how the reading of the folder is going.
        feeds: how the asking of the feeds is going.
        listed: what is listed.
        marks: the marks.
        widgets: the widgets, of which it fills the header and the topic bar.
        folder_name: the library's folder as a person writes it.
    """

    def __init__(
        self,
        questions: Questions,
        folder: FolderState,
        feeds: Asking,
        listed: ListedStories,
        *,
        marks: ShownMarks,
        widgets: Widgets,
        folder_name: str,
    ) -> None:
        self._questions = questions
        self._folder = folder
        self._feeds = feeds
        self._listed = listed
        self._marks = marks
        self._header = widgets.header
        self._topics = widgets.topics
        self._folder_name = folder_name

    def show(self) -> None:
        """Show the present state in both bars."""
        answer = self._listed.answer
        is_answered = answer.version >= 0  # nothing is counted before the first stories are shown
        if is_answered:
            self._topics.show(answer.topics, answer.listing.topics, describe(answer, len(self._marks.known.hidden)))
        counts = self._counts() if is_answered else ""
        work = " · ".join(filter(None, (self._folder.activity, self._feeds.activity)))
        self._header.show(
            HeaderBar.Content(self._folder_name, self._hint(), counts, work, answer.counts.unread, self._alarms())
        )

    def _counts(self) -> str:
        counts, marks, hidden = self._listed.answer.counts, self._marks.now, self._marks.known.hidden
        stories = max(counts.stories - len(hidden), 0)
        parts = [plural(stories, "story", "stories")]
        if marks is not None and counts.stories:
            parts.append(f"{max(stories - len(marks.read) + len(marks.read & hidden), 0):,} unread")
        if hidden:
            parts.append(f"{len(hidden):,} hidden")
        parts.append(f"{plural(counts.articles, 'article')} of coverage")
        return " · ".join(parts)

    def _hint(self) -> str:
        library = self._questions.library
        return library.note.partition(":")[0] or ("yours: reader FOLDER" if library.is_sample else "")

    def _alarms(self) -> tuple[str, ...]:
        pending = self._questions.thread.pending
        alarms = [f"! {plural(pending, 'mark')} not kept yet"] if pending else []
        if writing := self._questions.thread.scribes.activity:
            alarms.append(writing)
        if self._folder.trouble:
            alarms.append("! folder not read")
        return tuple(alarms)
