"""A morning's work in a large library: what is left unread at its end is exactly what nobody read.

Stories are gone through one by one, searched for, listed by views and by event, marked, and some of the marks taken
back. After each step the header says what it must; the next start and the command line say the same.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import copies
from bench.make_library import make_stories
from bench.story_files import write_library
from support import Desk, Terminal


class Amounts(NamedTuple):
    """How much of all is done: stories in the library, gone through, searches, views, events, marks of three kinds."""

    stories: int
    gone_through: int
    searches: int
    views: int
    events: int
    marks: int
    read: int
    undone: int


SHORT = Amounts(40, 1, 1, 1, 0, 1, 1, 1)
LONG = Amounts(5_000, 50, 5, 3, 5, 3, 4, 3)

ESC, ENTER = "\x1b", "\r"
UNREAD_SIGN = "●"


class Morning:
    """The program, and what is known of its library without asking it.

    Attributes:
        terminal: the program's.
        left: how many stories are unread.
    """

    def __init__(self, terminal: Terminal, stories: int) -> None:
        self.terminal = terminal
        self.stories = stories
        self.left = stories

    @property
    def row(self) -> str:
        """The first line of the row under the list's cursor, from its sign on."""
        return next((line[2:56] for line in self.terminal.text.splitlines() if line[1:2] == "▌"), "")

    @property
    def headline(self) -> str:
        """The beginning of its headline, without what the row's margin says."""
        return self.row[2:40].rstrip(" …▸▾")

    def press(self, keys: str, words: str = "") -> None:
        """Press keys; some words come up, and the story under the cursor stands in the story pane."""
        self.terminal.send(keys)
        if words:
            self.terminal.wait_for(words)
        self.settle()

    def settle(self) -> None:
        """Wait until the header says how many are unread, and all stands still."""
        told = f"{self.stories:,} stories · {self.left:,} unread"
        self.terminal.wait_for(lambda text: told in text.splitlines()[0])
        while self.terminal.read(0.08):
            pass
        assert told in self.terminal.text.splitlines()[0], self.terminal.text

    def read(self, keys: str, stories: int = 1, words: str = "") -> None:
        """Press keys by which some stories are read."""
        self.left -= stories
        self.press(keys, words)

    def read_if_unread(self) -> None:
        """Read the story under the cursor, unless that was read before."""
        if self.row.startswith(UNREAD_SIGN):
            self.read("r", words="read: ")


def triage(morning: Morning, count: int) -> None:
    """Go through some stories: a fifth is read by its key, a fifth is opened, the others are passed by."""
    for number in range(count):
        if number % 5 == 0:
            morning.read("r", words="read: ")
        elif number % 5 == 3:
            morning.read(ENTER)
            morning.press(ESC, "Enter Read")
        before = morning.headline
        morning.terminal.send("j")
        morning.terminal.wait_for(lambda _, before=before: morning.headline != before)  # type: ignore[misc]
    morning.settle()


def search(morning: Morning, queries: list[str]) -> None:
    """Search, read the first that is found, and come back to where that began."""
    before = morning.headline
    for query in queries:
        morning.press(f"/{query}{ENTER}", f"“{query}”")
        morning.read_if_unread()
        morning.press(ESC, "all stories")
        assert morning.headline == before, query


def take_views(morning: Morning, count: int) -> None:
    """List some views, and come back from each."""
    before = morning.headline
    for name in ("Most covered", "Unread", "Today")[:count]:
        morning.press("f", "type to narrow")
        morning.press(f"{name}{ENTER}", f"Stories · {name}")
        morning.press(ESC, "all stories")
        assert morning.headline == before, name


def read_events(morning: Morning, count: int) -> None:
    """List the unread by event, and read some events as a whole."""
    before = morning.headline
    morning.press(f"/has:event is:unread outlets:>=2{ENTER}", "has:event is:unread")
    morning.press("E", "by event")
    for _ in range(count):
        morning.terminal.send("r")
        message = morning.terminal.wait_for("read: ").splitlines()[-1]
        told = re.search(r"read: (\d+) stories", message)
        morning.read("", int(told[1]) if told else 1)
        morning.press("j")
    morning.press("E")
    morning.press(ESC, "all stories")
    assert morning.headline == before


def mark(morning: Morning, amounts: Amounts) -> None:
    """Star some, keep some for later, read some; of these the last are taken back."""
    for key, words in (("s", "starred: "), ("A", "to be read later: ")):
        for _ in range(amounts.marks):
            morning.press(key, words)
            morning.press("j")
    for number in range(amounts.read):
        morning.press("n")
        morning.read("r", words="read: ")
        if number < amounts.read - 1:
            morning.press("j")
    for _ in range(amounts.undone):
        morning.left += 1
        morning.press("U", "unread again: ")


def listed(desk: Desk, folder: Path, query: str) -> int:
    """How many stories the command line lists."""
    command = [sys.executable, "-m", "reader", "list", str(folder), query, "--json"]
    done = copies.run(command, env=desk.environment)
    assert done.returncode in (0, 1), done.stderr
    return len(done.stdout.splitlines())


@pytest.mark.parametrize("amounts", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
def test_what_is_left_unread_in_the_morning_is_unread_at_noon(desk: Desk, amounts: Amounts) -> None:
    made = make_stories(amounts.stories, seed=3, kind="heads")
    folder = desk.home / "news"
    write_library(made, folder)
    (desk.home / "config").mkdir()
    (desk.home / "config" / "config.toml").write_text('mark_read = "on_open"\n')
    topics = list(dict.fromkeys(topic for story in made for topic in story.topics))
    word = max(made[0].title.split(), key=len).strip(".,:?!’'“”\"").lower()
    queries = [f'topic:"{topics[0]}"', word, f"quality:>={made[1].quality}", "is:unread", f'-topic:"{topics[1]}"']

    morning = Morning(desk.start(str(folder), "--no-watch"), amounts.stories)
    morning.settle()
    triage(morning, amounts.gone_through)
    search(morning, queries[: amounts.searches])
    take_views(morning, amounts.views)
    read_events(morning, amounts.events)
    mark(morning, amounts)
    at_the_end = morning.headline
    morning.terminal.send("q")
    assert morning.terminal.wait_for_end() == 0

    again = Morning(desk.start(str(folder), "--no-watch"), amounts.stories)
    again.left = morning.left
    again.settle()
    assert again.headline == at_the_end
    assert listed(desk, folder, "is:unread") == morning.left
    assert (listed(desk, folder, "is:starred"), listed(desk, folder, "is:later")) == (amounts.marks, amounts.marks)
