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
    """Read a JSON Feed.

    Args:
        data: as it was sent.
        url: where it was sent from.

    Raises:
        FeedParseError: it is none.
    """
    try:
        told = json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise FeedParseError(f"not JSON: {clean(str(error))[:100]}") from error
    if not isinstance(told, dict) or "jsonfeed.org/version/" not in str(told.get("version", ""))[:200]:
        raise FeedParseError("JSON, but no feed")
    items = told.get("items")
    if not isinstance(items, list):
        raise FeedParseError("a JSON feed without a list of items")
    site = absolute(told.get("home_page_url"), url)
    authors = _authors(told)
    raws = [_raw(item, site or url, authors) for item in items[:FEED_ENTRIES] if isinstance(item, dict)]
    entries = tuple(one for raw in raws if (one := entry(raw)) is not None)
    return ParsedFeed(
        Words(_text(told, "title"), is_html=False).line, site, entries, left_out=len(items) - len(entries)
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


def _authors(told: Mapping[str, Any]) -> list[object]:
    """Names of authors: a list in version 1.1, one of them in 1.0."""
    listed: Iterable[object] = _list(told, "authors") or [told.get("author")]
    return [name for one in listed if isinstance(one, dict) and (name := one.get("name"))]


def _list(told: Mapping[str, Any], name: str) -> list[object]:
    value = told.get(name)
    return value if isinstance(value, list) else []


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
