"""How long a day of feeds takes: `python tests/bench/fetching.py [FEEDS] [ENTRIES]`.

A server of its own, on this computer, has that many feeds with that many entries each; half of the feeds report what
others report as well. Told are the seconds of `reader fetch`, with the index and the events, and of asking again when
nothing is new, as all servers say. Then a library that has half of it is shown, and `ctrl+r` pressed: told are how long
a key takes at rest and meanwhile, and the screen's memory.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.figures import percentile
from bench.terminal import Program, resident_memory

SOURCE = Path(__file__).parents[2] / "src"
PARAGRAPHS = 8

KEYS, ASK, PAUSE, PRESSES = (b"j", b"k"), b"\x12", 0.15, 60
"""The keys that are pressed, the one that has the feeds asked, seconds between two, and how often at rest."""

ASKED = rb"new stor|Nothing new"
"""What is told when all feeds have been asked."""

MOST_SECONDS = 300
WORDS = """
    harbour council vote bridge storm rail budget school hospital market energy court strike museum festival water tower
    road election company merger profit research vaccine satellite museum border treaty minister
"""


def vocabulary() -> list[str]:
    """Words of English, the most frequent first."""
    text = files("reader.coverage.likeness").joinpath("english.txt").read_text(encoding="utf-8")
    return [word for word in re.findall(r"[a-z]+", text) if len(word) > 1]


class Writer:
    """Writes news with words as frequent as in English, and with names; always the same for a number.

    Args:
        number: of what is written.
        words: of English, the most frequent first.
    """

    def __init__(self, number: str, words: Sequence[str]) -> None:
        self._choose = random.Random(number)
        self._words = words

    def word(self) -> str:
        """A word; the nth is n times as rare as the first."""
        return self._words[int(len(self._words) ** self._choose.random()) - 1]

    def sentence(self, length: int) -> str:
        """A sentence with a name in it."""
        name = "".join(self._choose.choice(["ka", "ro", "mi", "tel", "bor", "sund", "wick"]) for _ in range(3))
        return " ".join([name.capitalize(), *(self.word() for _ in range(length - 1))])

    def text(self) -> str:
        """The text of an article, with markup."""
        return "".join(
            f"<p>{self.sentence(60)}. <a href='/more'>{self.sentence(3)}</a> <b>{self.sentence(4)}</b></p>"
            for _ in range(PARAGRAPHS)
        )


def feed(number: int, feeds: int, entries: int, words: Sequence[str]) -> bytes:
    """An RSS feed; those of the second half report what those of the first do, in other words but for the headlines."""
    items = []
    for entry in range(entries):
        event = Writer(f"{number % (feeds // 2 or 1)}-{entry}", words)
        headline, excerpt, own = event.sentence(9), event.sentence(14), Writer(f"own {number}-{entry}", words)
        items.append(
            f"<item><title>{headline} {own.word()}</title><link>https://outlet{number}.test/{entry}</link>"
            f"<guid isPermaLink='false'>{number}-{entry}</guid><category>{words[100 + entry]}</category>"
            f"<pubDate>{1 + entry % 27:02} Nov 2026 {entry % 24:02}:00:00 GMT</pubDate>"
            f"<description>{excerpt} {own.sentence(16)}.</description>"
            f"<content:encoded><![CDATA[{own.text()}]]></content:encoded></item>"
        )
    head = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    text = f"{head}<channel><title>Outlet {number}</title><link>https://outlet{number}.test/</link>{''.join(items)}"
    return f"{text}</channel></rss>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers for all feeds, from memory."""

    protocol_version = "HTTP/1.1"
    feeds: list[bytes]

    def do_GET(self) -> None:
        body, etag = self.feeds[int(self.path[1:])], f'"{self.path}"'
        is_known = self.headers.get("If-None-Match") == etag
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", etag)
        if not is_known:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not is_known:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the base class's name
        pass


def serve(feeds: int, entries: int, out: Connection) -> None:
    """Run the server, and say at which port."""
    words = vocabulary()
    Handler.feeds = [feed(number, feeds, entries, words) for number in range(feeds)]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    out.send(server.server_port)
    server.serve_forever()


def surroundings(home: Path) -> dict[str, str]:
    """What the program sees of the world."""
    return {
        **os.environ, "PYTHONPATH": str(SOURCE), "HOME": str(home), "READER_DATA_DIR": str(home / "data"),
        "READER_CACHE_DIR": str(home / "cache"), "READER_CONFIG_DIR": str(home / "config"), "TERM": "xterm-256color",
    }  # fmt: skip


def timed(*arguments: str, home: Path) -> float:
    """Run the program; gives seconds."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "reader", *arguments], env=surroundings(home), capture_output=True, check=True
    )
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{seconds:8.2f} s  reader {arguments[0]}: {done.stderr.decode().splitlines()[-1]}\n")
    return seconds


def subscribe(library: Path, port: int, feeds: int) -> None:
    """Write the subscriptions of a library."""
    library.mkdir(exist_ok=True)
    outlines = "".join(f'<outline xmlUrl="http://127.0.0.1:{port}/{number}"/>' for number in range(feeds))
    (library / "feeds.opml").write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")


def on_screen(library: Path, home: Path) -> None:
    """Measure keys and memory of the screen at rest, and while it asks the feeds."""
    command = [sys.executable, "-m", "reader", str(library)]
    with Program(command, surroundings(home)) as program:
        program.wait_for(re.compile(rb"stories"))
        program.rest(5)
        rest = [program.press(KEYS[number % 2], PAUSE).echo for number in range(PRESSES)]
        before, memory = len(program.chunks), [resident_memory(program.pid)]
        busy: list[float] = []
        program.send(ASK)
        end = time.perf_counter() + MOST_SECONDS
        while not re.search(ASKED, b"".join(chunk.data for chunk in program.chunks[before:])):
            busy.append(program.press(KEYS[len(busy) % 2], PAUSE).echo)
            memory.append(resident_memory(program.pid))
            if time.perf_counter() > end:
                raise TimeoutError("the feeds were not asked in time")
    p90_rest, p90_busy = percentile(rest, 0.9), percentile(busy, 0.9)
    sys.stdout.write(
        f"keys p90: {p90_rest * 1_000:.0f} ms at rest, {p90_busy * 1_000:.0f} ms while feeds are asked "
        f"({p90_busy / p90_rest:.2f} times, {len(busy)} keys); memory at most {max(memory) / 1e6:.0f} MB\n"
    )


def main(feeds: int = 200, entries: int = 25) -> None:
    """Measure, and print."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(feeds, entries, theirs), daemon=True)
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        subscribe(home / "library", port, feeds)
        timed("fetch", str(home / "library"), home=home)
        timed("fetch", str(home / "library"), home=home)
        subscribe(home / "shown", port, feeds // 2)
        timed("fetch", str(home / "shown"), home=home)
        subscribe(home / "shown", port, feeds)
        on_screen(home / "shown", home)
    server.kill()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
