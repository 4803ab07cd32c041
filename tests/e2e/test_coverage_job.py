"""Coverage from end to end, by the keyboard alone, on a real pseudo-terminal: the sample library."""

from __future__ import annotations

import pytest

from support import Desk

ESC = "\x1b"
BACKSPACE = "\x7f"
RIGHT = "\x1b[C"


def test_wire_copy_the_event_and_back(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("40 stories")
    terminal.send("/provider:reuters\r")
    terminal.wait_for("event · ")
    terminal.wait_for("Reuters copy ×3")
    terminal.send("x")
    terminal.wait_for(lambda text: "copy ×" not in text and "VentureBeat" in text)
    terminal.send("x")
    terminal.wait_for("Reuters copy ×3")

    terminal.send("]")
    terminal.wait_for("not in this list")
    terminal.send(BACKSPACE)
    terminal.wait_for(lambda text: "not in this list" not in text)
    terminal.send("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.long
def test_headlines_side_by_side_and_a_jump(desk: Desk) -> None:
    terminal = desk.start("-q", "provider:zdnet records")
    terminal.wait_for("event · ")
    terminal.send("=")
    terminal.wait_for("11 headlines")
    terminal.send("G\r")
    terminal.wait_for(lambda text: "11 headlines" not in text)
    terminal.send("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.long
def test_one_row_per_event_opened_in_place(desk: Desk) -> None:
    terminal = desk.start("-q", 'topic:"power apps" OR records')
    terminal.wait_for("event · ")
    terminal.send("E")
    terminal.wait_for("by event")
    terminal.wait_for("▸")
    terminal.send("gE")
    terminal.wait_for(lambda text: "by event" not in text)
    terminal.send("E")
    terminal.wait_for("by event")
    terminal.send("q")
    assert terminal.wait_for_end() == 0


def test_a_briefing_is_written(desk: Desk) -> None:
    terminal = desk.start("-q", "provider:reuters")
    terminal.wait_for("Reuters copy ×3")
    terminal.send("X")
    terminal.wait_for("Write a briefing")
    terminal.send("\r")
    terminal.wait_for_message("Briefing written")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    [briefing] = desk.home.rglob("*-briefing.md")
    told = briefing.read_text(encoding="utf-8")
    assert "Reuters" in told
    assert "×3" in told


@pytest.mark.long
def test_an_overview_of_what_is_listed(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("40 stories")
    terminal.send("i")
    terminal.wait_for("Overview")
    terminal.wait_for("35 outlets")
    terminal.send(ESC)
    terminal.wait_for(lambda text: "Overview" not in text)
    terminal.send("q")
    assert terminal.wait_for_end() == 0
