"""The main job from end to end, by the keyboard alone, on a real pseudo-terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import Desk

pytestmark = pytest.mark.versions

ESC = "\x1b"
BACKSPACE = "\x7f"


def test_reading_the_five_stories(desk: Desk, shared: Path) -> None:
    terminal = desk.start(str(shared / "seeds"))
    terminal.wait_for("5 stories")
    for outlet in ("The Independent", "KnowTechie", "U.S. News", "The Register", "The Financial Times"):
        terminal.wait_for(outlet)

    terminal.send("2")
    terminal.wait_for("newest first")
    terminal.send("0")

    terminal.send("/smile")
    terminal.wait_for("1 of 5")
    terminal.wait_for("Smile, fellow")
    terminal.send(ESC)
    terminal.wait_for("all stories")

    terminal.send("/clearview")
    terminal.wait_for("the coverage of 3")
    terminal.send("\r")
    terminal.wait_for("coverage:clearview")
    terminal.wait_for("3 of 5")
    terminal.send(ESC)
    terminal.wait_for("all stories")

    terminal.send("/smile\r")
    terminal.wait_for("1 of 5")
    terminal.send("c\r")
    terminal.wait_for("not in this list")
    terminal.wait_for("deploys facial recognition in central")
    terminal.send(BACKSPACE)
    terminal.wait_for(lambda text: "not in this list" not in text)
    terminal.send("o")
    terminal.wait_for(lambda _: bool(desk.opened))
    assert desk.opened == ["https://www.theregister.co.uk/2020/02/20/met_police_facial_recognition/"]
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    assert b"\x1b[?1049l" in terminal.raw, "the terminal was not given back"


@pytest.mark.parametrize(
    "size", [(20, 6), *(pytest.param(size, marks=pytest.mark.long) for size in ((120, 40), (80, 24), (40, 12)))]
)
def test_it_starts_resizes_and_ends_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    terminal = desk.start(size=size)
    terminal.wait_for("Microsoft" if size[0] >= 40 else "Micro")
    terminal.send("jjk\tj\t")
    for columns, rows in ((100, 30), (40, 12), (130, 40), size):
        terminal.resize(columns, rows)
        terminal.wait_for(lambda text: "Quit" in text.splitlines()[-1])
    terminal.send("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.long
def test_a_text_browser_gets_the_terminal_and_gives_it_back(desk: Desk) -> None:
    browser = desk.home / "w3m"
    browser.write_text('#!/bin/sh\necho "PAGE $1"\nread line\n')
    browser.chmod(0o700)
    terminal = desk.start(BROWSER=str(browser))
    terminal.wait_for("40 stories")
    terminal.send("o")
    terminal.wait_for("PAGE https://")
    terminal.send("\n")
    terminal.wait_for("40 stories")
    terminal.send("j")
    terminal.wait_for("40 stories")
    terminal.send("q")
    assert terminal.wait_for_end() == 0


def test_without_a_browser_the_link_goes_to_the_clipboard(desk: Desk) -> None:
    terminal = desk.start(BROWSER="")
    environment_has_browser = any((Path(part) / "w3m").exists() for part in desk.environment["PATH"].split(":"))
    if environment_has_browser:
        pytest.skip("a text browser is installed here, and opens links")
    terminal.wait_for("40 stories")
    terminal.send("o")
    terminal.wait_for_message("the link is copied")
    assert b"\x1b]52;c;" in terminal.raw


def test_no_color_draws_no_colour(desk: Desk) -> None:
    terminal = desk.start(NO_COLOR="1")
    terminal.wait_for("40 stories")
    terminal.send("jj")
    terminal.read(0.3)
    colours = {char.fg for row in terminal.screen.buffer.values() for char in row.values()}
    assert all(
        colour == "default" or (len(colour) == 6 and len({colour[0:2], colour[2:4], colour[4:6]}) == 1)
        for colour in colours
    ), colours
    terminal.send("q")
    assert terminal.wait_for_end() == 0


def test_a_dumb_terminal_is_told(desk: Desk) -> None:
    terminal = desk.start(TERM="dumb")
    terminal.wait_for("needs a terminal")
    assert terminal.wait_for_end() == 2


@pytest.mark.long
def test_two_copies_at_once(desk: Desk) -> None:
    shutil.rmtree(desk.home / "cache")  # both read the sample
    first, second = desk.start(), desk.start()
    for terminal in (first, second):
        terminal.wait_for("40 stories")
        terminal.send("G")
    for terminal in (first, second):
        terminal.send("q")
        assert terminal.wait_for_end() == 0


def test_ctrl_c_does_not_leave_the_terminal_broken(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("40 stories")
    terminal.process.sendintr()
    terminal.read(0.3)
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    assert b"\x1b[?1049l" in terminal.raw


def test_a_folder_that_changes_shows_its_changes(desk: Desk) -> None:
    news = desk.home / "news"
    news.mkdir()
    (news / "one.md").write_text("---\ntitle: The first of all\ndate: 2024-05-01\n---\n")
    terminal = desk.start(str(news))
    terminal.wait_for("The first of all")
    terminal.wait_for("1 story")
    (news / "two.md").write_text("---\ntitle: Another one came\ndate: 2024-05-02\n---\n")
    terminal.wait_for("Another one came")
    terminal.wait_for("2 stories")
    (news / "one.md").unlink()
    terminal.wait_for(lambda text: "1 story" in text and "The first of all" not in text)
    terminal.send("q")
    assert terminal.wait_for_end() == 0
