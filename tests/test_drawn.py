"""The tests' own terminal shows what pyte's shows, whatever is sent and however it is cut."""

from __future__ import annotations

import random

import pyte
import pytest
from pyte.screens import Char

from drawn import DrawnScreen, DrawnStream

SIZE = (30, 8)
PIECES = (
    "\x1b[38;2;18;52;86;48;2;1;2;3m", "\x1b[0m", "\x1b[m", "\x1b[1;4m", "\x1b[7;99m", "\x1b[31;48;5;99m",
    "\x1b[3;4H", "\x1b[H", "\x1b[;9H", "\x1b[99;999H", "\x1b[2J", "\x1b[K", "\x1b[2;6r", "\x1b[?1049h", "\x1b[?25l",
    "\x1b[4h", "\x1b[4l", "\x1b]0;title\x07", "\x1bM",
    "plain words", "│ Ærø ╭─", "日本語", "e\u0301a\u200d", "x" * 40, "\r\n", "\t", "\x07", "\x1b[3\x18", "\x0e", "\x0f",
)  # fmt: skip


def cells(screen: pyte.Screen) -> list[list[Char]]:
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_sent_is_drawn_as_pyte_draws_it(seed: int) -> None:
    chance = random.Random(seed)
    sent = "".join(chance.choices(PIECES, k=120)).encode()
    plain, quick = pyte.Screen(*SIZE), DrawnScreen(*SIZE)
    plain_stream, quick_stream = pyte.ByteStream(plain), DrawnStream(quick)
    while sent:
        length = chance.choice((1, 3, 20, 500))
        for stream in (plain_stream, quick_stream):
            stream.feed(sent[:length])
        sent = sent[length:]
        assert quick.display == ["".join(char.data for char in row) for row in cells(plain)]
    assert cells(quick) == cells(plain)
    assert (quick.cursor.x, quick.cursor.y, quick.cursor.attrs) == (plain.cursor.x, plain.cursor.y, plain.cursor.attrs)


def test_a_new_size_is_shown() -> None:
    screen = DrawnScreen(10, 2)
    DrawnStream(screen).feed(b"one\r\ntwo")
    assert [line.rstrip() for line in screen.display] == ["one", "two"]
    screen.resize(3, 2)
    assert [line.rstrip() for line in screen.display] == ["on", "tw", ""]
