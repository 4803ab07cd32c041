"""Articles of bulletty (https://github.com/CrociDB/bulletty): `categories/CATEGORY/FEED/*.md`, TOML between `---`.

What the feed is called and where its site is, `.feed.toml` says, which lies beside the articles. `seen` is what the
person did, and becomes a mark where the folder is imported.
"""

from __future__ import annotations

from reader.stories.formats.given import Given, Retold
from reader.stories.formats.surroundings import toml_beside
from reader.stories.model import Value
from reader.stories.urls import host_of

FEED_FILE = ".feed.toml"
CATEGORIES = "categories"

_NOTHING = frozenset({"NOTITLE", "NOURL"})
_NO_DATES = ("1990-09-19T00:00:00", "1970-01-01T00:00:00")
"""What it writes where an article has no date."""


def read(given: Given) -> Retold:
    """Tell an article."""
    feed = given.with_data(toml_beside(given.path, FEED_FILE))
    site = feed.text("url") or feed.text("feed_url")
    name, domain = feed.text("title"), host_of(site)
    category = given.folders[1] if given.folders[2:3] == (CATEGORIES,) else ""
    changes: dict[str, Value] = {
        "provider": {"name": name, "domain": domain} if name or domain else None,
        "topics": [category] if category else None,
    }
    without = [name for name in ("title", "url") if given.text(name) in _NOTHING]
    without += ["date"] if given.text("date").startswith(_NO_DATES) else []
    without += ["text"] if not given.text("text") else []
    return given.retold(changes, without=without)
