"""Which key of a front matter means what. This table is the one place that knows the names of the formats.

Keys are compared without case, `-` and `_`, so that `publishedDateTime`, `published_date_time` and
`Published-DateTime` are one. The first name of a row that is there and not empty gives the value; every other key
stays among the story's details.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
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
"""Field → the keys that may hold it, the best first. `published` is a flag in one format and a date in others."""

LINKS: Mapping[LinkRole, tuple[str, ...]] = {
    LinkRole.SOURCE: ("webUrl", "sourceUrl", "url", "link", "source", "site"),
    LinkRole.ORIGINAL: ("originalUrl", "canonical", "canonicalUrl"),
    LinkRole.AMP: ("ampWebUrl", "ampUrl"),
    LinkRole.CDN_AMP: ("cdnAmpWebUrl", "cdnAmpUrl"),
}
"""Role → the keys that may hold such a link, the best first."""

_MOST_CHARACTERS = 64
"""Of a key that may mean anything: no name above is nearly as long."""

_MOST_KEYS = 32
"""Of a mapping whose keys are remembered."""

_MEMO: dict[str, str] = {}


def fold_key(key: str) -> str:
    """A key as keys are compared; a very long one as it is."""
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
    """Field or role → which of a mapping's keys may hold it, the best first."""
    named = {name: key for key in keys if (name := fold_key(key)) in _NAMES}
    return {asked: tuple(named[name] for name in names if name in named) for asked, names in _FOLDED.items()}


_known_places = lru_cache(maxsize=1024)(_places)
"""The same, remembered: few sets of keys come over and over."""


class Mapped:
    """A mapping of a file, read by what its keys mean. It remembers what was taken; `rest` is what was not."""

    def __init__(self, data: Mapping[str, Value]) -> None:
        keys = tuple(data)
        are_usual = len(keys) <= _MOST_KEYS and max(map(len, keys), default=0) <= _MOST_CHARACTERS
        self._data = data
        self._places = _known_places(keys) if are_usual else _places(keys)
        self._taken: set[str] = set()

    def candidates(self, field: str) -> Sequence[tuple[str, Value]]:
        """The keys that may hold a field and are there, with their values; the best first, empty ones left out."""
        places = self._places[field]
        if not places:
            return ()
        return [(key, value) for key in places if key not in self._taken and (value := self._data[key])]

    def links(self, role: LinkRole) -> Sequence[tuple[str, Value]]:
        """The keys that may hold a link of a role and are there, with their values; the best first."""
        return self.candidates(role)

    def take(self, key: str) -> None:
        """Say that a key's value was used, so that it is not among the rest."""
        self._taken.add(key)

    def rest(self) -> dict[str, Value]:
        """What was not taken, as the file has it."""
        if len(self._taken) == len(self._data):
            return {}
        return {key: value for key, value in self._data.items() if key not in self._taken}
