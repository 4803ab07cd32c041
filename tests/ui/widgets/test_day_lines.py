"""Lines of days between the rows of the list: where they stand, and what they say."""

from __future__ import annotations

from array import array
from itertools import chain

import pytest

from reader.ui.widgets.stories.days import LEAST_HEIGHT, DayLines


def lines_of(starts: list[int], count: int, height: int = LEAST_HEIGHT) -> DayLines:
    lines = DayLines()
    lines.starts = array("q", starts)
    lines.fit(count, height)
    return lines


@pytest.mark.parametrize("row_height", [1, 2, 3])
@pytest.mark.parametrize("starts", [[0, 3, 4, 9], [0], [0, 9], [0, 1, 6]])
def test_every_line_of_the_list_belongs_to_its_row(starts: list[int], row_height: int) -> None:
    days = lines_of(starts, 10)
    assert days.count == len(starts)
    drawn = list(chain.from_iterable([row] * (row_height + (row in starts)) for row in range(10)))
    assert [days.row_at(line, row_height) for line in range(len(drawn))] == drawn
    assert days.row_at(len(drawn), row_height) >= 10
    assert [days.begins_with(row) for row in range(10)] == [row in starts for row in range(10)]


def test_they_need_room_and_several_stories_a_day() -> None:
    assert lines_of([0, 5], 10, LEAST_HEIGHT - 1).count == 0
    assert lines_of([0, 1, 2, 3, 4, 5], 10).count == 0
    assert lines_of([0, 5, *range(LEAST_HEIGHT, 100)], 100).count == 82, "what comes first decides"
    assert lines_of([], 0).row_at(7, 2) >= 0


def test_they_say_how_many_stories_of_the_day_are_listed() -> None:
    days = lines_of([0, 5, 9], 10)
    assert [days.words(row, "today").strip("─ ") for row in (0, 5, 9)] == [
        "today · 5 stories",
        "today · 4 stories",
        "today · 1 story",
    ]


def test_where_more_rows_may_follow_the_last_day_says_no_number() -> None:
    days = lines_of([0, 5], 10)
    days.is_whole = False
    assert [days.words(row, "today").strip("─ ") for row in (0, 5)] == ["today · 5 stories", "today"]
