"""The reader's own words on a story: tags and a note."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.ui.parts.handing_on import edit
from reader.ui.parts.host import AtHand, Host, task
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.marks.kept import KeptMarks
from reader.ui.parts.marks.shown import marks_of
from reader.ui.parts.marks.words import GONE, done, nothing_to_mark, stories_in_words
from reader.ui.upstream.type_ahead import DIALOG

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.index.rows import StoryText
    from reader.library.marks.marks import Change, Marks

COMMENT, COMMENT_END = "<!--", "-->"
"""What begins and ends a comment line of Markdown."""


class Edited(NamedTuple):
    """What came of an editor.

    Attributes:
        file: what was edited.
        words: what stands in it now.
        trouble: how the editor failed; empty where it did not.
    """

    file: Path
    words: str
    trouble: str


class Notes:
    """Takes tags and notes.

    Args:
        host: the screen.
        questions: the way to the marks.
        kept: keeps them.
    """

    def __init__(self, host: Host, questions: Questions, kept: KeptMarks) -> None:
        self.host = host
        self._questions = questions
        self._kept = kept

    def write_tags(self, at_hand: AtHand) -> None:
        """Write tags of one's own."""
        if at_hand.each:
            self._write_tags(list(at_hand.each))
        else:
            self.host.toast(nothing_to_mark(at_hand))

    @task(DIALOG, exclusive=True)
    async def _write_tags(self, stories: Sequence[int]) -> None:
        """Ask for the tags that some stories have in common; what each has besides stays.

        What is written while a file goes away is kept, as of its article: that was meant.
        """
        from reader.ui.dialogs.story.tags import TagsDialog, tag_line
        from reader.ui.parts.index.pending import Wish

        before = await self._questions.ask_marks(
            lambda marks, index: (index.keys(stories), common_tags(stories, marks, index), list(marks.tags())), None
        )
        if before is None:
            return
        articles, tags, known = before
        if not articles:
            self.host.toast(GONE)
            return
        about = stories_in_words(self._questions, list(articles))
        chosen = await self.host.show(TagsDialog(tags, known, of=len(stories)))
        if chosen is None or set(chosen) == set(tags):
            return
        gone = [tag for tag in tags if tag not in chosen]

        keys = tuple(articles.values())
        wish = Wish(
            ("tags", keys, tuple(chosen), tuple(gone)),
            f"tagged {tag_line(chosen)}" if chosen else f"no longer tagged {tag_line(gone)}",
            stories,
            lambda marks: marks.set_tags(keys, add=chosen, remove=gone),
        )
        change = await self._kept.grant(lambda *_: wish)
        if change is None:
            return
        told = f"tagged {tag_line(chosen)}" if chosen else "no tags any more"
        changed = changed_of(articles, change)
        if 0 < len(changed) < len(articles):
            about = stories_in_words(self._questions, changed)
        self.host.toast(f"{told}: {about}")

    def write_note(self, at_hand: AtHand) -> None:
        """Write a note in the editor."""
        if at_hand.story is not None:
            self._write_note(at_hand.story)
        else:
            self.host.toast(nothing_to_mark(at_hand))

    @task(DIALOG, exclusive=True)
    async def _write_note(self, story: int) -> None:
        from reader.library.marks.model import MarkKind

        before = await self._questions.ask_marks(
            lambda marks, index: (index.keys([story]).values(), marks_of(story, marks, index).note), None
        )
        if before is None:
            return
        keys, note = before
        if not keys:
            self.host.toast(GONE)
            return
        head = note_head(self._questions.text(story))
        edited = self._edited(head + note)
        if edited is None:
            return
        file, text = edited.file, without_head(edited.words, head)
        is_new = text != note
        if edited.trouble:
            still_here = f". What you wrote is still here: {file}" if is_new else ""
            self.host.toast(f"No note: {edited.trouble}{still_here}", "error")
        if not is_new:
            file.unlink(missing_ok=True)
        if edited.trouble or not is_new:
            return
        change = await self._kept.change(lambda marks, _: marks.set(keys, MarkKind.NOTE, text))
        if change is None:
            self.host.toast(f"What you wrote is still here: {file}", "warning")
            return
        file.unlink(missing_ok=True)
        self.host.toast(done(change, stories_in_words(self._questions, [story])))

    def _edited(self, text: str) -> Edited | None:
        """Have a text edited in a file for this user's eyes only; None where that cannot be, or no file is left."""
        trouble = ""
        try:
            descriptor, name = tempfile.mkstemp(prefix="reader-note-", suffix=".md")
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write(f"{text}\n" if text else "")
            file = Path(name)
            trouble = edit(self.host, file)
            return Edited(file, file.read_text(encoding="utf-8", errors="replace"), trouble)
        except OSError as error:
            self.host.toast(f"No note: {trouble or f'its file cannot be used: {error.strerror or error}'}", "error")
            return None


def common_tags(stories: Sequence[int], marks: Marks, index: Index) -> tuple[str, ...]:
    """The tags that all of some stories have."""
    keys = set(index.keys(stories).values())
    tags = [mark.tags for mark in marks.of(keys).values()]
    if not tags or len(tags) < len(keys):
        return ()
    in_all = set(tags[0]).intersection(*tags[1:])
    return tuple(tag for tag in tags[0] if tag in in_all)


def changed_of(articles: Mapping[int, str], change: Change) -> list[int]:
    """Those of some stories whose marks a change has changed.

    Args:
        articles: the keys of their articles.
        change: the change.
    """
    keys = frozenset(change.keys)
    return [story for story, key in articles.items() if key in keys]


def note_head(story: StoryText | None) -> str:
    """What stands above a note in the editor: headline and link of its story, as comment lines."""
    if story is None:
        return ""
    told = [line for line in (story.title, story.url, "Lines like these are taken off again.") if line]
    return "".join(f"{COMMENT} {line} {COMMENT_END}\n" for line in told) + "\n"


def without_head(text: str, head: str) -> str:
    """A note as it was written, without those of the comment lines that still stand in it."""
    known = set(head.split("\n")) - {""}
    return "\n".join(line for line in text.splitlines() if line.rstrip() not in known).strip()
