"""Which entries are the same article: in one feed, from one fetch to the next, and in different feeds.

Entries of a feed have different guids; but some feeds give the same to all, and some give new ones to all when their
software changes. Articles have different canonical addresses; but in some feeds all entries lead to the same page. So a
guid, or an address, counts only where no other entry of the feed has it; otherwise headline and time decide.
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
    """An entry with what identifies it.

    Attributes:
        entry: the entry.
        id: identifies it within its feed.
        key: identifies its article anywhere, where it has an address of its own; else empty.
        title: a digest of its headline.
        published: its time in seconds since 1970; None where it has none.
    """

    entry: Entry
    id: str
    key: str
    title: bytes
    published: int | None


def digest(*parts: object) -> bytes:
    """A digest of some values, of 16 bytes, made from their `repr`."""
    return blake2b("\n".join(map(repr, parts)).encode("utf-8", "replace"), digest_size=16).digest()


def title_digest(title: str) -> bytes:
    """A digest of a headline, for which case and accents make no difference."""
    return digest(fold(title))


def identified(entries: Sequence[Entry]) -> list[Identified]:
    """The entries of a feed, each once, with what identifies them."""
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
    """Entries without repetitions, which have the guid and the address, or the address and the headline, of another."""
    by_guid: dict[object, Entry] = {}
    for number, entry in enumerate(entries):
        by_guid.setdefault((entry.guid, entry.url) if entry.guid else number, entry)
    by_page: dict[object, Entry] = {}
    for number, entry in enumerate(by_guid.values()):
        page = _page(entry.url)
        by_page.setdefault((page, title_of(entry)) if page else number, entry)
    return list(by_page.values())


def _page(url: str) -> str:
    """The canonical address of a page; empty for the home page of a site, which is no article."""
    canonical = canonical_url(url) or ""
    parts = urlsplit(canonical)
    return canonical if parts.path.strip("/") or parts.query or parts.fragment else ""


class Register:
    """Finds the known article that an entry is.

    Args:
        state: the entries and articles that are known.
        feed: the key of the feed whose entries are looked up.
        present: the ids of all entries that the feed has now.
    """

    def __init__(self, state: FeedState, feed: str, present: Iterable[str]) -> None:
        self._state = state
        self._feed = feed
        self._present = frozenset(present)

    def seen(self, one: Identified) -> SeenEntry | None:
        """The same entry as it was last time; None where it is new, or another entry had its id then."""
        seen = self._state.entry(self._feed, one.id)
        if seen is None or _says_the_same(seen, one):
            return seen
        return seen if one.key and one.key == self._state.article(seen.article).key else None

    def article(self, one: Identified) -> KnownArticle | None:
        """The article of an entry that was not there last time; None where the article is new."""
        return next(self._named(one), None) or self._re_issued(one)

    def _named(self, one: Identified) -> Iterator[KnownArticle]:
        """Articles with the entry's address, except where this feed has another entry with that address."""
        for article in self._state.articles_named(one.key) if one.key else ():
            own = [seen for seen in self._state.entries_of(article.id) if seen.feed == self._feed]
            if not own or any(seen.id not in self._present and _says_the_same(seen, one) for seen in own):
                yield article

    def _re_issued(self, one: Identified) -> KnownArticle | None:
        """The article of an entry that had another guid and address before: one of the same headline and time."""
        if one.published is None:
            return None
        seen = self._state.entry_saying(self._feed, one.title, one.published)
        return self._state.article(seen.article) if seen is not None and seen.id not in self._present else None


def _says_the_same(seen: SeenEntry, one: Identified) -> bool:
    """Whether an entry has the headline, or the time, of one that was seen."""
    return seen.title == one.title or seen.published == one.published is not None
