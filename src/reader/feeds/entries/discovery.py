"""Finding the feeds that a web page names."""

from __future__ import annotations

from html.parser import HTMLParser

from reader.base.text import clean, decode
from reader.feeds.entries.markup import absolute, whole_tags
from reader.feeds.model import FoundFeed, feed_key
from reader.stories.limits import HTML_CHARACTERS, LABEL_CHARACTERS

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})
_ENDINGS = (
    "/feed", "/feed/", "/rss", "/rss/", "/atom", "/atom/", ".rss", ".atom", "rss.xml", "atom.xml", "feed.xml",
    "feed.json",
)  # fmt: skip
_MOST = 30


def feeds_of_page(data: bytes, url: str) -> list[FoundFeed]:
    """The feeds that a page names in its head; where it names none, links that look as if they led to one.

    Args:
        data: the page, as it was sent.
        url: its address.
    """
    page = _Page(url)
    page.feed(whole_tags(decode(data)[0][: 10 * HTML_CHARACTERS]))
    page.close()
    once: dict[str, FoundFeed] = {}
    for found in page.named or page.guessed:
        once.setdefault(feed_key(found.url), found)
    return list(once.values())[:_MOST]


class _Page(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.named: list[FoundFeed] = []
        self.guessed: list[FoundFeed] = []
        self._base = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base":
            self._base = absolute(said.get("href"), self._base) or self._base
        url = absolute(said.get("href"), self._base) if tag in ("link", "a") else ""
        if not url:
            return
        kind = said.get("type", "").partition(";")[0].strip().lower()
        found = FoundFeed(url, clean(said.get("title", ""))[:LABEL_CHARACTERS])
        if tag == "link" and "alternate" in said.get("rel", "").lower().split() and kind in _TYPES:
            self.named.append(found)
        elif url.partition("?")[0].lower().endswith(_ENDINGS):
            self.guessed.append(found)
