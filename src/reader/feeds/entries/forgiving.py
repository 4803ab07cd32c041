"""feedparser, without its failing as a whole where it fails on one element.

Its handlers take for granted what a feed may lack: a chapter has no start, a position stands in no place. Their errors
come out of `feedparser.parse`, and with one chapter all entries would be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from xml.sax import SAXException

_FAULTS = (IndexError, KeyError, TypeError, ValueError)
"""What is raised for elements that nobody foresaw; an `AttributeError` says to feedparser that it has no handler."""


@cache
def feed_parser() -> Any:
    """The module `feedparser`, whose parsers pass over an element that they fail on."""
    import feedparser.api  # takes 0.1 s, which JSON feeds go without

    strict, loose = feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser
    # A name space with no-break spaces in it: the loose parser, which is asked then, takes no names apart by them.
    named = {"startElementNS": _malformed(strict.startElementNS), "endElementNS": _malformed(strict.endElementNS)}
    feedparser.api.StrictFeedParser = type(strict.__name__, (strict,), {**_forgiving(strict), **named})
    feedparser.api.LooseFeedParser = type(loose.__name__, (loose,), _forgiving(loose))
    return feedparser


def _forgiving(parser: type) -> dict[str, Callable[..., Any]]:
    """What handles elements, so that one of which it fails says nothing."""
    handlers = [name for name in dir(parser) if name.startswith(("_start_", "_end_"))]
    return {name: _shielded(getattr(parser, name)) for name in [*handlers, "unknown_starttag"]}


def _shielded(handler: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handler)
    def shielded(*args: Any) -> Any:
        try:
            return handler(*args)
        except _FAULTS:
            return None  # the element says nothing, the others do

    return shielded


def _malformed(handler: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handler)
    def handling(*args: Any) -> Any:
        try:
            return handler(*args)
        except _FAULTS as error:
            raise SAXException(f"a name that cannot be taken apart: {error}") from error

    return handling
