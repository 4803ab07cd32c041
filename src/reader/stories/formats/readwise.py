"""Articles that Readwise exported as Markdown, without front matter: below a headline, `- Author:` and `- URL:`."""

from __future__ import annotations

import re

from reader.stories.fields import fold
from reader.stories.formats.clippings import plain_body, unlinked
from reader.stories.formats.given import Given, NoStoryError, Retold, once
from reader.stories.model import Value
from reader.stories.urls import is_web

START = 6_000
"""Characters at the beginning of a file that are looked through."""

_HEADLINE = re.compile(r"\A\s*#[ \t]+([^\n]+)\n")
_FACT = re.compile(r"^[-*] ([A-Z][A-Za-z ]{1,30}):[ \t]*([^\n]*)$", re.MULTILINE)
_SECTION = re.compile(r"^#{1,3} ", re.MULTILINE)
_METADATA = re.compile(r"^##+ Metadata[ \t]*\n", re.MULTILINE)
_COVER = re.compile(r"!\[rw-book-cover\]\(([^)\s]+)\)")
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_TAG = re.compile(r"\[\[([^\[\]\n|]+)\]\]|#([^\s#\[\]]+)")


def is_export(text: str) -> bool:
    """Whether a text begins as such an article does; quick for one that does not."""
    start = text[:START]
    return ("\n- URL:" in start or "\n* URL:" in start) and "Author:" in start and _HEADLINE.match(start) is not None


def read(given: Given) -> Retold:
    """Tell an article.

    Raises:
        NoStoryError: it is none after all.
    """
    start = given.body[:START]
    headline, metadata = _HEADLINE.match(start), _METADATA.search(start)
    begin = metadata.end() if metadata else headline.end() if headline else 0
    section = _SECTION.search(given.body, begin)
    end = section.start() if section else len(given.body)
    facts = {
        fold(match[1].replace(" ", "")): match[2].strip() for match in _FACT.finditer(start, begin, min(end, START))
    }
    link = _LINK.search(facts.get("url", ""))
    url = link[1] if link else facts.get("url", "").strip("<>")
    if headline is None or not is_web(url):
        raise NoStoryError
    cover = _COVER.search(start)
    data: dict[str, Value] = {
        "title": unlinked(facts.get("fulltitle") or headline[1].strip()),
        "webUrl": url,
        "authors": [name for one in facts.get("author", "").split(",") if (name := str(unlinked(one)).strip())],
        "topics": once(
            match[1] or match[2] for match in _TAG.finditer(facts.get("documenttags", facts.get("tags", "")))
        ),
        "excerpt": facts.get("summary", ""),
        "category": facts.get("category", "").lstrip("#"),
        "publishedDateTime": facts.get("publisheddate") or facts.get("published") or facts.get("date", ""),
        "site": facts.get("publisher", "") or facts.get("site", ""),
        "images": cover[1] if cover else "",
    }
    return Retold({key: value for key, value in data.items() if value}, plain_body(given.body[end:]).strip())
