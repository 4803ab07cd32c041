"""One program for the keys of a column: each test leaves the screen as it found it, at the first story."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator

import pytest

from reader.base.paths import sample_folder
from support import Desk, Terminal

ESC, ENTER, TAB, BACK_TAB, BACKSPACE = "\x1b", "\r", "\t", "\x1b[Z", "\x7f"
UP, DOWN, HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
ALT_LEFT, ALT_RIGHT, F1 = "\x1b[1;3D", "\x1b[1;3C", "\x1bOP"
CTRL_D, CTRL_U, CTRL_R, CTRL_P, CTRL_Y = "\x04", "\x15", "\x12", "\x10", "\x19"
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
    """The program, once for the tests of a column."""
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


def tell(terminal: Terminal, keys: str, words: str) -> None:
    """Press keys; some words are said in passing."""
    terminal.send(keys)
    terminal.wait_for_message(words)


def leave(terminal: Terminal, keys: str, words: str) -> None:
    """Press keys; some words go away."""
    terminal.send(keys)
    terminal.wait_for(lambda text: words not in text)


def quiet(terminal: Terminal) -> None:
    """Wait until nothing is drawn any more."""
    while terminal.read(0.25):
        pass
