"""Commands and images on a pseudo-terminal."""

from __future__ import annotations

import time

import pytest

from support import Desk, Terminal
from web import png, serving


@pytest.mark.long
def test_a_story_is_piped_to_commands_on_the_terminal(desk: Desk) -> None:
    page = desk.home / "less"  # a name that is known for drawing on the whole terminal
    page.write_text("#!/bin/sh\nhead -c 9\nread key < /dev/tty\necho got $key\nsleep 1\n")
    page.chmod(0o700)
    terminal = desk.start()
    terminal.wait_for("40 stories")
    terminal.send("|")
    terminal.wait_for("Pipe the story")
    terminal.send("head -c 1\r")
    terminal.wait_for("head ended with code 0 · press a key")
    assert "#" in terminal.text
    terminal.send("j")  # this key goes on, and moves nothing
    terminal.wait_for_message("Piped to head")
    terminal.send("|")
    terminal.wait_for("lately:")
    terminal.send(f"{page}\r")
    terminal.wait_for("# Microso")
    terminal.send("x\n")
    terminal.wait_for("got x")
    terminal.wait_for_message("Piped to less")  # no key is needed where a page was left by one
    terminal.send("|")
    terminal.wait_for("lately:")
    (desk.home / "endless").write_text("123000\n")
    terminal.send(f"tail -f {desk.home}/endless\r")
    terminal.wait_for("123000")
    terminal.process.sendintr()
    terminal.wait_for("press a key")
    terminal.send("x")
    terminal.wait_for_message("tail was ended by SIGINT")
    terminal.wait_for(lambda text: "press a key" not in text)
    terminal.send("q")
    assert terminal.wait_for_end() == 0


def wait_for_raw(terminal: Terminal, sign: bytes, start: int = 0) -> int:
    """Wait until the program has sent something; gives the place after it."""
    end = time.monotonic() + 30
    while (at := terminal.raw.find(sign, start)) < 0:
        assert time.monotonic() < end, terminal.text
        terminal.read(0.02)
    return at + len(sign)


@pytest.mark.long
def test_an_image_is_drawn_where_the_terminal_can(desk: Desk) -> None:
    pytest.importorskip("textual_image")
    (desk.home / "config").mkdir()
    (desk.home / "config" / "config.toml").write_text('images = "on_key"\nown_hosts = ["127.0.0.1"]\n')
    with serving() as web:
        url = web.serve("/a.png", png(40, 40))
        news = desk.home / "news"
        news.mkdir()
        (news / "one.md").write_text(f"---\ntitle: First\ndate: 2024-05-01\nimages: [{{url: '{url}'}}]\n---\n")
        terminal = desk.start(str(news), "--no-watch")
        terminal.wait_for("1 story")
        terminal.wait_for("▣ image")
        assert web.asked == []
        terminal.send("I")
        at = 0
        for _ in range(2):  # we ask, and so does the library
            at = wait_for_raw(terminal, b"\x1b[c", at)
            terminal.send("\x1b[?62;4c")
        wait_for_raw(terminal, b"\x1b[16t", at)
        terminal.send("\x1b[6;20;10t")
        wait_for_raw(terminal, b"\x1bP", at)  # the beginning of an image as sixels
        terminal.wait_for("╭─ image")
        terminal.send("I")
        terminal.wait_for(lambda text: "╭─ image" not in text)
        assert web.asked == ["/a.png"]
        terminal.send("q")
        assert terminal.wait_for_end() == 0
