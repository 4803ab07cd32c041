"""What the page of problems tells, kind by kind."""

from __future__ import annotations

from reader.library.index.rows import Problem
from reader.ui.dialogs.pages import ProblemsDialog


def test_what_cost_a_story_is_told_before_what_was_passed_over_and_flaws() -> None:
    page = ProblemsDialog(
        [
            Problem("a.md", 3, "quality: expected a whole number", unread=False),
            Problem("b.md", 0, "a draft", unread=False, passed_over=True),
            Problem("c.md", 2, "not TOML", unread=True),
        ]
    ).page()
    assert page.plain.split("\n") == [
        *("Not read (1)", "  c.md:2: not TOML", ""),
        *("Passed over (1)", "  b.md: a draft", ""),
        *("Read, with a flaw (1)", "  a.md:3: quality: expected a whole number"),
    ]


def test_a_folder_that_could_not_be_read_is_told_first() -> None:
    lost = "no such folder: /news\x1b[2J"
    assert "without a flaw" in ProblemsDialog([]).page().plain
    told = ProblemsDialog([], lost).page().plain.split("\n")
    assert told[:2] == ["Folder not read", "  no such folder: /news␛[2J"]
    assert len(told) == 3
    flaw = Problem("a.md", 3, "quality: expected a whole number", unread=False)
    assert ProblemsDialog([flaw], lost).page().plain.split("\n")[3:5] == ["", "Read, with a flaw (1)"]
