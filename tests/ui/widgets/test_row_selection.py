"""What is selected, whatever happens to the rows: moving, opening and closing events, stories that come and go."""

from __future__ import annotations

import random
from array import array
from collections import defaultdict
from collections.abc import Container, Sequence
from typing import Any, cast

import pytest

from reader.library.index.lists.story_set import StorySet
from reader.ui.widgets.stories.rows import Rows
from reader.ui.widgets.stories.selection import RowSelection

STORIES = range(1, 16)


def event_of(story: int) -> int:
    """The number of the event of a story: there are two, and 0 is none."""
    return story % 5 if story % 5 < 3 else 0


class Events:
    """Some stories, folded: the least of those of an event stands for it, where the first of them stood."""

    def __init__(self, listed: Sequence[int]) -> None:
        self._of_event: defaultdict[int, list[int]] = defaultdict(list)
        for story in listed:
            self._of_event[event_of(story)].append(story)
        self._listed = frozenset(listed)
        heads = dict.fromkeys(self.representative(story) or story for story in listed)
        self.rows = array("q", heads)

    def stories(self, story: int) -> list[int]:
        event = event_of(story)
        return self._of_event.get(event, []) if event else []

    def representative(self, story: int) -> int | None:
        stories = self.stories(story)
        return min(stories) if len(stories) > 1 else None

    def holder(self, story: int) -> int | None:
        return self.representative(story) if story in self._listed else None

    def is_event(self, story: int) -> bool:
        return self.holder(story) == story

    def place(self, story: int) -> int:
        return self.rows.index(self.representative(story) or story)

    def by_row(self, stories: StorySet, opened: Container[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for story in stories:
            if event_of(story) and story not in opened:
                found.setdefault(self.representative(story) or story, []).append(story)
        return found

    def stories_of_rows(self, rows: Sequence[int], opened: Container[int]) -> array[int]:
        found = array("q")
        for row in rows:
            found.extend(self.stories(row) if self.is_event(row) and row not in opened else [row])
        return found


class Case:
    """A list with a cursor and a selection."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.is_folded = seed % 4 > 0
        self.listed = list(STORIES[: 3 * len(STORIES) // 4])
        self.rows = Rows()
        self.selection = RowSelection(self.rows)
        self.cursor = 0
        self.turned: tuple[int, bool] | None = None
        """A story on the event that was opened last, or closed, and whether it was opened."""
        self.show()

    def show(self) -> None:
        events = Events(self.listed)
        self.rows.show(array("q", self.listed), cast(Any, events) if self.is_folded else None)

    def come_and_go(self) -> None:
        self.turned = None
        gone = set(self.random.sample(self.listed, min(self.random.randrange(3), len(self.listed) - 1)))
        come = [story for story in STORIES if story not in self.listed][: self.random.randrange(3)]
        self.listed = [story for story in self.listed if story not in gone]
        for story in come:
            self.listed.insert(self.random.randrange(len(self.listed) + 1), story)
        self.show()

    def open_or_close(self) -> None:
        story = self.random.choice(self.rows.ids)
        head = self.rows.head(story)
        if head is not None:
            self.rows.close(head)
        else:
            self.rows.open(story)
        self.turned = None if head is None and self.rows.head(story) is None else (story, head is None)

    def change_rows(self) -> None:
        """Change them as the list does: the cursor goes along with its story, where that still has a row."""
        under, before = self.rows.ids[self.cursor], self.selection.now(self.cursor)
        self.random.choice((self.come_and_go, self.open_or_close))()
        place = self.rows.place(self.rows.row_for(under))
        self.cursor = min(self.cursor if place is None else place, len(self.rows.ids) - 1)
        if self.turned is None:
            self.selection.go_on(before, self.cursor)
        else:
            story, is_open = self.turned
            self.selection.turn(before, self.cursor, Events(self.listed).stories(story), is_open=is_open)
            other = RowSelection(self.rows)
            other.go_on(before, self.cursor)
            assert set(other.each(self.cursor)) == set(self.selection.each(self.cursor))
            assert (other._start, other._held) == (self.selection._start, self.selection._held)
        stay = {story for story in before.all if self.rows.place(story) is not None} if before else set()
        assert set(self.all) == stay, "none drops out, and none comes in"

    @property
    def all(self) -> Sequence[int]:
        return self.selection.all(self.cursor)

    def check(self) -> None:
        """What is drawn, what is told, and what keys act on is the same."""
        each, all_ = self.selection.each(self.cursor), self.all
        drawn = {self.rows.ids[row] for row in range(len(self.rows.ids)) if self.selection.holds(row, self.cursor)}
        assert len(set(all_)) == len(all_)
        assert len(set(each)) == len(each)
        assert set(each) <= set(all_)
        assert {self.rows.row_with(story) for story in each} == {self.rows.row_with(story) for story in all_} == drawn
        words = self.selection.words(self.cursor)
        assert words.partition(" ")[0] == (str(len(each)) if each else "")
        assert self.selection.is_on == bool(words) or not each


@pytest.mark.parametrize("seed", range(24))
def test_what_is_drawn_and_told_is_what_was_selected(seed: int) -> None:
    case = Case(seed)
    for _ in range(60):
        if not case.selection.is_on:
            case.selection.begin(case.cursor, "Esc leaves")
        for _ in range(case.random.randrange(4)):
            case.cursor = max(0, min(case.cursor + case.random.choice((-1, 1, 2)), len(case.rows.ids) - 1))
            case.check()
        case.change_rows()
        case.check()


MANY = 2_000


def many_selected(*, is_folded: bool) -> tuple[Rows, RowSelection]:
    """A list of many stories that are all selected; none of them is on an event."""
    on_none = [5 * number for number in range(1, MANY + 1)]
    rows = Rows()
    rows.show(array("I", on_none), cast(Any, Events(on_none)) if is_folded else None)
    selection = RowSelection(rows)
    selection.begin(0, "Esc leaves")
    return rows, selection


@pytest.mark.parametrize("is_folded", [False, True])
def test_places_are_not_looked_for_one_by_one_when_rows_change(
    monkeypatch: pytest.MonkeyPatch, *, is_folded: bool
) -> None:
    rows, selection = many_selected(is_folded=is_folded)
    looked_for: list[int] = []

    def place_in(rows: array[int], story: int) -> int | None:
        looked_for.append(story)
        return rows.index(story) if story in rows else None

    monkeypatch.setattr("reader.ui.widgets.stories.rows.place_in", place_in)
    before = selection.now(MANY - 1)
    shown = [*rows.ids[: MANY // 2], 5 * MANY + 5, *rows.ids[MANY // 2 + 1 :]]
    rows.show(array("I", shown), cast(Any, Events(shown)) if is_folded else None)
    selection.go_on(before, MANY - 1)
    assert selection.words(MANY - 1).startswith("1,999 ")
    assert len(looked_for) <= 8


def test_a_move_costs_the_rows_that_come_or_go_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, selection = many_selected(is_folded=True)
    before = selection.now(9)
    shown = [*rows.ids[:5], 5 * MANY + 5, *rows.ids[5:]]
    rows.show(array("I", shown), cast(Any, Events(shown)))
    selection.go_on(before, 10)
    asked: list[int] = []
    stories_of_all = Rows.stories_of_all

    def counted(rows: Rows, some: Sequence[int]) -> Sequence[int]:
        asked.append(len(some))
        return stories_of_all(rows, some)

    monkeypatch.setattr(Rows, "stories_of_all", counted)
    at = 10
    for cursor, count in ((MANY, 2_000), (MANY - 1, 1_999), (MANY - 3, 1_997), (10, 10), (9, 10), (5, 11), (6, 10)):
        asked.clear()
        assert selection.words(cursor).startswith(f"{count:,} stories")
        assert sum(asked) <= abs(cursor - at)
        assert count == len(selection.each(cursor))
        at = cursor
