"""Naughty strings in every field reach a real terminal as text, and as nothing else."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from hostile.escapes import outside, tokens
from hostile.naughty import OWN, strings, write_library
from support import Desk, Terminal

ESC = "\x1b[27u"
"""As newer terminals send it: no key that follows can be taken for a part of it, however late both are read."""

PAGES = 6
PAGE_DOWN = "\x1b[6~"


def quiet(terminal: Terminal, seconds: float = 0.08) -> None:
    """Take in what is drawn, until nothing is for a while."""
    while terminal.read(seconds):
        pass


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (b"\x1b[31;1mtext\x1b[0m \x1b[12;40H\x1b[?25l\x1b[?2026h\r\n", []),
        ("Ærø – 日本 ␛[31m".encode(), []),
        (b"\x1b]0;title\x07", ["\x1b]0;title\x07"]),
        (b"\x1b]8;;https://a.test\x1b\\x", ["\x1b]8;;https://a.test\x1b\\"]),
        (b"\x1b[2q\x1bc\x1b[6;5t\x1b[?47h", ["\x1b[2q", "\x1bc", "\x1b[6;5t", "\x1b[?47h"]),
        (b"\x07\x08", ["\x07", "\x08"]),
        ("\x9b31m\u202e\u200b".encode(), ["\x9b", "\u202e", "\u200b"]),
        (b"\xff", ["\udcff"]),
        (b"a\x1b", ["\x1b"]),
    ],
)  # fmt: skip
def test_the_list_of_what_may_be_sent_tells_one_from_the_other(sent: bytes, found: list[str]) -> None:
    assert outside(sent) == found
    assert "".join(tokens(sent)).encode("utf-8", "surrogateescape") == sent


def press(terminal: Terminal, key: str, sign: str, seconds: float = 30) -> None:
    """Press a key, and wait until a sign is drawn. (pyte's own screen loses its way among marks without a letter.)"""
    start, end = len(terminal.raw), time.monotonic() + seconds
    terminal.send(key)
    while sign.encode() not in terminal.raw[start:]:
        assert time.monotonic() < end, f"waited in vain for {sign!r} after {key!r}"
        terminal.read(0.05)


def look_at(terminal: Terminal, key: str, sign: str) -> None:
    """Open a dialog, which shows a sign; go down a page in it; and close it, which draws all panes anew."""
    press(terminal, key, sign)
    quiet(terminal)  # it stands: what is pressed now is not for the list any more
    terminal.send(PAGE_DOWN)
    quiet(terminal)
    press(terminal, ESC, " Story ")
    quiet(terminal)


def scroll_to(terminal: Terminal, sign: str) -> None:
    """Scroll down and up until a sign was drawn: the file may come late, and not every page is drawn."""
    end = time.monotonic() + 60
    for key in itertools.cycle([" "] * 10 + ["K"] * 10):
        if sign.encode() in terminal.raw:
            return
        assert time.monotonic() < end, f"{sign!r} is not on the screen"
        terminal.send(key)
        quiet(terminal, 0.15)


@pytest.mark.parametrize(
    ("texts", "together"),  # so many of the strings in each story: all of them are on the screen with few keys
    [
        pytest.param(OWN[::3], 9, id="few"),
        pytest.param(OWN, 20, id="own", marks=pytest.mark.long),
        pytest.param(strings(), 48, id="all", marks=pytest.mark.long),
    ],
)
def test_nothing_but_text_and_the_screens_own_sequences_reaches_the_terminal(
    desk: Desk, tmp_path: Path, texts: Sequence[str], together: int
) -> None:
    folder = tmp_path / "news \x1b]0;a\x07\u202e"
    stories = write_library(folder, texts, together=together)
    terminal = desk.start(str(folder), "-q", "-\x1b[31mx\u202e", size=(150, 100))  # long pages: few keys
    terminal.wait_for(f"{stories} stories")
    terminal.draws = False
    press(terminal, ESC, "all stories")
    quiet(terminal)
    terminal.send("d")
    quiet(terminal)
    for key, sign in (("!", "Problems"), ("i", "Overview of"), ("t", "Topics ")):
        look_at(terminal, key, sign)
    for number in reversed(range(stories)):
        terminal.send("=")  # a dialog, or that there is no event
        quiet(terminal)
        terminal.send(ESC)
        quiet(terminal)
        look_at(terminal, "u", " Links ")
        for _ in range(PAGES):
            terminal.send(" ")
            quiet(terminal, 0.03)
        scroll_to(terminal, f"detail{number}")
        for key in ("c", PAGE_DOWN):
            terminal.send(key)
            quiet(terminal)
        if number:
            press(terminal, "\tj", f"list{number - 1}")
    for keys in ("\t", "/"):
        terminal.send(keys)
        quiet(terminal)
    press(terminal, "\x1b[200~\x1b[31m\u202e\x9b31mpasted\x1b[201~", "pasted")
    for keys in (ESC, ESC, "q"):
        terminal.send(keys)
        quiet(terminal, 0.3)
    assert terminal.wait_for_end() == 0
    assert outside(bytes(terminal.raw)) == []
    seen = terminal.raw.decode("utf-8", "replace")
    for word in ("list", "excerpt", "tree", "detail"):
        missed = [number for number in range(stories) if f"{word}{number}" not in seen]
        assert len(missed) <= 1, f"{word} of {missed} was never on the screen"  # a long page may scroll past it
    assert "␛" in seen
