"""The keys that mark: read, star, keep for later, watch an event; and undo and redo."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.base.errors import LibraryIndexError, MarksError
from reader.base.wording import plural
from reader.library.index.index import Index
from reader.library.index.listing import Listing
from reader.library.index.lists.id_arrays import ids
from reader.library.index.lists.story_set import StorySet
from reader.library.marks.snapshot import MarkedArticles
from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import AtHand, Host, task
from reader.ui.parts.index.many import ManyMarks
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.marks.kept import KeptMarks
from reader.ui.parts.marks.looked_at import LookedAt
from reader.ui.parts.marks.read import ReadMarks, wish_read
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.parts.marks.words import (
    GONE,
    HEADLINE,
    LEAST,
    articles_in_words,
    done,
    nothing_to_mark,
    stories_in_words,
    taken_back,
)

if TYPE_CHECKING:
    from reader.library.marks.marks import Change, Marks
    from reader.library.marks.snapshot import Snapshot
    from reader.ui.parts.index.pending import Wish
    from reader.ui.parts.listed.stories import ListedStories


STILL_WRITTEN = "Many marks are still being written: a moment."


class Marking:
    """Carries out the keys that mark.

    Args:
        host: the screen.
        questions: the way to the index and the marks.
        shown: shows the marks.
        kept: writes marks to the file.
        read: marks stories read.
        looked_at: writes down which coverage the reader has looked at.
        stories: the stories that are listed.
        many: marks very many stories.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        *,
        shown: ShownMarks,
        kept: KeptMarks,
        read: ReadMarks,
        looked_at: LookedAt,
        stories: ListedStories,
        many: ManyMarks,
        keymap: Mapping[str, str],
    ) -> None:
        self.host = host
        self._questions = questions
        self._shown = shown
        self._kept = kept
        self._read = read
        self._looked_at = looked_at
        self._stories = stories
        self._many = many
        self._way_back = f"{key_of('marks.undo', keymap)} takes it back"

    # Read and starred.

    def toggle_read(self, at_hand: AtHand) -> None:
        """Mark a story read, or unread again; on an event's closed row, all its stories."""
        self._read.stop(at_hand.row)
        if at_hand.row:
            self._toggle("read", at_hand.row)
        else:
            self.host.toast(nothing_to_mark(at_hand))

    def star(self, at_hand: AtHand) -> None:
        """Star a story, or take the star off."""
        if at_hand.each:
            self._toggle("starred", at_hand.each)
        else:
            self.host.toast(nothing_to_mark(at_hand))

    def later(self, at_hand: AtHand) -> None:
        """Mark a story to be read later, or no longer; on an event's closed row, all its stories."""
        if at_hand.row:
            self._toggle("later", at_hand.row)
        else:
            self.host.toast(nothing_to_mark(at_hand))

    @task("marks")
    async def _toggle(self, flag: str, stories: Sequence[int]) -> None:
        """Set a flag, or take it off where all have it.

        Whether all have it is asked in the file: what the screen shows may be a key press behind.
        """
        from reader.library.marks.model import NO_MARKS, MarkKind
        from reader.ui.parts.index.pending import Wish

        def wish(marks: Marks, index: Index) -> Wish:
            keys = tuple(index.keys(stories).values())
            known = marks.of(keys)
            value = not all(getattr(known.get(key, NO_MARKS), flag) for key in keys)
            does = flag if value else f"no longer {flag}"
            return Wish((flag, keys, value), does, stories, lambda marks: marks.set(keys, MarkKind(flag), value))

        change = await self._kept.grant(wish)
        if change is None:
            return
        if not change.count:  # toggling always changes something, unless the file is gone
            self.host.toast(GONE)
            return
        self.host.toast(done(change, await self._changed(change, stories)))
        if change.kind is MarkKind.READ and change.value:
            await self._looked_at.look_at(stories, change)

    async def _changed(self, change: Change, stories: Sequence[int]) -> str:
        """Which stories a change was about, in words: those whose marks differ from before, as the bars count them."""
        if len(stories) == 1:
            return stories_in_words(self._questions, stories)
        if change.count == 1:
            changed = await self._questions.ask(
                lambda index: [story for story, key in index.each_key(stories) if key in change.keys]
            )
            return stories_in_words(self._questions, (changed or stories)[:1])
        all_changed = await self._questions.ask(lambda index: index.stories_with(change.keys))
        return stories_in_words(self._questions, all_changed or stories)

    def read_all(self) -> None:
        """Mark all listed stories read."""
        self._read.stop()
        if self._many.are_written:
            self.host.toast(STILL_WRITTEN)
            return
        self._read_all(self._stories.listing)

    @task("marks")
    async def _read_all(self, listing: Listing) -> None:
        listed = await self._many.held(await self._stories.ids_of(listing))
        nothing = "All listed stories are read already." if listed else "No story is listed."
        await self._read_these(listed, nothing)

    def read_beside(self, where: str, story: int | None) -> None:
        """Mark a range of the list read.

        Args:
            where: `above` or `below` the cursor; or `older` than a story.
            story: the story that is shown; None where there is none.
        """
        if story is None:
            self.host.toast("No story is selected.")
            return
        self._read.stop()
        if where == "older":
            self._read_older(self._stories.listing, story)
        else:
            self._read_rows(self._stories.beside(above=where == "above"), where)

    @task("marks")
    async def _read_rows(self, stories: Sequence[int], where: str) -> None:
        await self._read_these(await self._many.held(stories), f"Nothing {where} this story is unread.")

    @task("marks")
    async def _read_older(self, listing: Listing, story: int) -> None:
        older = await self._older(listing, story)
        if older is not None:
            await self._read_these(older, "Nothing older than this story is unread.")

    async def _older(self, listing: Listing, story: int) -> Sequence[int] | StorySet | None:
        listed = await self._stories.ids_of(listing)
        older = await self._questions.ask(lambda index: older_than(story, listed, index))
        return None if older is None else await self._many.held(older)

    async def _read_these(self, stories: Sequence[int] | StorySet, nothing: str) -> None:
        """Mark many stories read as one change; says how many, or `nothing` where all were read already."""
        await self._shown.look()  # so that a mark that is being written is not counted with these
        before = len(self._shown.known.read)
        if isinstance(stories, StorySet):
            self.host.toast(f"Marking {len(stories):,} stories read … {self._way_back}")
            change = await self._kept.many(self._many.mark_read(stories))
        else:
            change = await self._kept.grant(lambda _, index: wish_read(stories, index))
        if change is None:
            return
        count = len(self._shown.known.read) - before
        if change.count:
            self.host.toast(f"{plural(count, 'story', 'stories')} marked read · {self._way_back}")
            self._stories.list_with_marks()
        else:
            self.host.toast(nothing)
        await self._looked_at.look_at_news(stories, change)

    # Taking back.

    def undo(self) -> None:
        """Take the last mark back; where very many are still being written, stop that."""
        if self._many.are_written:
            self._stop_many()
        else:
            self._step(undone=True)

    @task("marks")
    async def _stop_many(self) -> None:
        was_stopped = await self._many.stop()
        if was_stopped is None:
            self.host.toast(STILL_WRITTEN)
        elif was_stopped:  # else all were marked before it stopped, and the message about that is shown
            self.host.toast("Taken back before they were marked.")

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._many.are_written:
            self.host.toast(STILL_WRITTEN)
        else:
            self._step(undone=False)

    @task("marks")
    async def _step(self, *, undone: bool) -> None:
        self._read.stop()
        thread, nothing = self._questions.thread, f"There is no mark to {'take back' if undone else 'set again'}."
        try:
            if undone and await thread.drop_pending():
                self.host.toast("The mark that was not kept yet is forgotten.")
                self.host.show_bars()
                return
            if not thread.has_marks:
                self.host.toast(nothing)
                return
            before = (await thread.snapshot())._replace(articles=MarkedArticles())  # large, and not needed here
            change, marks = await (self._many.undo() if undone else self._many.redo())
        except MarksError as error:
            self.host.toast(f"Not {'taken back' if undone else 'done again'}: {error}", "error")
            return
        except LibraryIndexError as error:
            self._questions.mend(error)
            return
        if change is None:
            self.host.toast(nothing)
            return
        self._shown.show(marks)
        about = await self._about(change, before, marks)
        self.host.toast(taken_back(change, about) if undone else done(change, about))
        self._stories.list_what_comes_back()
        if change.kind == "read" and change.value and undone:
            await self._looked_at.take_back(change)
        elif change.kind == "read" and change.value:
            await self._looked_at.look_at_news(marks.read - before.read, change)

    async def _about(self, change: Change, before: Snapshot, marks: Snapshot) -> str:
        """What a change was about, for a message: stories of this library if there are any, else articles."""
        stories: Collection[int] | None
        if change.more and change.kind == "tag":
            return plural(change.count, "article")
        if change.kind in ("read", "starred", "later"):
            stories = getattr(before, change.kind) ^ getattr(marks, change.kind)
            if change.count == 1:  # several files of one article have one headline
                stories = [*islice(stories, 1)]
        else:
            stories = await self._questions.ask(lambda index: index.stories_with(change.keys))
        if not stories:
            return articles_in_words(change.count)
        return stories_in_words(self._questions, stories)

    # Events.

    def watch_event(self, at_hand: AtHand) -> None:
        """Watch the event of the story at hand, or watch it no longer."""
        if at_hand.story is not None:
            self._watch_event(at_hand.story)
        else:
            self.host.toast(nothing_to_mark(at_hand))

    @task("marks")
    async def _watch_event(self, story: int) -> None:
        from reader.library.marks.model import MarkKind

        coverage = await self._questions.ask(lambda index: index.coverage(story))
        if coverage is None:
            self.host.toast(GONE)
            return
        keys, label = [article.key for article in coverage.event], coverage.event[0].key

        def act(marks: Marks, _: Index) -> Change:
            labels = sorted({name for mark in marks.of(keys).values() for name in mark.watches})
            for name in labels[1:]:  # events that were watched separately, and are one event now
                marks.set(marks.keys(MarkKind.WATCHED, name), MarkKind.WATCHED, False, name)
            if labels:
                return marks.set(marks.keys(MarkKind.WATCHED, labels[0]), MarkKind.WATCHED, False, labels[0])
            return marks.set(keys, MarkKind.WATCHED, True, label)

        change = await self._kept.change(act)
        if change is not None:
            more = f" · {plural(len(keys), 'article')}, listed by is:watched" if change.value else ""
            room = self.host.size.width - cell_len(done(change, "") + more) - 2  # and a space at both ends
            about = stories_in_words(self._questions, [story], min(max(room, LEAST), HEADLINE))
            self.host.toast(f"{done(change, about)}{more}")


def older_than(story: int, listed: Sequence[int], index: Index) -> array[int]:
    """Those of the listed stories whose time is known and earlier than that of a story."""
    older = index.older_than(story)
    return ids(filter(older.__contains__, listed))
