"""RSS 0.9 to 2.0, Atom and RDF, by feedparser, which knows all that feeds have done to these formats."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from xml.sax import SAXException

from reader.base.text import clean
from reader.feeds.entries.forgiving import feed_parser
from reader.feeds.entries.gate import Raw, Words, entry
from reader.feeds.entries.markup import absolute
from reader.feeds.errors import FeedParseError
from reader.feeds.model import ParsedFeed
from reader.stories.limits import FEED_ENTRIES

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_TTL_UNIT = 60
_PLAIN = frozenset({"text/plain", "text"})


def parse_xml(data: bytes, url: str, content_type: str) -> ParsedFeed:
    """Parse a feed in XML, even a malformed one.

    Args:
        data: the feed, as it was sent.
        url: its address, to which its links may be relative.
        content_type: its type, as the server says; it is used for the encoding.

    Raises:
        FeedParseError: it is a web page or no feed, or so malformed that no entry was found: as an empty feed it would
            seem to have no news.
    """
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # As a stream: feedparser might take a text for an address or a file's name.
        parsed = feed_parser().parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    listed = parsed["entries"]
    if not parsed["version"] and not (listed and _FEED.search(data)):
        raise FeedParseError(_what_it_is(data, parsed.get("bozo_exception")))
    if not listed and isinstance(fault := parsed.get("bozo_exception"), SAXException):
        raise FeedParseError(f"malformed, and without an entry: {clean(str(fault))[:120]}")
    channel = parsed["feed"]
    site = absolute(_get(channel, "link"), url)
    raws = [_raw(one, site or url) for one in listed[:FEED_ENTRIES]]
    entries = tuple(one for raw in raws if (one := entry(raw)) is not None)
    title = _words(channel, "title").line
    return ParsedFeed(title, site, entries, _pause(channel), len(listed) - len(entries))


def _what_it_is(data: bytes, error: object) -> str:
    page, feed = _PAGE.search(data), _FEED.search(data)
    if page and not (feed and feed.start() < page.start()):
        return "a web page, no feed"
    if not data.strip():
        return "nothing was sent"
    return f"no feed: {clean(str(error))[:120]}" if error else "no feed"


def _raw(one: Any, base: str) -> Raw:
    summary, content = _words(one, "summary"), _content(one)
    links = [link for link in _list(one, "links") if isinstance(link, Mapping)]
    pages = [link.get("href") for link in links if link.get("rel") == "alternate"]
    enclosed = [link for link in links if link.get("rel") == "enclosure"]
    source = _get(one, "source")
    source = source if isinstance(source, Mapping) else {}
    return Raw(
        _base(one) or base,
        guid=_get(one, "id"),
        links=[_get(one, "feedburner_origlink"), _get(one, "link"), *pages],
        title=_words(one, "title"),
        summary=summary,
        content=content,
        dates=_dates(one),
        authors=_authors(one),
        topics=[tag.get("label") or tag.get("term") for tag in _list(one, "tags") if isinstance(tag, Mapping)],
        pictures=list(_pictures(one, enclosed)),
        enclosures=list(_files(one, enclosed)),
        comments=_get(one, "comments"),
        outlet=(source.get("title", ""), source.get("href") or source.get("link", "")),
    )


def _get(parsed: Any, name: str) -> Any:
    """A value of feedparser's dictionary, without the extra keys by which it serves older programs."""
    return dict.get(parsed, name)


def _list(parsed: Any, name: str) -> list[Any]:
    value = _get(parsed, name)
    return value if isinstance(value, list) else []


def _base(one: Any) -> str:
    """The address to which an entry's links are relative, by its `xml:base`; empty where it has none."""
    details = (_get(one, f"{name}_detail") for name in ("summary", "title"))
    return next((str(base) for detail in details if isinstance(detail, Mapping) and (base := detail.get("base"))), "")


def _words(parsed: Any, name: str) -> Words:
    value, detail = _get(parsed, name), _get(parsed, f"{name}_detail")
    kind = detail.get("type") if isinstance(detail, Mapping) else ""
    return Words(value, kind not in _PLAIN) if isinstance(value, str) else Words()


def _content(one: Any) -> Words:
    """The longest content of an entry; HTML goes before plain text."""
    parts = [part for part in _list(one, "content") if isinstance(part, Mapping) and isinstance(part.get("value"), str)]
    words = [Words(part["value"], part.get("type") not in _PLAIN) for part in parts]
    return max(words, key=lambda word: (word.is_html, len(word.text)), default=Words())


def _dates(one: Any) -> Iterator[object]:
    """The times of an entry, each as it is written and as feedparser reads it, the best first."""
    for name in ("published", "updated", "created"):
        yield _get(one, name)
        parsed = _get(one, f"{name}_parsed")
        if isinstance(parsed, struct_time):
            with suppress(ValueError):  # a day that no calendar has
                yield datetime(*parsed[:6], tzinfo=UTC).isoformat()


def _authors(one: Any) -> list[object]:
    authors = [author for author in _list(one, "authors") if isinstance(author, Mapping)]
    names = [name for author in authors if (name := author.get("name"))]
    return names or [_get(one, "author")]


def _pictures(one: Any, enclosed: list[Any]) -> Iterator[tuple[object, object, object]]:
    for media in (*_list(one, "media_content"), *_list(one, "media_thumbnail")):
        kind = f"{media.get('medium', '')} {media.get('type', '')}"
        if "image" in kind or not kind.strip():
            yield media.get("url"), media.get("width"), media.get("height")
    for link in enclosed:
        if str(link.get("type", "")).startswith("image/"):
            yield link.get("href"), None, None
    image = _get(one, "image")
    if isinstance(image, Mapping):
        yield image.get("href"), None, None


def _files(one: Any, enclosed: list[Any]) -> Iterator[tuple[object, object, object]]:
    for link in enclosed:
        yield link.get("href"), link.get("type"), link.get("length")
    for media in _list(one, "media_content"):
        kind = f"{media.get('medium', '')} {media.get('type', '')}"
        if "image" not in kind and kind.strip():
            yield media.get("url"), media.get("type") or media.get("medium"), media.get("filesize")


def _pause(channel: Any) -> int:
    """How many seconds the feed asks not to be asked again: RSS's `ttl`, which is in minutes; 0 for none."""
    ttl = str(_get(channel, "ttl") or "").strip()
    return int(ttl[:6]) * _TTL_UNIT if ttl.isascii() and ttl.isdecimal() else 0
