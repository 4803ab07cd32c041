"""What a feed is, and what comes in by it. All text here has passed the gate for text, all links that for links."""

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
        url: its address; may hold a name and a password, so it is shown by `public_url` only.
        name: what the person or the feed calls it; empty where nobody does.
        topics: what its stories are about, beside what each says of itself.
        site: the page that it belongs to; empty where that is not known.
    """

    url: str
    name: str = ""
    topics: tuple[str, ...] = ()
    site: str = ""

    @property
    def key(self) -> str:
        """What tells this feed from others."""
        return feed_key(self.url)

    @property
    def has_secret(self) -> bool:
        """Whether its address holds a name and a password, which are for nobody else."""
        return public_url(self.url) != self.url

    @property
    def label(self) -> str:
        """What it is called where a person reads it."""
        return self.name or public_url(self.url)


class Enclosure(NamedTuple):
    """A file that belongs to an entry: sound, film, anything.

    Attributes:
        url: a web address.
        type: its media type, as the feed says; may be empty.
        length: in bytes, as the feed says; None where it does not.
    """

    url: str
    type: str = ""
    length: int | None = None


class Picture(NamedTuple):
    """An image of an entry: a web address, and its size in pixels where the feed says it."""

    url: str
    width: int | None = None
    height: int | None = None
    title: str = ""


class Entry(NamedTuple):
    """What a feed says of one article.

    Attributes:
        guid: by what the feed tells it from others; empty where it does not.
        url: the article's page; empty where there is none.
        title: the headline; empty where there is none.
        excerpt: a summary as text of one paragraph, cut where it is long.
        body: its text as Markdown; empty where there is no more than the excerpt.
        published: when, by the feed; aware. None where it says nothing readable.
        authors: names.
        topics: its categories.
        pictures: its images, the first one leads.
        enclosures: its files.
        comments: where it is talked about; empty where nowhere.
        outlet: who published it, where that is not the feed's own site: a name.
        outlet_url: and its address.
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
    """A feed that a page names: its address, and what the page calls it."""

    url: str
    name: str


class ParsedFeed(NamedTuple):
    """A feed as it was sent.

    Attributes:
        title: what it calls itself.
        site: the page that it belongs to; empty where it does not say.
        entries: in its order.
        pause: seconds that it asks to be left alone (`ttl`); 0 where it does not.
        left_out: entries past the limit, and those that say nothing at all.
    """

    title: str = ""
    site: str = ""
    entries: tuple[Entry, ...] = ()
    pause: int = 0
    left_out: int = 0


class FetchProgress(NamedTuple):
    """How far it is: feeds that were asked, of how many, and the stories that were new so far."""

    feeds: int
    of_feeds: int
    stories: int


def feed_key(url: str) -> str:
    """What tells a feed's address from that of another: host, port, path and query.

    `http` and `https`, letter case of the host, a name and a password, and what stands behind `#` do not. Nothing else
    is left away: parameters that say nothing on a page can name the feed here.
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
