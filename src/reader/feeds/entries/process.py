"""Having feeds and pages parsed by a process, `child`: it is started here, and started again where it has ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime
from typing import Any

from reader.base.pipes import raising_broken_pipes
from reader.feeds.errors import FeedParseError
from reader.feeds.model import Enclosure, Entry, FoundFeed, ParsedFeed, Picture
from reader.stories.limits import FEED_BYTES, FEED_CPU_SECONDS


class FeedReader:
    """Has a process parse feeds and pages, one at a time. Threads that use it wait for each other.

    Args:
        seconds: how many seconds of processor time each may take.
    """

    def __init__(self, seconds: float = FEED_CPU_SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> FeedReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_closed = True
        self._end()

    def _end(self) -> None:
        """End the process. A thread that waits for its answer gets an error."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with raising_broken_pipes(), suppress(OSError):  # what is left of an order may not be sent yet
                        pipe.close()
            child.wait()

    def read(self, data: bytes, url: str, content_type: str = "") -> ParsedFeed:
        """Parse a feed; as `parse_feed`.

        Raises:
            FeedParseError: it cannot be parsed, or that took too much time or memory.
        """
        return _feed(self._answer_to(data, {"kind": "feed", "url": url, "type": content_type})["feed"])

    def feeds_of_page(self, data: bytes, url: str) -> list[FoundFeed]:
        """The feeds that a page names; as `discovery.feeds_of_page`.

        Raises:
            FeedParseError: parsing it took too much time or memory.
        """
        return [FoundFeed(*one) for one in self._answer_to(data, {"kind": "page", "url": url})["page"]]

    def text_of_page(self, data: bytes, url: str) -> str:
        """The text on an article's page; as `text.text_of_page`.

        Raises:
            FeedParseError: it cannot be parsed, or that took too much time or memory.
        """
        return str(self._answer_to(data, {"kind": "text", "url": url})["text"])

    def article_of_page(self, data: bytes, url: str, content_type: str) -> Entry:
        """What a page says of itself; as `page.article_of_page`.

        Raises:
            FeedParseError: it has no headline, or parsing it took too much time or memory.
        """
        return _entry(self._answer_to(data, {"kind": "article", "url": url, "type": content_type})["article"])

    def _answer_to(self, data: bytes, asked: dict[str, object]) -> dict[str, Any]:
        """Have the process parse some bytes; gives its answer, a mapping with the kind of what was asked."""
        if len(data) > FEED_BYTES:
            raise FeedParseError(f"larger than {FEED_BYTES / 1e6:,.0f} MB")
        order = json.dumps({**asked, "bytes": len(data)}).encode()
        with self._lock:
            child = self._running()
            assert child.stdin is not None  # noqa: S101 — a pipe
            assert child.stdout is not None  # noqa: S101 — as well
            try:
                with raising_broken_pipes():
                    child.stdin.write(order + b"\n" + data)
                    child.stdin.flush()
                answer = child.stdout.readline()
            except (OSError, ValueError):
                answer = b""
            if not answer.endswith(b"\n"):
                code = child.wait()
                self._end()
                raise FeedParseError("it takes too long to read" if code == -signal.SIGPROF else "reading it failed")
        value: dict[str, Any] = json.loads(answer)
        if "error" in value:
            raise FeedParseError(value["error"])
        return value

    def _running(self) -> subprocess.Popen[bytes]:
        if self._is_closed:
            raise FeedParseError("it is read no more")
        if self._child is None or self._child.poll() is not None:
            self._end()
            command = [sys.executable, "-P", "-m", "reader.feeds.entries.child", str(self._seconds)]
            try:
                self._child = subprocess.Popen(  # noqa: S603 — this program itself
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            except OSError as error:
                raise FeedParseError(f"it cannot be read: {error.strerror}") from error
        return self._child


def _feed(value: list[Any]) -> ParsedFeed:
    """A feed from JSON, in which tuples are lists, and times are texts."""
    feed = ParsedFeed(*value)
    return feed._replace(entries=tuple(map(_entry, feed.entries)))


def _entry(value: Any) -> Entry:
    entry = Entry(*value)
    return entry._replace(
        published=datetime.fromisoformat(str(entry.published)) if entry.published else None,
        authors=tuple(entry.authors),
        topics=tuple(entry.topics),
        pictures=tuple(Picture(*one) for one in entry.pictures),
        enclosures=tuple(Enclosure(*one) for one in entry.enclosures),
    )
