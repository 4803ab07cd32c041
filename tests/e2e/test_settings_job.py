"""Settings from end to end, on a real pseudo-terminal."""

from __future__ import annotations

import pytest

from support import Desk


@pytest.mark.long
def test_keys_and_themes_of_ones_own(desk: Desk) -> None:
    file = desk.home / "config" / "config.toml"
    file.parent.mkdir()
    text = """theme = "paper"
[keys]
"move.first" = "g g"
"app.quit" = "ctrl+x,Q"
"list.search" = "s"
[[themes]]
name = "paper"
dark = false
primary = "#123456"
"""
    file.write_text(text)
    terminal = desk.start(size=(400, 40))  # wide: elsewhere its lines break by the length of the folder's name
    terminal.wait_for("config.toml:5: list.search takes the key s from story.star")
    assert terminal.wait_for_end() == 2

    file.write_text(text.replace('"s"', '"f2"'))
    terminal = desk.start("--fresh")
    terminal.wait_for("40 stories")
    terminal.send("j")
    terminal.wait_for("ctrl+x Quit")
    terminal.send("jg")
    terminal.wait_for(" g First")
    terminal.send("g")
    terminal.wait_for("ctrl+x Quit")
    assert b"38;2;18;52;86" in terminal.raw
    terminal.send("\x1bOQkites")
    terminal.wait_for("No story found for “kites”")
    terminal.send("\x1b")
    terminal.wait_for(lambda text: "kites" not in text and "all stories" in text)
    terminal.send("L\x18")
    assert terminal.wait_for_end() == 0

    terminal = desk.start()
    terminal.wait_for("40 stories")
    terminal.send("Q")
    assert terminal.wait_for_end() == 0
    assert b"38;2;18;52;86" not in terminal.raw
