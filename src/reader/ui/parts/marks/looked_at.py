"""Looking at stories and their events: nothing is new on them then, until a mark is taken back that came with it."""

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

MOST_LOOKS = 100
"""Marks of which it is remembered what was looked at first with them."""

MOST_ARTICLES = 10_000
"""Articles up to which that is remembered of one."""


class Look:
    """What was looked at for the first time with one mark: the keys of the articles, by the kind of time."""

    def __init__(self) -> None:
        self.first: dict[MarkKind, set[str]] = {}

    def at(self, marks: Marks, kind: MarkKind, keys: Iterable[str], now: datetime) -> Change:
        """Look at articles now."""
        from reader.library.marks.model import NO_MARKS

        articles = sorted(set(keys))
        if len(articles) <= MOST_ARTICLES:
            before = marks.of(articles)
            self.first[kind] = {key for key in articles if getattr(before.get(key, NO_MARKS), kind.value) is None}
        return marks.set(articles, kind, now)


class Looks:
    """Remembers what was looked at.

    Args:
        kept: keeps the marks.
        news: shows what is new.
        now: the clock.
    """

    def __init__(self, kept: KeptMarks, news: News, now: Callable[[], datetime]) -> None:
        self._kept = kept
        self._news = news
        self._now = now
        self._looks: dict[tuple[int, int], Look] = {}
        """By the mark that came with it: see `_name`."""

    async def look_at(self, stories: Sequence[int], mark: Change | None = None) -> None:
        """Remember that stories were read, and that their events were looked at.

        Args:
            stories: their ids.
            mark: what was marked with that; None where it is nothing that can be taken back.
        """
        from reader.library.marks.model import MarkKind

        look = Look()

        def seen(marks: Marks, index: Index) -> Change:
            return look.at(marks, MarkKind.SEEN, index.keys(stories).values(), self._now())

        def known(marks: Marks, index: Index) -> Change:
            events = index.event_keys(stories).values()
            keys = {*index.keys(stories).values(), *(key for event in events for key in event)}
            return look.at(marks, MarkKind.KNOWN, keys, self._now())

        for act in (seen, known):
            if await self._kept.change(act, by_itself=True) is None:
                return
        self._remember(look, mark)
        await self._news.show()

    async def look_at_news(self, stories: Iterable[int], mark: Change) -> None:
        """Remember that those of very many stories' events were looked at on which anything is new.

        Args:
            stories: their ids.
            mark: what was marked with that.
        """
        from reader.library.marks.model import MarkKind

        look = Look()

        def known(marks: Marks, index: Index) -> Change:
            grown = index.grown_events(marks.keys(MarkKind.KNOWN), marks.keys(MarkKind.SEEN))
            meant = index.stories_with(grown) & StorySet(stories) if grown else ()
            keys = (key for event in index.event_keys(meant).values() for key in event)
            return look.at(marks, MarkKind.KNOWN, keys, self._now())

        change = await self._kept.change(known, by_itself=True)
        if change is not None and change.count:
            self._remember(look, mark)
            await self._news.show()

    def _remember(self, look: Look, mark: Change | None) -> None:
        """Remember what came with a mark; it is not new again by taking back an earlier one."""
        for kind, keys in look.first.items():
            for other in self._looks.values():
                other.first.get(kind, set()).difference_update(keys)
        if mark is not None and mark.keys and not mark.more:
            self._looks[_name(mark)] = look
            while len(self._looks) > MOST_LOOKS:
                del self._looks[next(iter(self._looks))]

    async def take_back(self, mark: Change) -> None:
        """A mark was taken back: what was looked at for the first time with it was not."""
        look = self._looks.pop(_name(mark), None)
        if look is None:
            return
        for kind, keys in look.first.items():
            if keys and await self._kept.change(lambda marks, _: marks.set(keys, kind, None), by_itself=True) is None:  # noqa: B023 — called at once
                return
        await self._news.show()


def _name(mark: Change) -> tuple[int, int]:
    """What a mark is known by, in this process: its articles, in whatever order. The keys of many are megabytes."""
    return len(mark.keys), hash(frozenset(mark.keys))
