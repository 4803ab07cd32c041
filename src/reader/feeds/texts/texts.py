"""From an article's page to its text, under the excerpt: in the file that feeds wrote, else beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from reader.base.whole_files import replace_file
from reader.feeds.arrivals.folder import FeedFolder
from reader.feeds.arrivals.identity import digest
from reader.feeds.arrivals.stories import with_full_text
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedError, FetchError
from reader.feeds.library import FeedLibrary
from reader.feeds.texts.store import keep_text
from reader.feeds.web.schedule import refusal
from reader.feeds.web.web import PAGES, Web
from reader.library.feeds.state import FeedState
from reader.stories.files import read_story
from reader.stories.model import Story
from reader.stories.networks import host_reach
from reader.stories.urls import is_web


class NoTextError(FeedError):
    """The text of an article is not to be had, or cannot be kept."""


class FullTexts:
    """Fetches the texts of articles of a library. To be closed.

    Args:
        library: the library.
        own_hosts: as of the setting.
    """

    def __init__(self, library: FeedLibrary, own_hosts: Iterable[str] = ()) -> None:
        self._library = library
        self._folder: FeedFolder | None = None
        self._held = ExitStack()
        self._web = Web(own_hosts)
        self._held.callback(self._web.close)
        self._reader = self._held.enter_context(FeedReader())

    def __enter__(self) -> FullTexts:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def bring(self, path: Path) -> bool:
        """Fetch the text of a story's article, and put it there; says whether it stands in the story's file.

        Args:
            path: the story's file.

        Raises:
            NoTextError: there is no page, or no text on it; or it cannot be written.
            FetchError, FeedParseError: as in `Web.ask` and `FeedReader.text_of_page`.
            SubscriptionsError: it may be allowed by one of them, and they cannot be read.
            StoryError: the file is no story.
            FetchingBusyError, FeedStateError: what is known of the feeds is not to be had.
        """
        story = read_story(path)
        if story is None or not is_web(story.url):
            raise NoTextError("this story has no page on the web")
        text = self._text(story)
        try:
            if story.feeds and self._put(path, text):
                return True
            keep_text(story.key, text)
        except OSError as error:
            raise NoTextError(f"the text cannot be written: {error.strerror}") from error
        return False

    def _text(self, story: Story) -> str:
        """The text, as Markdown."""
        answer = self._web.ask(story.url, trusted=self._trusted(story), accept=PAGES)
        if answer.status != HTTPStatus.OK:
            raise FetchError(refusal(answer))
        text = self._reader.text_of_page(answer.data, answer.url)
        if not text:
            raise NoTextError("no text was found on its page")
        return text

    def _trusted(self, story: Story) -> str:
        """The host that may be one of the person's own: that of its feed, if the person has one there.

        A file says by itself by which feed it came, and may be of any hand.
        """
        host = _host(story.feeds[0]) if story.feeds else ""
        if not host_reach(host):
            return ""
        return host if any(_host(feed.url) == host for feed in self._library.subscriptions().feeds) else ""

    def _put(self, path: Path, text: str) -> bool:
        """Put a text into a file that feeds wrote; says whether it is one, and nobody has edited it."""
        self._folder = self._folder or FeedFolder(self._library.folder)
        relative = os.fsencode(os.path.relpath(path, self._library.folder))
        if not self._folder.knows(relative):
            return False
        with self._library.held() as state:
            return self._put_into(state, path, relative, text)

    def _put_into(self, state: FeedState, path: Path, relative: bytes, text: str) -> bool:
        data, article = path.read_bytes(), state.article_at(relative)
        if article is None or article.digest != digest(data):
            return False
        new = with_full_text(data, text, self._library.now())
        replace_file(path, new, path.stat().st_mode & 0o777)
        state.set_article(article._replace(digest=digest(new)))
        return True


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
