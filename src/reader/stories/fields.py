"""Which key of a front matter means what: the table of the names that a field may have.

Keys are compared without case, `-` and `_`, so that `publishedDateTime`, `published_date_time` and
`Published-DateTime` are the same. Of the names in a row, the first that the file has, with a value that is not empty,
counts; all other keys stay among the story's details.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from reader.stories.model import LinkRole, Value

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "name"),
    "excerpt": ("excerpt", "description", "summary", "abstract"),
    "published": (
        "publishedDateTime", "publishedAt", "datePublished", "publishDate", "pubDate", "date", "published", "created",
    ),
    "is_published": ("published",),
    "type": ("type",),
    "category": ("category",),
    "provider": ("provider", "publisher", "outlet", "site", "siteName", "source"),
    "authors": ("authors", "author", "byline"),
    "topics": ("topics", "tags", "keywords", "categories"),
    "quality": ("quality",),
    "heat": ("heat",),
    "images": ("images", "image", "cover", "thumbnail"),
    "related": ("related",),
    "sealed": ("secured",),
}  # fmt: skip
"""The keys that may hold each field, the best first. `published` is a flag in one format and a date in others."""

LINKS: Mapping[LinkRole, tuple[str, ...]] = {
    LinkRole.SOURCE: ("webUrl", "sourceUrl", "url", "link", "source", "site"),
    LinkRole.ORIGINAL: ("originalUrl", "canonical", "canonicalUrl"),
    LinkRole.AMP: ("ampWebUrl", "ampUrl"),
    LinkRole.CDN_AMP: ("cdnAmpWebUrl", "cdnAmpUrl"),
}
"""The keys that may hold a link of each role, the best first."""

_MOST_CHARACTERS = 64
"""Longer keys than this mean nothing here: no name above is nearly as long."""

_MOST_KEYS = 32
"""Of a mapping with more keys than this, it is not remembered which may hold a field."""

_MOST_PLACES = 1_024
"""So many sets of keys are remembered; past that all are forgotten."""

_MEMO: dict[str, str] = {}


def fold_key(key: str) -> str:
    """A key in the form in which keys are compared; a very long one as it is."""
    folded = _MEMO.get(key)
    if folded is None:
        if len(key) > _MOST_CHARACTERS:
            return key
        folded = key.lower().replace("-", "").replace("_", "")
        if len(_MEMO) < 1024:
            _MEMO[key] = folded
    return folded


_FOLDED: Mapping[str, tuple[str, ...]] = {
    asked: tuple(map(fold_key, keys)) for table in (FIELDS, LINKS) for asked, keys in table.items()
}
_NAMES = frozenset(chain.from_iterable(_FOLDED.values()))


def _places(keys: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The keys, of a mapping's, that may hold each field or link, the best first."""
    named = {name: key for key in keys if (name := fold_key(key)) in _NAMES}
    return {asked: tuple(named[name] for name in names if name in named) for asked, names in _FOLDED.items()}


_KNOWN_PLACES: dict[tuple[str, ...], Mapping[str, tuple[str, ...]]] = {}
"""What `_places` has given: the files of a library have few different sets of keys."""


def _remembered_places(keys: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """As `_places`; it is remembered for the next file, unless a file of such keys is hardly met again."""
    found = _places(keys)
    if len(keys) <= _MOST_KEYS and max(map(len, keys), default=0) <= _MOST_CHARACTERS:
        if len(_KNOWN_PLACES) >= _MOST_PLACES:
            _KNOWN_PLACES.clear()
        _KNOWN_PLACES[keys] = found
    return found


class Mapped:
    """A mapping of a file, read by what its keys mean. It remembers which keys were taken; `rest` gives the others."""

    def __init__(self, data: Mapping[str, Value]) -> None:
        keys = tuple(data)
        self._data = data
        self._places = _KNOWN_PLACES.get(keys) or _remembered_places(keys)
        self._taken: set[str] = set()

    def candidates(self, field: str) -> Sequence[tuple[str, Value]]:
        """The keys that may hold a field, with their values, the best first; without empty values and taken keys."""
        places = self._places[field]
        if len(places) < 2:  # as nearly always: a list would take twice as long
            for key in places:
                if key not in self._taken and (value := self._data[key]):
                    return ((key, value),)
            return ()
        return [(key, value) for key in places if key not in self._taken and (value := self._data[key])]

    def links(self, role: LinkRole) -> Sequence[tuple[str, Value]]:
        """As `candidates`, for the links of a role."""
        return self.candidates(role)

    def take(self, key: str) -> None:
        """Note that the value of a key was used, so that it is not in `rest`."""
        self._taken.add(key)

    def rest(self) -> dict[str, Value]:
        """The keys that were not taken, with their values as the file has them."""
        if len(self._taken) == len(self._data):
            return {}
        return {key: value for key, value in self._data.items() if key not in self._taken}
