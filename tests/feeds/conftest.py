"""What tests of feeds share: a server that speaks HTTP as those of feeds do, and a clock."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from reader.feeds.fetching import Fetching, FetchReport
from reader.feeds.library import FeedLibrary
from reader.feeds.model import Feed
from reader.feeds.subscriptions.subscriptions import Subscriptions
from web import Web


@dataclass
class Library:
    """A library with feeds, and the time that it is there.

    Attributes:
        folder: its folder.
        now: the time.
    """

    folder: Path
    now: datetime = field(default=datetime(2026, 11, 28, 9, 0, tzinfo=UTC))

    def subscribe(self, *feeds: Feed | str) -> None:
        """Add feeds."""
        library = FeedLibrary(self.folder, lambda: self.now)
        for feed in feeds:
            new = Feed(feed) if isinstance(feed, str) else feed
            library.change(partial(Subscriptions.add, feed=new))

    def fetch(self, *only: Feed, due_only: bool = False) -> FetchReport:
        """Ask them."""
        return Fetching(FeedLibrary(self.folder, lambda: self.now)).run(only, due_only=due_only)

    def later(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)

    @property
    def stories(self) -> list[str]:
        """The files of stories, without their folders."""
        return sorted(path.name for path in (self.folder / "feeds").rglob("*.md"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library without a feed."""
    folder = tmp_path / "library"
    folder.mkdir()
    return Library(folder)


@dataclass
class FeedServer:
    """Serves feeds on the tests' own web.

    Attributes:
        web: it.
        feeds: what is there, by path; may be changed at any time.
        sent: the numbers of all answers.
        asked: the headers of all requests.
    """

    web: Web
    feeds: dict[str, bytes] = field(default_factory=dict)
    sent: list[int] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def serve(self, path: str, data: bytes, *, is_compressed: bool = False, **headers: str) -> str:
        """Have a feed there, with an ETag and a time that change when it does; gives its address."""
        self.feeds[path] = data

        def answer(handler: BaseHTTPRequestHandler) -> None:
            body = self.feeds[path]
            etag = f'W/"{hash(body)} "'
            self.asked.append(dict(handler.headers))
            is_known = handler.headers.get("If-None-Match") == etag
            self.sent.append(304 if is_known else 200)
            handler.send_response(self.sent[-1])
            handler.send_header("ETag", etag)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            if is_known:
                handler.end_headers()
                return
            if is_compressed:
                body = gzip.compress(body)
                handler.send_header("Content-Encoding", "gzip")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.web.answers[path] = answer
        return self.web.url + path

    def refuse(self, path: str, status: int, **headers: str) -> str:
        """Have a path answered by a number; gives its address."""
        return self.web.serve(path, b"no", "text/plain", status, **headers)


@pytest.fixture
def server(web: Web) -> FeedServer:
    """A server of feeds."""
    return FeedServer(web)
