"""How many lines a story takes in the list, and what stands in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Size

from reader.library.index.rows import StoryRow
from reader.ui.widgets.stories.story_lines import LineStyles, StoryLine, lines_a_story

ROW = StoryRow(1, "", "Post", datetime(2020, 2, 20, tzinfo=UTC), 1, "article", None, 0)
LONG = "London's Metropolitan Police flip the switch: Smile, fellow citizens, you are on the camera of the city"


@pytest.mark.parametrize(
    ("density", "count", "size", "is_any_long", "lines"),
    [
        ("auto", 5, (50, 34), True, 3),
        ("auto", 5, (50, 34), False, 2),
        ("auto", 12, (50, 34), True, 2),
        ("auto", 5_000, (50, 34), True, 2),
        ("auto", 5_000, (78, 9), True, 1),
        ("auto", 3, (78, 9), True, 3),
        ("auto", 5_000, (38, 9), True, 2),
        ("auto", 0, (50, 34), True, 2),
        ("one", 5, (50, 34), True, 1),
        ("two", 5_000, (78, 9), False, 3),
    ],
)
def test_as_many_lines_as_all_listed_stories_have_room_for(
    density: str, count: int, size: tuple[int, int], is_any_long: bool, lines: int
) -> None:
    assert lines_a_story(density, count, Size(*size), lambda: is_any_long) == lines


def drawn(height: int, width: int, *, star: str = " ", sign: str = "", title: str = LONG, day: str = "") -> list[str]:
    """The lines as plain text."""
    line = StoryLine("●", star, sign, "  " if sign else "", title, lambda _, room: "Post · 20 Feb"[:room], day)
    looks = LineStyles(*[Style.null()] * 4)
    lines = ["".join(text for text, _ in parts) for parts in line.lines(ROW, width, height, looks)]
    assert len(lines) == height
    assert all(cell_len(text) <= width for text in lines)
    return lines


def test_one_line_has_the_headline_and_at_its_right_the_facts() -> None:
    (told,) = drawn(1, 79)
    assert told.startswith("● London's Metropolitan Police flip the switch")
    assert told.endswith("…   Post · 20 Feb")
    assert drawn(1, 79, star="★", title="Short")[0].startswith("● ★ Short ")


def test_a_narrow_line_is_the_headline_alone() -> None:
    (told,) = drawn(1, 40)
    assert "20 Feb" not in told


def test_two_lines_cut_the_headline_and_three_do_not_before_the_second() -> None:
    assert drawn(2, 60, star="★") == ["● London's Metropolitan Police flip the switch: Smile, fel…", "★ Post · 20 Feb"]
    assert drawn(3, 60) == [
        "● London's Metropolitan Police flip the switch: Smile,",
        "  fellow citizens, you are on the camera of the city",
        "  Post · 20 Feb",
    ]
    assert drawn(3, 60, title="Short") == ["● Short", "  Post · 20 Feb", ""]
    assert drawn(3, 40)[1].endswith("…")


def test_an_events_sign_and_its_room() -> None:
    assert drawn(2, 30, sign="▸", title="Short") == ["● ▸ Short", "    Post · 20 Feb"]


def test_a_day_begins_at_the_right_of_the_headline() -> None:
    first, facts = drawn(2, 60, title="Short", day="Thu 20 Feb")
    assert first.startswith("● Short ")
    assert first.rstrip().endswith("── Thu 20 Feb")
    assert facts == "  Post · 20 Feb"
    lines = drawn(3, 60, day="Thu 20 Feb")
    assert lines[:2] == drawn(3, 60)[:2], "no headline is cut for it"
    assert lines[2].endswith("── Thu 20 Feb")
    assert "Thu" not in "".join(drawn(2, 30, day="Thu 20 Feb 2020")), "a narrow list has no room for it"
