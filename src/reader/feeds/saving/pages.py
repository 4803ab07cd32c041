"""A web page becomes a story: asked for as a feed is, and read in the process that reads feeds."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from reader.base.wording import fold
from reader.feeds.arrivals.stories import Outlet, Telling
from reader.feeds.arrivals.times import is_believable
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError, FetchError
from reader.feeds.model import Entry, public_url
from reader.feeds.saving.files import save_story
from reader.feeds.texts.installed import HOW_TO_GET_IT, is_installed
from reader.feeds.web.schedule import refusal
from reader.feeds.web.web import PAGES, Web
from reader.stories.urls import host_of


class Page(NamedTuple):
    """A page that was read.

    Attributes:
        entry: what it says of itself; its text, where that was found.
        url: where it is, after redirects.
        trouble: why its text was not looked for, or not found; empty where it was.
    """

    entry: Entry
    url: str
    trouble: str = ""


def read_page(url: str, own_hosts: Iterable[str] = ()) -> Page:
    """Ask for a page, and read what it says of itself.

    Args:
        url: a web address.
        own_hosts: as of the setting.

    Raises:
        FetchError: there is no answer.
        FeedParseError: it is no page that says what it is.
    """
    with ExitStack() as held:
        web = Web(own_hosts)
        held.callback(web.close)
        answer = web.ask(url, accept=PAGES)
        if answer.status != HTTPStatus.OK:
            raise FetchError(refusal(answer))
        reader = held.enter_context(FeedReader())
        entry = reader.article_of_page(answer.data, answer.url, answer.header("content-type"))
        if not is_installed():
            return Page(entry, answer.url, "" if entry.body else HOW_TO_GET_IT)
        try:
            text = reader.text_of_page(answer.data, answer.url)
        except FeedParseError as error:
            return Page(entry, answer.url, f"its text cannot be read: {error}")
    text = _without_headline(text, entry.title)
    return Page(entry._replace(body=text or entry.body), answer.url, "" if text else "no text was found on it")


def save_page(library: Path, page: Page, now: datetime, topics: Iterable[str] = ()) -> Path:
    """Write a page's story.

    Args:
        library: the library's folder.
        page: the page.
        now: the time.
        topics: what the person says that it is about, beside what the page says.

    Returns:
        The file, relative to the library.

    Raises:
        WriteError: it cannot be written.
    """
    entry, note = page.entry, ""
    published = entry.published
    if published is None or not is_believable(published, now):
        published, note = now, "the page gives no time that can be; this is when it was saved"
    url = entry.url or public_url(page.url)
    domain = host_of(url)
    labels = tuple(dict.fromkeys([*topics, *entry.topics]))
    telling = Telling(url, "", published, note, Outlet(entry.outlet or domain, domain), labels, ())
    return save_story(library, entry._replace(guid=""), telling)


def _without_headline(text: str, title: str) -> str:
    """A text without the headline above it: that stands in the front matter."""
    first, _, rest = text.partition("\n")
    return rest.strip() if first.startswith("#") and fold(first.lstrip("# ")) == fold(title) else text
