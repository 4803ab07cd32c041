"""What a web page says of itself: JSON-LD (schema.org), Open Graph, and the older tags of its head."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from reader.base.text import decode
from reader.feeds.entries.gate import Raw, Words, entry
from reader.feeds.entries.markup import absolute, whole_tags
from reader.feeds.errors import FeedParseError
from reader.feeds.model import Entry, public_url
from reader.stories.limits import FEED_LABELS, HTML_CHARACTERS
from reader.stories.urls import host_of

_ARTICLES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting",
        "liveblogposting", "techarticle", "scholarlyarticle", "report", "socialmediaposting",
        "advertisercontentarticle", "backgroundnewsarticle", "reviewnewsarticle", "videoobject", "satiricalarticle",
    }
)  # fmt: skip
_DATES = ("article:published_time", "datepublished", "parsely-pub-date", "date", "dc.date", "dc.date.issued")
_MOST_CHARACTERS = 10 * HTML_CHARACTERS
_SIGNS = "|–—·-:"
"""What stands between a headline and the outlet's name."""

_MOST_VALUES = 2_000
_CHARSET = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_TYPE_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_WIDE = ("utf-16", "utf-32")
_SCRIPT = re.compile(r"<script\b[^<>]{0,500}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_LINKED = "application/ld+json"
_MOST_SCRIPT = 500_000


def article_of_page(data: bytes, url: str, content_type: str) -> Entry:
    """Read a page.

    Args:
        data: as it was sent.
        url: where it was sent from.
        content_type: what its server says it is.

    Raises:
        FeedParseError: it says nothing that makes an article.
    """
    html = _text(data, content_type)[:_MOST_CHARACTERS]
    head = _Head()
    head.feed(whole_tags(html))
    head.close()
    found = entry(_raw(head, _linked_data(html), public_url(url)))
    if found is None or not found.title:
        raise FeedParseError("the page has no headline")
    return found._replace(title=_without_outlet(found.title, found.outlet))


def _without_outlet(title: str, outlet: str) -> str:
    """A headline without the outlet's name behind it: `Ferries | The Post`."""
    start = title.removesuffix(outlet).rstrip()
    return start.rstrip(f" {_SIGNS}") if outlet and start != title and start.endswith(tuple(_SIGNS)) else title


def _raw(head: _Head, said: Mapping[str, Any], url: str) -> Raw:
    """Everything that the page says, the best first."""
    meta = head.meta

    def of(*names: str) -> list[str]:
        return [meta[name] for name in names if name in meta]

    canonical = absolute(head.canonical or meta.get("og:url"), url)
    is_same = host_of(canonical) == host_of(url) and bool(urlsplit(canonical).path.strip("/"))
    publisher = next(_names(said.get("publisher")), "") or meta.get("og:site_name", "")
    authors = list(_names(said.get("author"))) or _metas(
        head, "article:author", "author", "parsely-author", "dc.creator"
    )
    return Raw(
        url,
        links=[canonical if is_same else url],
        title=_words(said.get("headline"), *of("og:title", "twitter:title"), said.get("name"), head.title),
        summary=_words(said.get("description"), *of("og:description", "description", "twitter:description")),
        content=_body(said.get("articleBody")),
        dates=[said.get("datePublished"), said.get("uploadDate"), *of(*_DATES), head.time],
        authors=[name for name in authors if "://" not in name],
        topics=[*_keywords(said), *_metas(head, "article:section", "article:tag")]
        or (meta.get("news_keywords") or meta.get("keywords") or "").split(","),
        pictures=[(address, None, None) for address in _pictures(said, head)],
        outlet=(publisher, url),
    )


class _Head(HTMLParser):
    """The tags of a page that say what it is.

    Attributes:
        meta: names of `<meta>` in lower case, and the first content of each.
        all: the same, every content.
        title: the text of the first `<title>`.
        canonical: the address that the page calls its own.
        time: the first `datetime` of a `<time>`.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.all: dict[str, list[str]] = {}
        self.title = self.canonical = self.time = ""
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and (content := said.get("content", "").strip()):
            for name in {said.get("property", ""), said.get("name", ""), said.get("itemprop", "")} - {""}:
                self.meta.setdefault(name.lower(), content)
                self.all.setdefault(name.lower(), []).append(content)
        elif tag == "link" and "canonical" in said.get("rel", "").lower().split():
            self.canonical = self.canonical or said.get("href", "")
        elif tag == "time":
            self.time = self.time or said.get("datetime", "")
        self._is_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 — the base class's
        self._is_title = False

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data


def _text(data: bytes, content_type: str) -> str:
    """The page, decoded as it or its server says; where neither does, by its looks."""
    told = _TYPE_CHARSET.search(content_type)
    written = None if told else _CHARSET.search(data[:4096])
    name = told[1] if told else written[1].decode("ascii", "replace") if written else "utf-8"
    with suppress(LookupError, ValueError):  # there is none of that name, or it is one for names of hosts
        codec = codecs.lookup(name)
        is_text = getattr(codec, "_is_text_encoding", True)
        is_lie = written is not None and codec.name.startswith(_WIDE)  # in these it would not have been found
        if is_text and not is_lie and codec.name != "utf-8":
            return data.decode(codec.name, "replace")
    return decode(data)[0]


def _linked_data(html: str) -> Mapping[str, Any]:
    """The first thing that JSON-LD calls an article; else what it says of anything that has a headline."""
    second: Mapping[str, Any] = {}
    for script in _scripts(html):
        try:
            data = json.loads(script.removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            if not _ARTICLES.isdisjoint(_types(thing)):
                return thing
            if not second and isinstance(thing.get("headline"), str):
                second = thing
    return second


def _scripts(html: str) -> Iterator[str]:
    """What stands in the scripts that are JSON-LD."""
    start = _SCRIPT.search(html)
    while start is not None:
        end = _SCRIPT_END.search(html, start.end())
        if end is None:
            return
        if _LINKED in start[0].lower() and end.start() - start.end() <= _MOST_SCRIPT:
            yield html[start.end() : end.start()].strip()
        start = _SCRIPT.search(html, end.end())


def _things(data: object) -> Iterator[dict[str, Any]]:
    """All mappings of a graph that may be a thing of its own."""
    waiting, count = [data], 0
    while waiting and count < _MOST_VALUES:
        one, count = waiting.pop(0), count + 1
        if isinstance(one, list):
            waiting[:0] = one[:_MOST_VALUES]
        elif isinstance(one, dict):
            yield one
            waiting += [one[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in one]


def _types(thing: Mapping[str, Any]) -> set[str]:
    said = thing.get("@type")
    listed = said if isinstance(said, list) else [said]
    return {one.rpartition("/")[2].lower() for one in listed if isinstance(one, str)}


def _names(value: object) -> Iterator[str]:
    """Names of people or of an outlet: texts, or mappings that have a name."""
    for one in (value if isinstance(value, list) else [value])[:FEED_LABELS]:
        name = one.get("name") if isinstance(one, dict) else one
        for inner in name if isinstance(name, list) else [name]:
            if isinstance(inner, str) and inner.strip():
                yield inner


def _keywords(said: Mapping[str, Any]) -> list[str]:
    sections, words = list(_names(said.get("articleSection"))), said.get("keywords")
    return sections + (words.split(",") if isinstance(words, str) else list(_names(words)))


def _pictures(said: Mapping[str, Any], head: _Head) -> list[str]:
    """The address of the picture that stands for the page."""
    value = said.get("image") or said.get("thumbnailUrl")
    for one in value if isinstance(value, list) else [value]:
        address = one.get("url") if isinstance(one, dict) else one
        if isinstance(address, str) and address.strip():
            return [address]
    return _metas(head, "og:image", "og:image:url", "twitter:image")[:1]


def _metas(head: _Head, *names: str) -> list[str]:
    """All contents of the first of some tags that there is, and of those that go with it."""
    if names[0] == "article:section":
        return [one for name in names for one in head.all.get(name, [])]
    return next((head.all[name] for name in names if name in head.all), [])


def _body(value: object) -> Words:
    """The text of an article: HTML, or lines of which each is a paragraph."""
    text = value if isinstance(value, str) else ""
    if "</p>" in text or "<br" in text:
        return Words(text)
    return Words("".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip()))


def _words(*values: object) -> Words:
    return Words(next((value for value in values if isinstance(value, str) and value.strip()), ""), is_html=True)
