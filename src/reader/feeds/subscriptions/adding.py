"""From an address that a person gives to the feed that is meant: of a page, the feeds that it names are found."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from reader.base.text import clean
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError, FetchError
from reader.feeds.model import Feed, FoundFeed
from reader.feeds.web.schedule import refusal
from reader.feeds.web.web import Web
from reader.stories.urls import is_web


class Offer(NamedTuple):
    """What is at an address.

    Attributes:
        feed: the feed that it is; None where it is a page.
        entries: how many entries it has now.
        page: the feeds that the page names, where it is one.
    """

    feed: Feed | None
    entries: int = 0
    page: tuple[FoundFeed, ...] = ()


def web_address(typed: str) -> str:
    """The address that a person means: where the scheme is missing, it is https.

    Raises:
        FetchError: it is none.
    """
    url = typed.strip().removeprefix("feed:").removeprefix("//")
    url = url if "://" in url else f"https://{url}"
    if not is_web(url):
        raise FetchError(f"this is no web address: {clean(typed)}")
    return url


def look_up(url: str, own_hosts: Iterable[str] = (), named_by: str = "") -> Offer:
    """Ask for what is at an address.

    Args:
        url: a web address.
        own_hosts: as of the setting.
        named_by: the address of the page that names it, which is not to lead into the person's own network; empty
            where the person does.

    Raises:
        FetchError: there is no answer.
        FeedParseError: it is neither a feed nor a page that names one.
    """
    with ExitStack() as held:
        web = Web(own_hosts)
        held.callback(web.close)
        answer = web.ask(url, trusted=urlsplit(named_by).hostname or "" if named_by else None)
        if answer.status != HTTPStatus.OK:
            raise FetchError(refusal(answer))
        reader = held.enter_context(FeedReader())
        try:
            sent = reader.read(answer.data, answer.url, answer.header("content-type"))
        except FeedParseError:
            found = tuple(reader.feeds_of_page(answer.data, answer.url))
            if not found:
                raise
            return Offer(None, page=found)
    feed = Feed(url, sent.title, (), sent.site)
    if answer.moved and not feed.has_secret:  # what it leads on to is told without
        feed = feed._replace(url=answer.moved)
    return Offer(feed, len(sent.entries))
