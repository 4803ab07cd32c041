"""Pages of Hugo (https://gohugo.io/content-management/front-matter/).

Front matter is YAML, TOML or JSON. A page is a file, or `index.md` in a folder of its own; `_index.md` is the list of a
section. Hugo does not publish drafts, nor pages that have expired.
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from reader.stories.dates import parse_date, sort_time
from reader.stories.formats.given import (
    Given,
    PassedOverError,
    Retold,
    headline_of,
    labels,
    once,
    people,
    picture,
    whole,
)
from reader.stories.model import Value
from reader.stories.urls import is_web

_TAXONOMIES = ("topics", "tags", "categories")
_PICTURES = ("images", "image", "featured_image", "featureImage", "featuredImage", "cover", "thumbnail", "banner")


def retell(given: Given) -> Retold:
    """Retell a page in keys that `fields` knows.

    Raises:
        PassedOverError: Hugo does not publish it.
    """
    refuse_list_page(given)
    if given.is_true("draft"):
        raise PassedOverError("a draft")
    if "archetypes" in given.folders[:2]:
        raise PassedOverError("a template for new pages")
    _refuse_expired(given)
    if given.is_true("headless") or "never" in (given.table("build", "_build").get("list"), _render(given)):
        raise PassedOverError("a page that is in no list of its site")
    params = given.table("params")
    return _page(
        given.with_data({**params, **{key: value for key, value in given.data.items() if value is not params}})
    )


def refuse_list_page(given: Given) -> None:
    """Refuse the page of a section, which lists others.

    Raises:
        PassedOverError: it is such a page.
    """
    if given.path.name.lower().partition(".")[0] == "_index":
        raise PassedOverError("the page of a section, with the list of its pages")


def bundle_name(given: Given) -> str:
    """The name of the folder of a page that has one of its own; empty for any other page."""
    is_bundle = given.path.name.lower().partition(".")[0] == "index"
    return given.folders[0] if is_bundle and given.folders else ""


def topics(given: Given, *names: str) -> list[Value]:
    """All labels of a page, of the taxonomies with these names and of those in its `taxonomies`."""
    taxonomies = given.table("taxonomies")
    found = [*(given.get(name) for name in names), *(taxonomies.get(name) for name in taxonomies)]
    return once(chain.from_iterable(map(labels, found)))


def _page(given: Given) -> Retold:
    address = given.text("url")
    is_dated = given.date("publishDate", "pubDate", "date", "published")
    changes: dict[str, Value] = {
        "title": given.text("title", "linkTitle") or headline_of(bundle_name(given)),
        "topics": topics(given, *_TAXONOMIES) or once(labels(given.get("keywords"))),
        "authors": people(given.get("authors", "author")),
        "images": next((one for name in _PICTURES if (one := picture(given.get(name)))), None),
        "date": "" if is_dated else given.date("lastmod", "modified"),
        "webUrl": given.text("externalUrl", "external_url", "external_link"),
        "permalink": address if not is_web(address) else "",
    }
    links = ["externalUrl", "external_url", "external_link"] if changes["webUrl"] else []
    without = [*_TAXONOMIES, "taxonomies", "author", *_PICTURES, *links, *(["url"] if changes["permalink"] else [])]
    return given.retold(changes, without=without, body=whole(given.body))


def _render(given: Given) -> Value:
    return given.table("build", "_build").get("render")


def _refuse_expired(given: Given) -> None:
    when = parse_date(given.text("expiryDate", "unpublishDate"))
    seconds = sort_time(when)
    if when is None or seconds is None or seconds > given.now().timestamp():
        return
    day = when.date() if isinstance(when, datetime) else when
    raise PassedOverError(f"it expired on {day}")
