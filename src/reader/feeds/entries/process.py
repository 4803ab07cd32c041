"""The other side of `child`: it starts the process that reads feeds, and starts another where one has fallen over."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime
from typing import Any

from reader.feeds.errors import FeedParseError
from reader.feeds.model import Enclosure, Entry, FoundFeed, ParsedFeed, Picture
from reader.stories.limits import FEED_BYTES, FEED_CPU_SECONDS


class FeedReader:
    """Reads feeds in a process of its own, one at a time; a lock lets threads take turns.

    Args:
        seconds: how much of a processor one feed may take.
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
        """End the process. Another thread that waits for it gets an error."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            child.wait()

    def read(self, data: bytes, url: str, content_type: str = "") -> ParsedFeed:
        """Read a feed; as `parse_feed`.

        Raises:
            FeedParseError: it cannot be read, or reading it took too much.
        """
        return _feed(self._answer_to(data, {"kind": "feed", "url": url, "type": content_type})["feed"])

    def feeds_of_page(self, data: bytes, url: str) -> list[FoundFeed]:
        """The feeds that a page names; as `discovery.feeds_of_page`.

        Raises:
            FeedParseError: reading it took too much.
        """
        return [FoundFeed(*one) for one in self._answer_to(data, {"kind": "page", "url": url})["page"]]

    def text_of_page(self, data: bytes, url: str) -> str:
        """The text of an article's page; as `text.text_of_page`.

        Raises:
            FeedParseError: it cannot be read, or reading it took too much.
        """
        return str(self._answer_to(data, {"kind": "text", "url": url})["text"])

    def article_of_page(self, data: bytes, url: str, content_type: str) -> Entry:
        """What a page says of itself; as `page.article_of_page`.

        Raises:
            FeedParseError: it says nothing of the kind, or reading it took too much.
        """
        return _entry(self._answer_to(data, {"kind": "article", "url": url, "type": content_type})["article"])

    def _answer_to(self, data: bytes, asked: dict[str, object]) -> dict[str, Any]:
        """What the process says of some bytes."""
        if len(data) > FEED_BYTES:
            raise FeedParseError(f"larger than {FEED_BYTES / 1e6:,.0f} MB")
        order = json.dumps({**asked, "bytes": len(data)}).encode()
        with self._lock:
            child = self._running()
            assert child.stdin is not None  # noqa: S101 — a pipe
            assert child.stdout is not None  # noqa: S101 — as well
            try:
                child.stdin.write(order + b"\n" + data)
                child.stdin.flush()
                answer = child.stdout.readline()
            except (OSError, ValueError):
                answer = b""
            if not answer.endswith(b"\n"):
                code = child.wait()
                self._end()
                raise FeedParseError("it takes too long to read" if code == -signal.SIGPROF else "reading it failed")
        told: dict[str, Any] = json.loads(answer)
        if "error" in told:
            raise FeedParseError(told["error"])
        return told

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


def _feed(told: list[Any]) -> ParsedFeed:
    """A feed as `json` writes it: tuples are lists, and times are texts."""
    feed = ParsedFeed(*told)
    return feed._replace(entries=tuple(map(_entry, feed.entries)))


def _entry(told: Any) -> Entry:
    entry = Entry(*told)
    return entry._replace(
        published=datetime.fromisoformat(str(entry.published)) if entry.published else None,
        authors=tuple(entry.authors),
        topics=tuple(entry.topics),
        pictures=tuple(Picture(*one) for one in entry.pictures),
        enclosures=tuple(Enclosure(*one) for one in entry.enclosures),
    )
