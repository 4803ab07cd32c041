"""Pages of Zola (https://www.getzola.org/documentation/content/page/): TOML with `[taxonomies]` and `[extra]`."""

from __future__ import annotations

import re

from reader.stories.formats.given import Given, PassedOverError, Retold, dated_name, headline_of, people, picture, whole
from reader.stories.formats.hugo import bundle_name, refuse_list_page, topics
from reader.stories.model import Value

_DAY = re.compile(r"(?:^|/)(\d{4})/(\d\d?)/(\d\d?)/")
_PICTURES = ("image", "cover", "thumbnail", "banner", "featured_image", "og_image")


def retell(given: Given) -> Retold:
    """Retell a page in keys that `fields` knows.

    Raises:
        PassedOverError: Zola does not publish it.
    """
    refuse_list_page(given)
    if given.is_true("draft"):
        raise PassedOverError("a draft")
    extra = given.with_data(given.table("extra"))
    name = bundle_name(given) or given.path.stem
    dated = dated_name(name)
    changes: dict[str, Value] = {
        "title": given.text("title") or headline_of(dated.rest if dated else name),
        "date": given.date("date") or (dated.day if dated else "") or _day_of_path(given) or given.date("updated"),
        "topics": topics(given, "topics", "tags", "categories") or topics(extra, "tags", "categories", "category"),
        "authors": people(given.get("authors")) or people(extra.get("authors", "author")),
        "images": picture(given.get("images", "image")) or picture(extra.get(*_PICTURES)),
        "webUrl": extra.text("externalUrl", "external_url", "link_to"),
    }
    return given.retold(changes, without=("tags", "categories", "taxonomies"), body=whole(given.body))


def _day_of_path(given: Given) -> str:
    """The day in the `path` that a page sets for itself; empty where there is none."""
    match = _DAY.search(given.text("path"))
    return "-".join(match.groups()) if match else ""
