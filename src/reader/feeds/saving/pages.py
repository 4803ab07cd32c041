"""Making a story of a web page: it is fetched as a feed is, and parsed by the process that parses feeds."""

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
    """A page that was fetched and parsed.

    Attributes:
        entry: what the page says of itself, with its text where that was found.
        url: its address, after redirects.
        trouble: why it has no text; empty where it has one.
    """

    entry: Entry
    url: str
    trouble: str = ""


def read_page(url: str, own_hosts: Iterable[str] = ()) -> Page:
    """Fetch a page, and parse what it says of itself.

    Args:
        url: a web address.
        own_hosts: as `Config.own_hosts`.

    Raises:
        FetchError: it cannot be fetched.
        FeedParseError: it has no headline, or cannot be parsed.
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
    """Write the story of a page.

    Args:
        library: the library's folder.
        page: the page.
        now: the present time.
        topics: topics that the person gives it, in addition to its own.

    Returns:
        The path of the file, relative to the library.

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
    """A text without the headline at its beginning, which the front matter has."""
    first, _, rest = text.partition("\n")
    return rest.strip() if first.startswith("#") and fold(first.lstrip("# ")) == fold(title) else text
