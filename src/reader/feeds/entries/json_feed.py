"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from reader.base.text import clean, decode
from reader.feeds.entries.gate import Raw, Words, entry
from reader.feeds.entries.markup import absolute
from reader.feeds.errors import FeedParseError
from reader.feeds.model import ParsedFeed
from reader.stories.limits import FEED_ENTRIES


def parse_json(data: bytes, url: str) -> ParsedFeed:
    """Parse a JSON Feed.

    Args:
        data: the feed, as it was sent.
        url: its address, to which its links may be relative.

    Raises:
        FeedParseError: it is no JSON Feed.
    """
    try:
        feed = json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise FeedParseError(f"not JSON: {clean(str(error))[:100]}") from error
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version", ""))[:200]:
        raise FeedParseError("JSON, but no feed")
    items = feed.get("items")
    if not isinstance(items, list):
        raise FeedParseError("a JSON feed without a list of items")
    site = absolute(feed.get("home_page_url"), url)
    authors = _authors(feed)
    raws = [_raw(item, site or url, authors) for item in items[:FEED_ENTRIES] if isinstance(item, dict)]
    entries = tuple(one for raw in raws if (one := entry(raw)) is not None)
    return ParsedFeed(
        Words(_text(feed, "title"), is_html=False).line, site, entries, left_out=len(items) - len(entries)
    )


def _raw(item: Mapping[str, Any], base: str, authors: list[object]) -> Raw:
    html = _text(item, "content_html")
    content = Words(html) if html else Words(_text(item, "content_text"), is_html=False)
    files = [one for one in _list(item, "attachments") if isinstance(one, dict)]
    return Raw(
        base,
        guid=item.get("id", ""),
        links=[item.get("url"), item.get("external_url")],
        title=Words(_text(item, "title"), is_html=False),
        summary=Words(_text(item, "summary"), is_html=False),
        content=content,
        dates=[item.get("date_published"), item.get("date_modified")],
        authors=_authors(item) or authors,
        topics=_list(item, "tags"),
        pictures=[(url, None, None) for name in ("image", "banner_image") if (url := item.get(name))],
        enclosures=[(one.get("url"), one.get("mime_type"), one.get("size_in_bytes")) for one in files],
    )


def _authors(item: Mapping[str, Any]) -> list[object]:
    """The names of authors: version 1.1 has a list of them, version 1.0 one."""
    listed: Iterable[object] = _list(item, "authors") or [item.get("author")]
    return [name for one in listed if isinstance(one, dict) and (name := one.get("name"))]


def _list(item: Mapping[str, Any], name: str) -> list[object]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
