"""Views from end to end, by the keyboard alone, on a real pseudo-terminal: the sample library."""

from __future__ import annotations

import pytest

from support import Desk

ESC = "\x1b"


@pytest.mark.long
def test_a_view_is_saved_and_taken_at_the_next_start(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("event · ")
    terminal.send("/low-code\r")
    terminal.wait_for("“low-code”")
    terminal.send("F")
    terminal.wait_for("Save as a view")
    terminal.wait_for("stories now")
    terminal.send("Builders\r")
    terminal.wait_for("Stories · Builders")
    terminal.send(ESC)
    terminal.wait_for("all stories")
    terminal.send("b")
    terminal.wait_for("Most covered")
    terminal.send("q")
    assert terminal.wait_for_end() == 0

    terminal = desk.start()
    terminal.wait_for("Most covered")
    terminal.send("f")
    terminal.wait_for("type to narrow")
    terminal.send("buil\r")
    terminal.wait_for("Stories · Builders")
    terminal.wait_for("✓ Builders")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
