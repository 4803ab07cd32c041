"""Every key of the right column of the design's table does what the table says, on a real pseudo-terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.keys.conftest import (
    ALL,
    CTRL_P,
    CTRL_R,
    CTRL_Y,
    ENTER,
    ESC,
    F1,
    FIRST,
    SECOND,
    THIRD,
    answer,
    go,
    leave,
    quiet,
    sign,
    tell,
)
from support import Desk, Terminal

pytestmark = pytest.mark.long  # the default has the left column, and presses all keys without a terminal


def test_o_opens_the_source(terminal: Terminal, home: Desk) -> None:
    before = len(home.opened)
    terminal.send("o")
    terminal.wait_for(lambda _: len(home.opened) > before)
    assert "crn.com" in home.opened[-1]


def test_O_opens_marks_and_goes_on(terminal: Terminal, home: Desk) -> None:  # noqa: N802
    before = len(home.opened)
    go(terminal, "O", SECOND)
    terminal.wait_for(lambda _: len(home.opened) > before)
    terminal.wait_for("39 unread")
    answer(terminal, "U", "40 unread")


def test_u_lists_links_and_a_digit_opens_one(terminal: Terminal, home: Desk) -> None:
    before = len(home.opened)
    answer(terminal, "u", "source")
    quiet(terminal)
    terminal.send("1")
    terminal.wait_for(lambda _: len(home.opened) > before)


def test_y_Y_copy(terminal: Terminal) -> None:  # noqa: N802
    for key, words in (("y", "Link copied"), ("Y", "Title and link copied")):
        before = terminal.raw.count(b"\x1b]52;c;")
        tell(terminal, key, words)
        terminal.wait_for(lambda _, before=before: terminal.raw.count(b"\x1b]52;c;") > before)  # type: ignore[misc]


def test_r_R_read_one_and_all(terminal: Terminal) -> None:  # noqa: N802
    for key, is_read in (("r", "○"), ("r", "●")):
        terminal.send(key)
        terminal.wait_for(lambda text, is_read=is_read: sign(text) == is_read)  # type: ignore[misc]
    tell(terminal, "R", "40 stories marked read")
    terminal.wait_for(" 0 unread")
    answer(terminal, "U", "40 unread")


def test_s_stars(terminal: Terminal) -> None:
    answer(terminal, "s", "▌★")
    leave(terminal, "s", "▌★")


def test_n_p_go_to_the_unread(terminal: Terminal) -> None:
    go(terminal, "j", SECOND)
    answer(terminal, "r", "39 unread")
    go(terminal, "k", FIRST)
    go(terminal, "n", THIRD)
    go(terminal, "p", FIRST)
    answer(terminal, "U", "40 unread")


def test_U_takes_back(terminal: Terminal) -> None:  # noqa: N802
    answer(terminal, "r", "39 unread")
    answer(terminal, "s", "▌★")
    leave(terminal, "U", "▌★")
    answer(terminal, "U", "40 unread")


def test_ctrl_y_marks_again(terminal: Terminal) -> None:
    answer(terminal, "s", "▌★")
    leave(terminal, "U", "▌★")
    answer(terminal, CTRL_Y, "▌★")
    leave(terminal, "U", "▌★")


def test_V_selects_rows_to_be_marked_together(terminal: Terminal) -> None:  # noqa: N802
    answer(terminal, "Vj", "2 stories selected · Esc leaves")
    tell(terminal, "s", "starred: 2 stories")
    tell(terminal, "U", "no longer starred: 2 stories")
    leave(terminal, ESC, "selected")


def test_M_changes_how_many_lines_a_story_takes(terminal: Terminal) -> None:  # noqa: N802
    tell(terminal, "M", "one line a story")
    tell(terminal, "M", "two lines a headline")
    tell(terminal, "M", "as many lines as there is room for")


def test_backslash_sorts(terminal: Terminal) -> None:
    answer(terminal, "\\", "oldest first")
    while "newest first" not in terminal.text:
        terminal.send("\\")
        quiet(terminal)


def test_a_all_unread_starred(terminal: Terminal) -> None:
    answer(terminal, "s", "▌★")
    answer(terminal, "a", "unread · ")
    answer(terminal, "a", "1 of 40")
    answer(terminal, "a", ALL)
    leave(terminal, "s", "▌★")


def test_z_only_the_story(terminal: Terminal) -> None:
    leave(terminal, "z", "╭─ Stories")
    answer(terminal, "z", "╭─ Stories")


def test_ctrl_r_reads_the_folder_again(terminal: Terminal, home: Desk) -> None:
    new: Path = home.home / "news" / "new.md"
    new.write_text("---\ntitle: Quite new\npublishedDateTime: '2001-01-01T00:00:00Z'\n---\n")
    answer(terminal, CTRL_R, "41 stories")
    new.unlink()
    answer(terminal, CTRL_R, "40 stories")


@pytest.mark.parametrize("key", ["?", F1])
def test_help(terminal: Terminal, key: str) -> None:
    answer(terminal, key, "Into the story")
    leave(terminal, ESC, "Into the story")


@pytest.mark.parametrize("key", [":", CTRL_P])
def test_palette(terminal: Terminal, key: str) -> None:
    answer(terminal, key, "Search for commands")
    leave(terminal, ESC, "Search for commands")


def test_E_one_row_per_event(terminal: Terminal) -> None:  # noqa: N802
    answer(terminal, "E", "by event")
    leave(terminal, "E", "by event")


def test_X_writes_a_briefing(terminal: Terminal) -> None:  # noqa: N802
    answer(terminal, "X", "Write a briefing")
    leave(terminal, ESC, "Write a briefing")


def test_d_shows_all_of_the_front_matter(terminal: Terminal) -> None:
    answer(terminal, "d", "All of the front matter")
    leave(terminal, "d", "All of the front matter")


def test_e_edits_the_file(terminal: Terminal, home: Desk) -> None:
    terminal.send("e")
    terminal.wait_for(lambda _: (home.home / "edited").exists())
    terminal.wait_for(ALL)
    assert (home.home / "edited").read_text().strip().endswith("/2021-08-26-microsoft-changes-power-apps.md")


def test_bar_pipes_the_story(terminal: Terminal) -> None:
    answer(terminal, "|", "Pipe the story")
    answer(terminal, f"head -c 11{ENTER}", "head ended with code 0 · press a key")
    assert "# Microsoft" in terminal.text
    tell(terminal, "j", "Piped to head")


def test_less_and_greater_move_the_split(terminal: Terminal) -> None:
    def width(text: str) -> int:
        return text.splitlines()[2].find("╮╭")

    usual = width(terminal.text)
    terminal.send("<")
    terminal.wait_for(lambda text: 0 < width(text) < usual)
    terminal.send(">")
    terminal.wait_for(lambda text: width(text) >= usual)


def test_L_light_or_dark(terminal: Terminal) -> None:  # noqa: N802
    def ground(_: str) -> str:
        return str(terminal.screen.buffer[5][30].bg)

    usual = ground("")
    terminal.send("L")
    terminal.wait_for(lambda text: ground(text) != usual)
    terminal.send("L")
    terminal.wait_for(lambda text: ground(text) == usual)


@pytest.mark.parametrize("key", ["q", "Q"])
def test_quit(home: Desk, key: str) -> None:
    terminal = home.start(str(home.home / "news"), "--no-watch", "--fresh", size=(60, 12))
    try:
        terminal.wait_for("Microsoft")
        terminal.send(key)
        assert terminal.wait_for_end() == 0
    finally:
        terminal.close()
