"""Every key of the left column of the design's table does what the table says, on a real pseudo-terminal."""

from __future__ import annotations

from e2e.keys.conftest import (
    ALL,
    ALT_LEFT,
    ALT_RIGHT,
    BACK_TAB,
    BACKSPACE,
    CTRL_D,
    CTRL_U,
    DOWN,
    END,
    ENTER,
    ESC,
    FIRST,
    HOME,
    PAGE_DOWN,
    PAGE_UP,
    SECOND,
    TAB,
    UP,
    answer,
    cursor,
    go,
    leave,
    page,
    quiet,
    tell,
)
from support import Terminal


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
    answer(terminal, "=", "11 headlines")
    leave(terminal, ESC, "11 headlines")


def test_w_watches(terminal: Terminal) -> None:
    tell(terminal, "w", "watched:")
    tell(terminal, "w", "no longer watched:")


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
