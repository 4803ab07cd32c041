"""feedparser, made to go on where it fails on one element.

Its handlers rely on what a feed may lack: a chapter without a start, a position without a place. Their errors come out
of `feedparser.parse`, so that with one odd chapter all entries would be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from xml.sax import SAXException

_FAULTS = (IndexError, KeyError, TypeError, ValueError)
"""What handlers raise for unforeseen elements. An `AttributeError` tells feedparser that there is no handler."""


@cache
def feed_parser() -> Any:
    """The module `feedparser`, with parsers that leave out an element on which they fail."""
    import feedparser.api  # it takes 0.1 s, and JSON feeds do not need it

    strict, loose = feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser
    # A name space with no-break spaces in it makes the strict parser fail; then the loose one is used, which does not.
    named = {"startElementNS": _malformed(strict.startElementNS), "endElementNS": _malformed(strict.endElementNS)}
    feedparser.api.StrictFeedParser = type(strict.__name__, (strict,), {**_forgiving(strict), **named})
    feedparser.api.LooseFeedParser = type(loose.__name__, (loose,), _forgiving(loose))
    return feedparser


def _forgiving(parser: type) -> dict[str, Callable[..., Any]]:
    """The handlers of a parser, changed so that an element on which one fails is left out."""
    handlers = [name for name in dir(parser) if name.startswith(("_start_", "_end_"))]
    return {name: _shielded(getattr(parser, name)) for name in [*handlers, "unknown_starttag"]}


def _shielded(handler: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handler)
    def shielded(*args: Any) -> Any:
        try:
            return handler(*args)
        except _FAULTS:
            return None  # this element is left out

    return shielded


def _malformed(handler: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handler)
    def handling(*args: Any) -> Any:
        try:
            return handler(*args)
        except _FAULTS as error:
            raise SAXException(f"a name that cannot be taken apart: {error}") from error

    return handling
