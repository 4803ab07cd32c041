"""Every key of the design's table does what the table says, on a real pseudo-terminal.

One test per row of either column, all on one program: each leaves the screen as it found it, at the first story.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.base.paths import sample_folder
from support import Desk, Terminal

ESC, ENTER, TAB, BACK_TAB, BACKSPACE = "\x1b", "\r", "\t", "\x1b[Z", "\x7f"
UP, DOWN, HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
ALT_LEFT, ALT_RIGHT, F1 = "\x1b[1;3D", "\x1b[1;3C", "\x1bOP"
CTRL_D, CTRL_U, CTRL_R, CTRL_P = "\x04", "\x15", "\x12", "\x10"

FIRST, SECOND, THIRD = "Microsoft changes Power", "Names and social security", "Power Apps defaults blamed"
ALL = "all stories"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with a browser, an editor and a copy of the sample library."""
    desk = Desk(tmp_path_factory.mktemp("keys"))
    editing = f'case "$1" in *note*) echo "My own words." > "$1";; *) echo "$1" >> "{desk.home}/edited";; esac'
    scripts = {"browser": f'printf "%s\\n" "$@" >> "{desk.home}/opened"', "editor": editing}
    for name, does in scripts.items():
        script = desk.home / name
        script.write_text(f"#!/bin/sh\n{does}\n")
        script.chmod(stat.S_IRWXU)
    (desk.home / "config").mkdir()
    (desk.home / "config" / "config.toml").write_text('mark_read = "never"\n')
    shutil.copytree(sample_folder(), desk.home / "news")
    (desk.home / "news" / "bad.md").write_text("---\ntitle: [\n---\n")
    return desk


@pytest.fixture(scope="module")
def shared_terminal(home: Desk) -> Iterator[Terminal]:
    """The program, once for all tests."""
    terminal = home.start(str(home.home / "news"), "--no-watch", EDITOR=str(home.home / "editor"))
    terminal.wait_for("40 stories")
    terminal.wait_for("event · ")
    yield terminal
    terminal.close()


@pytest.fixture
def terminal(shared_terminal: Terminal) -> Terminal:
    """The program at the first of all stories; where a test left it elsewhere, it is brought back."""
    terminal = shared_terminal
    for _ in range(8):
        terminal.send("g")
        try:
            terminal.wait_for(lambda text: ALL in text and FIRST in cursor(text) and "type to" not in text, 3)
            terminal.wait_for(lambda text: FIRST in page(text), 3)
        except AssertionError:
            terminal.send(ESC)
            terminal.read(0.2)
        else:
            return terminal
    raise AssertionError(f"it cannot be brought back; the screen:\n{terminal.text}")


def cursor(text: str) -> str:
    """The headline under the list's cursor."""
    return next((line[2:54] for line in text.splitlines() if line[1:2] == "▌"), "")


def sign(text: str) -> str:
    """Whether the story under the list's cursor was read."""
    return cursor(text)[:1]


def page(text: str) -> str:
    """The beginning of the story pane."""
    return "\n".join(line.partition("││")[2] for line in text.splitlines()[3:12])


def go(terminal: Terminal, keys: str, title: str) -> None:
    """Press keys; they lead to a story, in the list and in the story pane."""
    terminal.send(keys)
    terminal.wait_for(lambda text: title in cursor(text) and title in page(text))


def answer(terminal: Terminal, keys: str, words: str) -> None:
    """Press keys; some words come up."""
    terminal.send(keys)
    terminal.wait_for(words)


def leave(terminal: Terminal, keys: str, words: str) -> None:
    """Press keys; some words go away."""
    terminal.send(keys)
    terminal.wait_for(lambda text: words not in text)


def quiet(terminal: Terminal) -> None:
    """Wait until nothing is drawn any more."""
    while terminal.read(0.25):
        pass


# The left column.


def test_j_k_down_up(terminal: Terminal) -> None:
    for keys, title in (("j", SECOND), ("k", FIRST), (DOWN, SECOND), (UP, FIRST)):
        go(terminal, keys, title)


def test_g_G_home_end(terminal: Terminal) -> None:  # noqa: N802 — the keys
    for last, first in (("G", "g"), (END, HOME)):
        terminal.send(last)
        terminal.wait_for(lambda text: FIRST not in text)
        go(terminal, first, FIRST)


def test_half_pages_and_pages(terminal: Terminal) -> None:
    for down, up in ((CTRL_D, CTRL_U), (PAGE_DOWN, PAGE_UP)):
        terminal.send(down)
        terminal.wait_for(lambda text: FIRST not in cursor(text) and SECOND not in cursor(text))
        go(terminal, up, FIRST)


def test_J_K_space_scroll_the_story(terminal: Terminal) -> None:  # noqa: N802
    answer(terminal, "d", "All of the front matter")
    for down in ("J", " "):
        terminal.send(down)
        terminal.wait_for(lambda text: FIRST not in page(text) and FIRST in cursor(text))
        terminal.send("K")
        terminal.wait_for(lambda text: FIRST in page(text))
    leave(terminal, "d", "All of the front matter")


def test_tab_h_l_move_between_panes(terminal: Terminal) -> None:
    for forth, back in ((TAB, BACK_TAB), ("l", "h")):
        answer(terminal, forth * 2, "Jump")
        leave(terminal, back * 2, "Jump")


def test_c_to_the_coverage(terminal: Terminal) -> None:
    answer(terminal, "c", "Jump")
    leave(terminal, TAB, "Jump")


def test_v_groups_the_coverage(terminal: Terminal) -> None:
    answer(terminal, "v", "by outlet")
    answer(terminal, "v", "by quality")
    while "by time" not in terminal.text:
        terminal.send("v")
        quiet(terminal)


def test_x_folds_wire_copy(terminal: Terminal) -> None:
    answer(terminal, "/provider:reuters\r", "Reuters copy ×3")
    leave(terminal, "x", "copy ×")
    answer(terminal, "x", "copy ×3")
    answer(terminal, ESC, ALL)


def test_brackets_go_along_the_event(terminal: Terminal) -> None:
    terminal.send("[")
    terminal.wait_for(lambda text: FIRST not in page(text))
    terminal.send("]")
    terminal.wait_for(lambda text: FIRST in page(text))


def test_enter_reads_in_the_list_and_jumps_in_the_tree(terminal: Terminal) -> None:
    terminal.send(ENTER)
    quiet(terminal)
    terminal.send("j")
    quiet(terminal)
    assert FIRST in cursor(terminal.text), "the list had the focus still"
    answer(terminal, TAB, "Jump")
    terminal.send(ENTER)  # the tree's cursor is on the earliest, a story of this library
    terminal.wait_for(lambda text: FIRST not in page(text) and FIRST not in cursor(text))


def test_back_and_forward(terminal: Terminal) -> None:
    answer(terminal, "c", "Jump")
    terminal.send(ENTER)
    terminal.wait_for(lambda text: FIRST not in page(text))
    for keys, is_first in ((BACKSPACE, True), (ALT_RIGHT, False), (ALT_LEFT, True)):
        terminal.send(keys)
        terminal.wait_for(lambda text, is_first=is_first: (FIRST in page(text)) == is_first)  # type: ignore[misc]


def test_t_chooses_topics(terminal: Terminal) -> None:
    answer(terminal, "t", "type to narrow")
    answer(terminal, "polic\r", "14 of 40")
    answer(terminal, "0", ALL)


def test_digits_switch_topics(terminal: Terminal) -> None:
    answer(terminal, "2", "13 of 40")
    answer(terminal, "2", ALL)
    answer(terminal, "1", "14 of 40")
    answer(terminal, "0", ALL)


def test_slash_searches(terminal: Terminal) -> None:
    answer(terminal, "/army", "of 40")
    terminal.wait_for(lambda text: "Army takes" in cursor(text))
    answer(terminal, ESC, ALL)


def test_escape_steps_back(terminal: Terminal) -> None:
    answer(terminal, "1/facial\r", "of 40")
    terminal.wait_for("“facial”")
    leave(terminal, ESC, "“facial”")
    terminal.wait_for("14 of 40")
    answer(terminal, ESC, ALL)


def test_f_F_choose_and_save_views(terminal: Terminal) -> None:  # noqa: N802
    terminal.send("F")
    terminal.wait_for("Save as a view")
    terminal.send(f"Everything{ENTER}")
    terminal.wait_for("Stories · Everything")
    terminal.send("f")
    terminal.wait_for("type to narrow")
    terminal.send(f"most{ENTER}")
    terminal.wait_for("Stories · Most covered")
    terminal.send("f")
    terminal.wait_for("type to narrow")
    terminal.send(f"everyth{ENTER}")
    terminal.wait_for("Stories · Everything")


def test_b_shows_and_hides_the_side_bar(terminal: Terminal) -> None:
    terminal.send("b")
    terminal.wait_for("╭─ Views")
    terminal.wait_for("Watched")
    terminal.send("b")
    terminal.wait_for(lambda text: "╭─ Views" not in text)


def test_equals_sets_headlines_side_by_side(terminal: Terminal) -> None:
    answer(terminal, "=", "10 headlines")
    leave(terminal, ESC, "10 headlines")


def test_w_watches(terminal: Terminal) -> None:
    answer(terminal, "w", "watched:")
    answer(terminal, "w", "no longer watched:")


def test_i_shows_the_overview(terminal: Terminal) -> None:
    answer(terminal, "i", "Overview")
    leave(terminal, ESC, "Overview")


def test_T_N_tags_and_note(terminal: Terminal) -> None:  # noqa: N802
    terminal.send("T")
    quiet(terminal)
    answer(terminal, "mine\r", "tags: mine")
    answer(terminal, "N", "│ My own words.")
    leave(terminal, "U", "│ My own words.")
    leave(terminal, "U", "tags: mine")


def test_exclamation_mark_lists_what_could_not_be_read(terminal: Terminal) -> None:
    assert "! 1 not read" in terminal.text
    answer(terminal, "!", "bad.md")
    leave(terminal, ESC, "bad.md")


# The right column.


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
        answer(terminal, key, words)
        terminal.wait_for(lambda _, before=before: terminal.raw.count(b"\x1b]52;c;") > before)  # type: ignore[misc]


def test_r_R_read_one_and_all(terminal: Terminal) -> None:  # noqa: N802
    for key, is_read in (("r", "○"), ("r", "●")):
        terminal.send(key)
        terminal.wait_for(lambda text, is_read=is_read: sign(text) == is_read)  # type: ignore[misc]
    answer(terminal, "R", "40 stories marked read")
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
    answer(terminal, "j", "Piped to head")


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
