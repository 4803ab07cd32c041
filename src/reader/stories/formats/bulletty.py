"""Articles of bulletty (https://github.com/CrociDB/bulletty): `categories/CATEGORY/FEED/*.md`, TOML between `---`.

`.feed.toml` beside the articles has the name and the site of the feed. `seen` is what the person did, and becomes a
mark where the folder is imported.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from reader.stories.formats.given import Given, Retold
from reader.stories.formats.surroundings import toml_beside
from reader.stories.model import Value
from reader.stories.urls import host_of, is_web

FEED_FILE = ".feed.toml"
CATEGORIES = "categories"

_MAILBOX = re.compile(r"\A\S+@\S+ \(([^()\n]+)\)\Z")
"""An author as RSS writes one: `ada@post.test (Ada Quay)`."""

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>-])")
"""An escaped sign of Markdown: descriptions have such, though they are plain text."""

_NOTHING = frozenset({"NOTITLE", "NOURL"})
_NO_DATES = ("1990-09-19T00:00:00", "1970-01-01T00:00:00")
"""The dates that it writes where an article has none."""


def retell(given: Given) -> Retold:
    """Retell an article in keys that `fields` knows."""
    feed = given.with_data(toml_beside(given.path, FEED_FILE))
    site = feed.text("url") or feed.text("feed_url")
    name, domain = feed.text("title"), host_of(site)
    url, guid = _address(given.text("url"), site)
    category = given.folders[1] if given.folders[2:3] == (CATEGORIES,) else ""
    changes: dict[str, Value] = {
        "provider": {"name": name, "domain": domain} if name or domain else None,
        "topics": [category] if category else None,
        "url": url,
        "guid": guid,
        "author": _MAILBOX.sub(r"\1", given.text("author")),
        "description": _ESCAPED.sub(r"\1", given.text("description")),
    }
    without = ["title"] if given.text("title") in _NOTHING else []
    without += ["date"] if given.text("date").startswith(_NO_DATES) else []
    without += ["text"] if not given.text("text") else []
    return given.retold(changes, without=[*without, "url"])


def _address(written: str, site: str) -> tuple[str, str]:
    """The link of an article, and the identifier that it may have instead; one of the two is empty."""
    if is_web(written) or not written or written in _NOTHING:
        return ("" if written in _NOTHING else written), ""
    try:
        joined = urljoin(site, written) if written.startswith("/") else ""
    except ValueError:
        joined = ""
    return (joined, "") if is_web(joined) else ("", written)
