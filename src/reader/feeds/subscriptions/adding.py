"""Looking up an address that a person gives: whether it is a feed, or a page that names feeds."""

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
        feed: the feed, where it is one; None where it is a page.
        entries: how many entries the feed has now.
        page: the feeds that the page names; empty where it is a feed.
    """

    feed: Feed | None
    entries: int = 0
    page: tuple[FoundFeed, ...] = ()


def web_address(typed: str) -> str:
    """The web address that a person typed, perhaps without a scheme: then it is https.

    Raises:
        FetchError: it is no web address.
    """
    url = typed.strip().removeprefix("feed:").removeprefix("//")
    url = url if "://" in url else f"https://{url}"
    if not is_web(url):
        raise FetchError(f"this is no web address: {clean(typed)}")
    return url


def look_up(url: str, own_hosts: Iterable[str] = (), named_by: str = "") -> Offer:
    """Find out what is at an address.

    Args:
        url: a web address.
        own_hosts: as `Config.own_hosts`.
        named_by: the address of the page that names it, which may not lead into the person's own network; empty where
            the person typed it.

    Raises:
        FetchError: it cannot be fetched.
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
    if answer.moved and not feed.has_secret:  # the new address would lack the password
        feed = feed._replace(url=answer.moved)
    return Offer(feed, len(sent.entries))
