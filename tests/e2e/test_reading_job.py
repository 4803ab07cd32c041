"""Reading from end to end, by the keyboard alone, on a real pseudo-terminal: the sample library."""

from __future__ import annotations

from support import Desk

ESC = "\x1b"


def test_articles_are_read_without_a_browser(desk: Desk) -> None:
    terminal = desk.start("-q", "watch list provider:independent")
    terminal.wait_for("event · ")
    terminal.send("c/metro")
    terminal.wait_for("on the web only")
    terminal.send(ESC + ESC)
    terminal.wait_for(lambda text: "on the web only" not in text)
    terminal.send("q")
    assert terminal.wait_for_end() == 0
