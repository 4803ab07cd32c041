"""Pages that Omnivore's plugin for Obsidian saved.

Its front matter has what the person chose, and always an `id`; headline and link may be only in the body.
"""

from __future__ import annotations

import re

from reader.stories.formats.clippings import plain_body, unlinked
from reader.stories.formats.given import Given, Retold, labels, once, people
from reader.stories.model import Value

PAGE = "https://omnivore.app/"

_HEADLINE = re.compile(r"\A\s*#[ \t]+([^\n]+)\n")
_LINES = re.compile(
    r"^(?:#Omnivore|\[Read on Omnivore\]\([^)\n]*\)|\[Read Original\]\(([^)\n]*)\))[ \t]*\n?", re.MULTILINE
)


def is_omnivore(given: Given) -> bool:
    """Whether the body of a page has a link to Omnivore."""
    return PAGE in given.body[:4000]


def retell(given: Given) -> Retold:
    """Retell a page in keys that `fields` knows."""
    plain = given.with_data({key: unlinked(value) for key, value in given.data.items()})
    headline = _HEADLINE.match(given.body)
    original = next((match[1] for match in _LINES.finditer(given.body[:4000]) if match[1]), "")
    title = plain.text("title") or (headline[1].strip() if headline else "")
    body = given.body[headline.end() :] if headline and headline[1].strip() == title else given.body
    found = [*labels(plain.get("labels")), *labels(plain.get("tags"))]
    changes: dict[str, Value] = {
        "title": title,
        "webUrl": plain.text("original_url", "url", "source") or original,
        "topics": once(label.lstrip("#") for label in found),
        "authors": people(plain.get("author", "authors")),
        "site": plain.text("site_name", "site"),
        "publishedDateTime": plain.date("date_published", "published", "date_saved", "date"),
    }
    without = ["labels", "tags", "author", "original_url", "url", "source", "site_name", "date_published"]
    return plain.retold(changes, without=without, body=plain_body(_LINES.sub("", body)).strip())
