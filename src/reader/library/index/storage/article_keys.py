"""How the index identifies articles: by a number made of their keys.

An article's key is text (see `stories.model.Article.key`), nearly always the canonical URL of its link. To keep it
beside the link, and once more in an index that is written to all over, would take a seventh of the file. So articles
are looked up by a hash of the key, and the key is made of the link again where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.library.hashes import hash64
from reader.stories.urls import canonical_url


def number_of_key(key: str) -> int:
    """A hash of a key. Two articles with the same number would be taken for one; see `hash64` for the odds."""
    return hash64(key.encode("utf-8", "surrogatepass"))


def numbers_of_keys(keys: Iterable[str]) -> list[int]:
    """The numbers of keys, sorted as in the index: they are found in half the time then."""
    return sorted(each_number(keys))


def each_number(keys: Iterable[str]) -> Iterator[int]:
    """The numbers of keys, in the order of the keys."""
    return map(number_of_key, keys)


def key_of_link(url: str | None) -> str | None:
    """The key that a link gives its article; None where it gives none."""
    return canonical_url(url) if url else None


def kept_key(key: str, url: str) -> str | None:
    """What the index keeps of a key: None where it can be made of the link again, else the key."""
    return None if key_of_link(url) == key else key
