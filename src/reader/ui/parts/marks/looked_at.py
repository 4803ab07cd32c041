"""What the reader has looked at: articles of an event that were seen are not new any more.

Looking comes with a mark, such as reading a story. Where that mark is taken back, so is the looking: what was seen for
the first time with it is new again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.library.index.index import Index
from reader.library.index.lists.story_set import StorySet
from reader.ui.parts.marks.kept import KeptMarks
from reader.ui.parts.marks.news import News

if TYPE_CHECKING:
    from reader.library.marks.marks import Change, Marks
    from reader.library.marks.model import MarkKind

MOST_REMEMBERED = 100
"""The last so many marks are remembered, each with what was seen for the first time with it."""

MOST_ARTICLES = 10_000
"""Where more articles were looked at with one mark, that is not remembered of it."""


class FirstLook:
    """What was looked at for the first time with one mark.

    Attributes:
        first: the keys of the articles, by the kind of time that was set for them.
    """

    def __init__(self) -> None:
        self.first: dict[MarkKind, set[str]] = {}

    def set_time(self, marks: Marks, kind: MarkKind, keys: Iterable[str], now: datetime) -> Change:
        """Note in the marks that articles were looked at now, and remember those that never were before."""
        from reader.library.marks.model import NO_MARKS

        articles = sorted(set(keys))
        if len(articles) <= MOST_ARTICLES:
            before = marks.of(articles)
            self.first[kind] = {key for key in articles if getattr(before.get(key, NO_MARKS), kind.value) is None}
        return marks.set(articles, kind, now)


class LookedAt:
    """Keeps in the marks what was looked at, and remembers with which mark.

    Args:
        kept: keeps the marks.
        news: shows what is new.
        now: the clock.
    """

    def __init__(self, kept: KeptMarks, news: News, now: Callable[[], datetime]) -> None:
        self._kept = kept
        self._news = news
        self._now = now
        self._by_mark: dict[tuple[int, int], FirstLook] = {}
        """What was looked at first, by the mark that it came with: see `_name`."""

    async def look_at(self, stories: Sequence[int], mark: Change | None = None) -> None:
        """Remember that stories were read, and that their events were looked at.

        Args:
            stories: their ids.
            mark: the change that it came with; None where that cannot be taken back.
        """
        from reader.library.marks.model import MarkKind

        look = FirstLook()

        def seen(marks: Marks, index: Index) -> Change:
            return look.set_time(marks, MarkKind.SEEN, index.keys(stories).values(), self._now())

        def known(marks: Marks, index: Index) -> Change:
            events = index.event_keys(stories).values()
            keys = {*index.keys(stories).values(), *(key for event in events for key in event)}
            return look.set_time(marks, MarkKind.KNOWN, keys, self._now())

        for act in (seen, known):
            if await self._kept.change(act, by_itself=True) is None:
                return
        self._remember(look, mark)
        await self._news.show()

    async def look_at_news(self, stories: Iterable[int], mark: Change) -> None:
        """Remember that the events of very many stories were looked at: of those on which anything is new.

        Args:
            stories: their ids.
            mark: the change that it came with.
        """
        from reader.library.marks.model import MarkKind

        look = FirstLook()

        def known(marks: Marks, index: Index) -> Change:
            grown = index.grown_events(marks.keys(MarkKind.KNOWN), marks.keys(MarkKind.SEEN))
            meant = index.stories_with(grown) & StorySet(stories) if grown else ()
            keys = (key for event in index.event_keys(meant).values() for key in event)
            return look.set_time(marks, MarkKind.KNOWN, keys, self._now())

        change = await self._kept.change(known, by_itself=True)
        if change is not None and change.count:
            self._remember(look, mark)
            await self._news.show()

    def _remember(self, look: FirstLook, mark: Change | None) -> None:
        """Remember what was looked at first with a mark. Taking back an earlier mark does not make it new again."""
        for kind, keys in look.first.items():
            for other in self._by_mark.values():
                other.first.get(kind, set()).difference_update(keys)
        if mark is not None and mark.keys and not mark.more:
            self._by_mark[_name(mark)] = look
            while len(self._by_mark) > MOST_REMEMBERED:
                del self._by_mark[next(iter(self._by_mark))]

    async def take_back(self, mark: Change) -> None:
        """A mark was taken back: what was looked at for the first time with it counts as never looked at."""
        look = self._by_mark.pop(_name(mark), None)
        if look is None:
            return
        for kind, keys in look.first.items():
            if keys and await self._kept.change(lambda marks, _: marks.set(keys, kind, None), by_itself=True) is None:  # noqa: B023 — called at once
                return
        await self._news.show()


def _name(mark: Change) -> tuple[int, int]:
    """What a mark is known by here: its articles, in any order, as a hash. The keys of very many would be megabytes."""
    return len(mark.keys), hash(frozenset(mark.keys))
