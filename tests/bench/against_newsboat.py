"""Compares the program with newsboat, on the same stories and a pseudo-terminal of the same size.

`python tests/bench/against_newsboat.py [--work FOLDER] [--runs N] [--sizes N ...] [--markdown FILE]`

newsboat reads the stories from one feed that is in its cache already; it never goes to the network.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import words
from bench.command import run
from bench.figures import Figure, milliseconds, ratio
from bench.make_library import make_stories
from bench.measures_keys import ANSWER, DOWN, ESCAPE, PAGE_DOWN, PRESSES
from bench.measures_memory import AT_REST, megabytes
from bench.replay import Replay
from bench.setting import HOUR, Setting, kind_of
from bench.story_files import write_feed
from bench.terminal import Press, Program

SIZES = (5_632, 100_000)

OF_NEWSBOAT = "of newsboat"

SEARCHING = 3.0
"""Seconds without a byte after which newsboat is taken to have found what it searches for."""

_CONFIG = """auto-reload no
reload-threads 1
refresh-on-startup no
confirm-exit no
article-sort-order date-asc
browser true
"""

_FEED = re.compile(rb"All stories")


@dataclass
class Newsboat:
    """newsboat with the stories of a library in its cache.

    Args:
        setting: where it takes place.
        size: stories of the library.
    """

    setting: Setting
    size: int
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.setting.work / f"newsboat-{kind_of(self.size)}-{self.size}"

    @property
    def command(self) -> list[str]:
        """The program, with all its files in the work folder."""
        files = {"-u": "urls", "-C": "config", "-c": "cache.db"}
        return ["newsboat", *(word for option, name in files.items() for word in (option, str(self.folder / name)))]

    @property
    def environment(self) -> dict[str, str]:
        """All that it sees of the world."""
        return self.setting.environment()

    def warm(self) -> None:
        """Make its files, and let it read the feed; what is there from the last time is used again.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        if (self.folder / "warm").exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        feed = self.folder / "all.xml"
        write_feed(make_stories(self.size, kind=kind_of(self.size)), feed)
        (self.folder / "urls").write_text(f"{feed.as_uri()}\n")
        (self.folder / "config").write_text(_CONFIG)
        self.setting.say(f"newsboat reads {self.size:,} stories")
        subprocess.run(
            [*self.command, "-x", "reload"], env=self.environment, check=True, capture_output=True, timeout=HOUR
        )
        (self.folder / "warm").touch()

    def start(self) -> Program:
        """Start it."""
        return Program(self.command, self.environment)

    def start_to_articles(self, program: Program, article: re.Pattern[bytes]) -> tuple[float, float]:
        """The seconds from the start to its list of feeds, and from Enter to the list of articles."""
        feeds = program.wait_for(_FEED) - program.started
        program.until_silent(0.2)
        seen = len(program.chunks)
        opened = program.press(b"\r")
        return feeds, program.wait_for(article, since=seen) - opened.at


def compare(setting: Setting, size: int) -> Iterator[Figure]:
    """Compare both on one library."""
    folder = setting.warm(setting.library(size))
    newsboat = Newsboat(setting, size)
    newsboat.warm()
    yield from _starts(setting, newsboat, folder, size)
    theirs = _keys_of_newsboat(setting, newsboat, _word(setting.headline(folder)))
    ours = _keys_of_reader(setting, folder)
    for name, seconds in theirs.items():
        figure = Figure(f"newsboat: {name}", size, milliseconds(seconds))
        yield figure
        mine = Figure(f"reader: {name}", size, milliseconds(ours[name]))
        yield Figure(mine.name, size, mine.values, ratio=ratio(mine, figure, OF_NEWSBOAT))


def _starts(setting: Setting, newsboat: Newsboat, folder: Path, size: int) -> Iterator[Figure]:
    """From the start to a list of articles, in turns, and the memory that is held then."""
    headline = setting.headline(folder)
    article = _word(headline)
    feeds: list[float] = []
    theirs: list[float] = []
    ours: list[float] = []
    their_memory: list[float] = []
    our_memory: list[float] = []
    for number in range(setting.runs + 1):
        with newsboat.start() as program:
            to_feeds, to_articles = newsboat.start_to_articles(program, article)
            program.rest(AT_REST if number == 1 else 0)
            memory = megabytes(program)
        with setting.screen(folder) as program:
            started = program.wait_for(headline) - program.started
            program.rest(AT_REST if number == 1 else 0)
            own_memory = megabytes(program)
        if number:  # the first one warms the caches of the system
            feeds.append(to_feeds)
            theirs.append(to_feeds + to_articles)
            ours.append(started)
        if number == 1:
            their_memory, our_memory = [memory[1]], [own_memory[1]]
    yield Figure("newsboat: start to its feeds", size, milliseconds(feeds))
    yield from _pair("start to the articles", size, milliseconds(theirs), milliseconds(ours), "ms")
    yield from _pair("memory with children", size, their_memory, our_memory, "MB")


def _pair(name: str, size: int, theirs: Sequence[float], ours: Sequence[float], unit: str) -> Iterator[Figure]:
    other = Figure(f"newsboat: {name}", size, theirs, unit)
    own = Figure(f"reader: {name}", size, ours, unit)
    yield other
    yield Figure(own.name, size, ours, unit, ratio=ratio(own, other, OF_NEWSBOAT))


def _word(headline: re.Pattern[bytes]) -> re.Pattern[bytes]:
    """One word of a headline: between words, newsboat may move instead of writing a blank."""
    return re.compile(max(headline.pattern.replace(b"\\", b"").split(), key=len))


def _keys_of_newsboat(setting: Setting, newsboat: Newsboat, article: re.Pattern[bytes]) -> dict[str, list[float]]:
    """Seconds from a key to the last byte."""
    with newsboat.start() as program:
        newsboat.start_to_articles(program, article)
        program.until_silent(0.5)
        down = [program.press(DOWN) for _ in range(PRESSES)]
        pages = [program.press(PAGE_DOWN) for _ in range(PRESSES)]
        letters: list[Press] = []
        answers: list[Press] = []
        for _ in range(setting.runs):
            program.press(b"/", silence=ANSWER)
            letters += [program.press(letter.encode()) for letter in words.COMMON_WORD]
            answers.append(program.press(b"\r", silence=SEARCHING, seconds=60))
            program.press(b"q", silence=SEARCHING, seconds=60)
    return {
        "cursor down, rows drawn": [press.last_byte for press in down],
        "page down, rows drawn": [press.last_byte for press in pages],
        "letter of a search, shown": [press.last_byte for press in letters],
        "search, articles found": [press.chunks[-1].at - press.at for press in answers if press.chunks],
    }


def _keys_of_reader(setting: Setting, folder: Path) -> dict[str, list[float]]:
    """Seconds from a key to the rows; a search is answered at each letter."""
    with setting.rested(folder) as program:
        down = [program.press(DOWN) for _ in range(PRESSES)]
        pages = [program.press(PAGE_DOWN) for _ in range(PRESSES)]
        letters: list[Press] = []
        for _ in range(setting.runs):
            program.press(b"/", silence=ANSWER)
            letters += [program.press(letter.encode(), silence=ANSWER) for letter in words.COMMON_WORD]
            program.press(ESCAPE, silence=ANSWER)
        chunks = program.chunks
    drawn = [one.rows for one in Replay(chunks).drawn([*down, *pages, *letters])]
    found = [rows for rows in drawn[2 * PRESSES :] if rows is not None]
    return {
        "cursor down, rows drawn": [rows for rows in drawn[:PRESSES] if rows is not None],
        "page down, rows drawn": [rows for rows in drawn[PRESSES : 2 * PRESSES] if rows is not None],
        "letter of a search, shown": [press.echo for press in letters],
        "search, articles found": found,
    }


def compare_all(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Compare both on each library."""
    for size in sizes:
        yield from compare(setting, size)


def main() -> int:
    """Compare on the libraries that the command line names; gives the exit code."""
    if shutil.which("newsboat") is None:
        sys.stdout.write("skipped: newsboat is not installed (the package is `newsboat` in Debian)\n")
        return 0
    return run("Compare the program with newsboat on a pseudo-terminal.", {"newsboat": compare_all}, SIZES, {})


if __name__ == "__main__":
    sys.exit(main())
