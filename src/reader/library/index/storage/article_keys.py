"""What names an article in the index.

An article's key is text (see `stories.model.Article.key`), and nearly always the canonical URL of its link. To keep it
beside the link, and once more in an index that is written to all over, would take a seventh of the file. So articles
are told apart by a number of the key, and the key is made of the link again where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.stories.urls import canonical_url


def number_of_key(key: str) -> int:
    """A number of 64 bits, with a sign, that stands for a key.

    The odds that any two of a million articles have the same one are one in forty millions. They would be one article
    then: what is said of the one is shown for the other as well.
    """
    return next(each_number((key,)))


def numbers_of_keys(keys: Iterable[str]) -> list[int]:
    """The numbers of keys, in the order in which the index has them: so they are found in half the time."""
    return sorted(each_number(keys))


def each_number(keys: Iterable[str]) -> Iterator[int]:
    """The numbers of keys, one after the other."""
    from hashlib import blake2b

    for key in keys:
        digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        yield int.from_bytes(digest, "big", signed=True)


def key_of_link(url: str | None) -> str | None:
    """The key of an article whose link tells it; None where it does not."""
    return canonical_url(url) if url else None


def kept_key(key: str, url: str) -> str | None:
    """What is kept of a key: all of it, where the link does not tell it; else None."""
    return None if key_of_link(url) == key else key
