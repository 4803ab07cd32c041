"""Which entries are the same article: in one feed, from one time to the next, and over all feeds.

A feed tells its entries apart by `guid`; but some give one to all, and some give new ones to all when their software
changes. Articles are told apart by their canonical address; but some entries all lead to the same page. So each is
trusted where it tells apart what stands side by side, and where it does not, headline and time have their say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urlsplit

from reader.base.wording import fold
from reader.feeds.arrivals.stories import title_of
from reader.feeds.model import Entry
from reader.library.feeds.state import FeedState, KnownArticle, SeenEntry
from reader.stories.dates import sort_time
from reader.stories.urls import canonical_url


class Identified(NamedTuple):
    """An entry, and what tells it apart.

    Attributes:
        entry: the entry.
        id: tells it from others of its feed.
        key: tells its article from others anywhere, where it has an address of its own; else empty.
        title: a digest of its headline.
        published: seconds since 1970; None where it has no time.
    """

    entry: Entry
    id: str
    key: str
    title: bytes
    published: int | None


def digest(*parts: object) -> bytes:
    """A short digest of some values, by what they look like."""
    return blake2b("\n".join(map(repr, parts)).encode("utf-8", "replace"), digest_size=16).digest()


def title_digest(title: str) -> bytes:
    """A digest of a headline, without letter case and accents."""
    return digest(fold(title))


def identified(entries: Sequence[Entry]) -> list[Identified]:
    """The entries of a feed, each once, with what tells them apart."""
    once = _once(entries)
    keys = [_page(entry.url) for entry in once]
    guids, pages = Counter(entry.guid for entry in once), Counter(keys)
    found = {}
    for entry, page in zip(once, keys, strict=True):
        key = page if pages[page] == 1 else ""
        title = title_digest(title_of(entry))
        id_ = entry.guid if guids[entry.guid] == 1 and entry.guid else ""
        id_ = id_ or key or f"said:{digest(title, entry.published, entry.excerpt).hex()}"
        found[id_] = Identified(entry, id_, key, title, sort_time(entry.published))
    return list(found.values())


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """Entries of which the same guid and address, or the same address and headline, come more than once: the first."""
    by_guid: dict[object, Entry] = {}
    for number, entry in enumerate(entries):
        by_guid.setdefault((entry.guid, entry.url) if entry.guid else number, entry)
    by_page: dict[object, Entry] = {}
    for number, entry in enumerate(by_guid.values()):
        page = _page(entry.url)
        by_page.setdefault((page, title_of(entry)) if page else number, entry)
    return list(by_page.values())


def _page(url: str) -> str:
    """The canonical address of a page; empty for that of a whole site, which is no article."""
    canonical = canonical_url(url) or ""
    parts = urlsplit(canonical)
    return canonical if parts.path.strip("/") or parts.query or parts.fragment else ""


class Register:
    """Finds the article that an entry is, among those that are known.

    Args:
        state: what is known.
        feed: the key of the feed whose entries are looked for.
        present: the ids of all entries that the feed has now.
    """

    def __init__(self, state: FeedState, feed: str, present: Iterable[str]) -> None:
        self._state = state
        self._feed = feed
        self._present = frozenset(present)

    def seen(self, one: Identified) -> SeenEntry | None:
        """The same entry, as it was seen before; None where another had its id then."""
        seen = self._state.entry(self._feed, one.id)
        if seen is None or _says_the_same(seen, one):
            return seen
        return seen if one.key and one.key == self._state.article(seen.article).key else None

    def article(self, one: Identified) -> KnownArticle | None:
        """The article that an entry is which was not seen before; None where it is a new one."""
        return next(self._named(one), None) or self._re_issued(one)

    def _named(self, one: Identified) -> Iterator[KnownArticle]:
        """Articles of the same address, unless this very feed has another entry there that says something else."""
        for article in self._state.articles_named(one.key) if one.key else ():
            own = [seen for seen in self._state.entries_of(article.id) if seen.feed == self._feed]
            if not own or any(seen.id not in self._present and _says_the_same(seen, one) for seen in own):
                yield article

    def _re_issued(self, one: Identified) -> KnownArticle | None:
        """The article of an entry that had another guid and another address once: of the same headline and time."""
        if one.published is None:
            return None
        seen = self._state.entry_saying(self._feed, one.title, one.published)
        return self._state.article(seen.article) if seen is not None and seen.id not in self._present else None


def _says_the_same(seen: SeenEntry, one: Identified) -> bool:
    """Whether an entry has the headline or the time that it had."""
    return seen.title == one.title or seen.published == one.published is not None
