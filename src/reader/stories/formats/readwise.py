"""Articles that Readwise exported as Markdown: `- Author:`, `- URL:` and other lines below a headline.

There is no front matter, unless the person chose to have one, and then the facts may be in these lines only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.stories.fields import fold_key
from reader.stories.formats.clippings import plain_body, unlinked
from reader.stories.formats.given import Given, Retold, labels, once, people
from reader.stories.model import Value

START = 6_000
"""How many characters at the beginning of a file are searched."""

_HEADLINE = re.compile(r"\A\s*#{1,2}[ \t]+([^\n]+)\n")
_METADATA = re.compile(r"^##+ Metadata[ \t]*\n", re.MULTILINE)
_FACT = re.compile(r"^[-*] ([A-Z][A-Za-z ]{1,30}):[ \t]*(.*?)(?=\n[-*] |\n[ \t]*\n|\n#|\Z)", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^#{1,4} ", re.MULTILINE)
_COVER = re.compile(r"!\[rw-book-cover\]\(([^)\s]+)\)")
_URL = re.compile(r"^[-*] URL:[^\n]{0,2000}?(https?://[^\s)>]+)", re.MULTILINE)
_TAG = re.compile(r"\[\[([^\[\]\n|]+)\]\]|#([^\s#\[\]]+)")


def is_export(given: Given) -> bool:
    """Whether a file begins as such an article; it is quick where it does not."""
    start = given.body[:START]
    if "URL:" not in start or "Author:" not in start or _URL.search(start) is None:
        return False
    is_marked = _METADATA.search(start) is not None or _COVER.search(start) is not None
    return is_marked or (not given.data and _HEADLINE.match(start) is not None)


def retell(given: Given) -> Retold:
    """Retell an article in keys that `fields` knows."""
    start = given.body[:START]
    headline, metadata, cover, url = (one.search(start) for one in (_HEADLINE, _METADATA, _COVER, _URL))
    begin = metadata.end() if metadata else headline.end() if headline else 0
    section = _SECTION.search(given.body, begin)
    end = section.start() if section else len(given.body)
    facts = {
        fold_key(match[1].replace(" ", "")): match[2].strip() for match in _FACT.finditer(start, begin, min(end, START))
    }

    def fact(*names: str) -> str:
        return next((facts[name] for name in names if facts.get(name)), "")

    changes: dict[str, Value] = {
        "title": given.text("title") or unlinked(fact("fulltitle")) or (headline[1].strip() if headline else ""),
        "webUrl": url[1] if url else "",
        "authors": people(unlinked(given.get("authors", "author"))) or _names(fact("author")),
        "topics": once([*_tags(fact("documenttags")), *(tag.lstrip("#") for tag in labels(given.get("tags")))]),
        "excerpt": fact("summary"),
        "category": fact("category").lstrip("#"),
        "publishedDateTime": fact("publisheddate", "published", "date"),
        "site": fact("publisher", "site"),
        "images": cover[1] if cover else "",
    }
    return given.retold(changes, without=("author", "tags"), body=plain_body(given.body[end:]).strip())


def _names(written: str) -> list[Value]:
    return once(name for one in str(unlinked(written)).split(",") if (name := one.strip()))


def _tags(written: str) -> Iterator[str]:
    return (match[1] or match[2] for match in _TAG.finditer(written))
