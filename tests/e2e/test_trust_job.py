"""What the program does not do behind a person's back, on a real pseudo-terminal."""

from __future__ import annotations

from functools import partial

import pytest

from contrast import too_faint_on
from support import Desk, Terminal

pytestmark = pytest.mark.versions

ESC = "\x1b"


def rest(terminal: Terminal) -> None:
    """Take in what is drawn until nothing more is."""
    while terminal.read(0.3):
        pass


@pytest.mark.long
def test_light_and_dark_are_drawn_at_once(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("earliest known")
    for keys in ("", "d", "c", ESC, "E", "z"):
        terminal.send(keys)
        rest(terminal)
        for ground in ("fbfbf9", "16181d"):
            terminal.send("L")
            terminal.wait_for(lambda _, ground=ground: terminal.screen.buffer[20][2].bg == ground)  # type: ignore[misc]
            rest(terminal)
            assert not too_faint_on(terminal.screen), (keys, ground)


def headline_at_cursor(terminal: Terminal) -> str:
    """The beginning of the headline of the row under the list's cursor."""
    row = next(line for line in terminal.text.splitlines() if line.startswith("│▌"))
    return row[4:30].strip()


def go(terminal: Terminal, keys: str, words: str) -> str:
    """Press keys, wait for some words on the screen, and give the headline under the cursor then."""
    terminal.send(keys)
    terminal.wait_for(words)
    rest(terminal)
    return headline_at_cursor(terminal)


def told(terminal: Terminal, keys: str, words: str) -> str:
    """As `go`, for words that are said in passing."""
    terminal.send(keys)
    terminal.wait_for_message(words)
    rest(terminal)
    return headline_at_cursor(terminal)


@pytest.mark.long
def test_the_place_is_kept(desk: Desk) -> None:
    config = desk.home / "config"
    config.mkdir()
    (config / "config.toml").write_text('mark_read = "never"\n[[views]]\nname = "Best"\nsort = "quality"\n')
    terminal = desk.start()
    terminal.wait_for("40 stories")
    first = go(terminal, "", "earliest known")
    go(terminal, "/after:2021-05-08\r", "of 40")
    last_marked = told(terminal, "RG", "marked read")
    assert go(terminal, ESC, "all stories") == first
    next_unread = go(terminal, "n", "all stories")
    assert next_unread not in (first, last_marked)
    assert go(terminal, "g", "all stories") == first
    assert go(terminal, "a", "unread · ") == next_unread, "the next one below that is left"
    assert go(terminal, "aa", "all stories") == first

    there = go(terminal, "jjjjjjj", "all stories")
    assert there != first
    go(terminal, "/police\rj", "of 40")
    assert go(terminal, ESC, "all stories") == there
    go(terminal, "fbest\r", "Stories · Best")
    assert terminal.text.splitlines()[3].startswith("│▌"), "a view begins at its top"
    assert go(terminal, ESC, "newest first · all stories") == there
    go(terminal, "\\", "oldest first")
    assert terminal.text.splitlines()[3].startswith("│▌"), "another order begins at its top"
    terminal.send("q")
    assert terminal.wait_for_end() == 0


def unread(terminal: Terminal) -> int:
    """How many stories the header counts as unread."""
    return int(terminal.text.partition(" unread")[0].rsplit(" ", 1)[-1])


@pytest.mark.long
def test_only_what_was_read_is_marked_and_only_what_was_decided_is_taken_back(desk: Desk) -> None:
    config = desk.home / "config"
    config.mkdir()
    (config / "config.toml").write_text("mark_read_seconds = 0.5\n")
    terminal = desk.start()
    terminal.wait_for("earliest known")
    for keys, words in (("/police\r", "of 40"), (ESC, "all stories"), ("\\", "oldest"), ("1", "of 40"), ("0", "all")):
        go(terminal, keys, words)
        terminal.read(1)
        assert unread(terminal) == 40, keys
    told(terminal, "s", "starred: ")
    terminal.send("jj")
    terminal.wait_for("39 unread")
    told(terminal, "U", "no longer starred: ")
    assert unread(terminal) == 39
    assert "★" not in terminal.text
    go(terminal, "\x19", "★")
    assert unread(terminal) == 39
    terminal.send("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("size", [(40, 12), pytest.param((80, 24), marks=pytest.mark.long)])
def test_what_a_key_shows_is_seen(desk: Desk, size: tuple[int, int]) -> None:
    terminal = desk.start(size=size)
    terminal.wait_for("Microsoft")
    rest(terminal)
    terminal.send("d")
    terminal.wait_for("All of the front matter")
    terminal.send("d")
    terminal.wait_for(lambda text: "All of the front matter" not in text)
    terminal.send("I")
    words = ("no image", "is not shown", "fetching")
    terminal.wait_for(lambda _: any(word in terminal.said for word in words))


def test_a_query_that_cannot_be_meant_is_told(desk: Desk) -> None:
    terminal = desk.start(size=(100, 30))
    terminal.wait_for("40 stories")
    for text, told in (("topcs:ai", "no field is called “topcs”; did you mean topic:?"), ("foo:bar", "no field is")):
        terminal.send(f"/{text}")
        terminal.wait_for(told)
        rest(terminal)
        assert "No story found" not in terminal.text
        terminal.send(ESC)
        terminal.wait_for(lambda text, told=told: told not in text)  # type: ignore[misc]
    terminal.send("/is:")
    terminal.wait_for("/ is:")
    rest(terminal)
    assert "newest first · all stories" in terminal.text
    terminal.resize(44, 16)
    terminal.send("gone")
    terminal.wait_for("is needs one of")
    terminal.wait_for(lambda text: "…" in text.splitlines()[2])  # what is cut has a sign of it


def test_what_is_typed_wrong_on_the_command_line_is_told(desk: Desk) -> None:
    for argument, told, meant in (("lst", "did you mean list?", "list"), ("--fersh", "Did you mean", "--fresh")):
        terminal = desk.start(argument)
        assert meant in terminal.wait_for(told)
        assert terminal.wait_for_end() == 2
        assert "reader read" not in terminal.text


def _says_of_the_row(does: str, sign: str, screen: str) -> bool:
    """Whether the key bar says what Enter does, and the row of the cursor has its sign: they are drawn one by one."""
    row = next((line for line in screen.splitlines() if "││▌" in line), "")
    return f"Enter {does}" in screen and sign in row.rpartition("││▌")[2]


def test_what_stands_on_the_screen_is_so(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("earliest known")
    terminal.send("E")
    terminal.wait_for("newest first · by event · ")
    terminal.wait_for(" rows · all stories")
    terminal.send("\x1b[C")
    terminal.wait_for("▾")
    terminal.send("c")
    for does, sign in (("Jump", "⌂"), ("Open", "↗")):
        terminal.wait_for(partial(_says_of_the_row, does, sign))
        terminal.send("j")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    again = desk.start()
    again.wait_for(" rows · all stories")
    again.wait_for("▾")
