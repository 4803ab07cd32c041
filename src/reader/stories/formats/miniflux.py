"""Articles that miniflux-exporter wrote as Markdown: the outlet is `feed`, and its category is a topic."""

from __future__ import annotations

from reader.stories.formats.given import Given, Retold
from reader.stories.model import Value


def retell(given: Given) -> Retold:
    """Retell an article in keys that `fields` knows."""
    feed, category = given.text("feed"), given.text("category")
    changes: dict[str, Value] = {
        "provider": {"name": feed} if feed and feed != "Unknown" else None,
        "topics": [category] if category and category != "Uncategorized" else None,
    }
    return given.retold(changes)
