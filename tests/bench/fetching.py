"""How long a day of feeds takes: `python tests/bench/fetching.py [FEEDS] [ENTRIES]`.

A server of its own, on this computer, has that many feeds with that many entries each; half of the feeds report what
others report as well. Told are the seconds of `reader fetch`, of bringing the index and the events up to date, and of
asking again when nothing is new, when all servers say so.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
PARAGRAPHS = 8
WORDS = """
    harbour council vote bridge storm rail budget school hospital market energy court strike museum festival water tower
    road election company merger profit research vaccine satellite museum border treaty minister
"""


def feed(number: int, entries: int) -> bytes:
    """An RSS feed; its entries have text with markup, as long as those of newspapers."""
    choose = random.Random(number)
    words = WORDS.split()

    def sentence(length: int) -> str:
        return " ".join(choose.choice(words) for _ in range(length)).capitalize()

    items = []
    for entry in range(entries):
        body = "".join(
            f"<p>{sentence(60)}. <a href='/more/{entry}'>{sentence(3)}</a> <b>{sentence(4)}</b></p>"
            for _ in range(PARAGRAPHS)
        )
        items.append(
            f"<item><title>{sentence(8)}</title><link>https://outlet{number}.test/{entry}</link>"
            f"<guid isPermaLink='false'>{number}-{entry}</guid><category>{choose.choice(words)}</category>"
            f"<pubDate>{1 + entry % 27:02} Nov 2026 {entry % 24:02}:00:00 GMT</pubDate>"
            f"<description>{sentence(30)}.</description>"
            f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
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
    Handler.feeds = [feed(number, entries) for number in range(feeds)]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    out.send(server.server_port)
    server.serve_forever()


def timed(*arguments: str, home: Path) -> float:
    """Run the program; gives seconds."""
    variables = {
        **os.environ, "PYTHONPATH": str(SOURCE), "HOME": str(home), "READER_DATA_DIR": str(home / "data"),
        "READER_CACHE_DIR": str(home / "cache"), "READER_CONFIG_DIR": str(home / "config"),
    }  # fmt: skip
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "reader", *arguments], env=variables, capture_output=True, check=True)
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{seconds:8.2f} s  reader {arguments[0]}: {done.stderr.decode().splitlines()[-1]}\n")
    return seconds


def main(feeds: int = 200, entries: int = 25) -> None:
    """Measure, and print."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(feeds, entries, theirs), daemon=True)
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        library = home / "library"
        library.mkdir()
        outlines = "".join(f'<outline xmlUrl="http://127.0.0.1:{port}/{number}"/>' for number in range(feeds))
        (library / "feeds.opml").write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")
        timed("fetch", str(library), home=home)
        timed("check", str(library), home=home)
        timed("fetch", str(library), home=home)
    server.kill()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
