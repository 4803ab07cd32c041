"""What a feed is, and what comes in by it. All texts and links here have passed the gates for text and links."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit, urlunsplit

FILE_NAME = "feeds.opml"
"""The file of a library's subscriptions, in its folder."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Feed(NamedTuple):
    """A feed as the subscriptions have it.

    Attributes:
        url: its address. It may hold a name and a password, and so is shown only by `public_url`.
        name: its name, given by the person or the feed itself; empty for none.
        topics: the topics that its stories get in addition to their own.
        site: the address of the site that it belongs to; empty where that is not known.
    """

    url: str
    name: str = ""
    topics: tuple[str, ...] = ()
    site: str = ""

    @property
    def key(self) -> str:
        """Identifies this feed: see `feed_key`."""
        return feed_key(self.url)

    @property
    def has_secret(self) -> bool:
        """Whether its address holds a name or a password, which nobody else may see."""
        return public_url(self.url) != self.url

    @property
    def label(self) -> str:
        """Its name for a person; where it has none, its address."""
        return self.name or public_url(self.url)


class Enclosure(NamedTuple):
    """A file that belongs to an entry, such as sound or film.

    Attributes:
        url: its web address.
        type: its media type, as the feed says; empty where it does not.
        length: its size in bytes, as the feed says; None where it does not.
    """

    url: str
    type: str = ""
    length: int | None = None


class Picture(NamedTuple):
    """An image of an entry: its web address, its size in pixels where the feed has that, and its caption."""

    url: str
    width: int | None = None
    height: int | None = None
    title: str = ""


class Entry(NamedTuple):
    """What a feed says of one article.

    Attributes:
        guid: its id in the feed; empty where it has none.
        url: the address of the article's page; empty where it has none.
        title: the headline; empty where it has none.
        excerpt: a summary in plain text of one paragraph, cut where it is long.
        body: its text as Markdown; empty where the feed has no more than the excerpt.
        published: the time that the feed gives, aware; None where it gives none that can be read.
        authors: the names of its authors.
        topics: its labels.
        pictures: its images, the lead image first.
        enclosures: its files.
        comments: the address of the comments on it; empty where there are none.
        outlet: the name of who published it, where that is not the feed's own site; else empty.
        outlet_url: the address of who published it, likewise.
    """

    guid: str = ""
    url: str = ""
    title: str = ""
    excerpt: str = ""
    body: str = ""
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str = ""
    outlet: str = ""
    outlet_url: str = ""


class FoundFeed(NamedTuple):
    """A feed that a page names: its address, and the name that the page gives it."""

    url: str
    name: str


class ParsedFeed(NamedTuple):
    """A feed as it was sent.

    Attributes:
        title: its own name.
        site: the address of the site that it belongs to; empty where it does not say.
        entries: its entries, in its order.
        pause: how many seconds it asks not to be asked again (`ttl`); 0 where it does not.
        left_out: how many entries were left out, as there are too many or they say nothing.
    """

    title: str = ""
    site: str = ""
    entries: tuple[Entry, ...] = ()
    pause: int = 0
    left_out: int = 0


class FetchProgress(NamedTuple):
    """How far the asking is: how many feeds were asked, of how many, and how many new stories they gave so far."""

    feeds: int
    of_feeds: int
    stories: int


def feed_key(url: str) -> str:
    """The key of a feed, made from its address: host, port, path and query.

    `http` or `https`, the case of the host, a name and a password, and what follows `#` make no difference. All
    parameters do, as those that mean nothing on a page can name the feed here.
    """
    parts = urlsplit(url)
    return f"{_place(parts)}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def public_url(url: str) -> str:
    """A feed's address without the name and the password that it may hold."""
    parts = urlsplit(url)
    return url if "@" not in parts.netloc else urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _place(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    return host if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme.lower())) else f"{host}:{parts.port}"
