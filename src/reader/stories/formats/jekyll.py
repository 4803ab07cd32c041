"""Posts of Jekyll (https://jekyllrb.com/docs/front-matter/): `_posts/YYYY-MM-DD-slug.md`.

The day is in the file's name, and so is the headline where the front matter has none. A text of several tags or
categories has spaces between them. Folders above `_posts` are categories, where the site's folder can be found.
"""

from __future__ import annotations

from itertools import chain, takewhile
from pathlib import Path

from reader.stories.formats.given import (
    Given,
    PassedOverError,
    Retold,
    dated_name,
    headline_of,
    labels,
    once,
    people,
    picture,
    whole,
)
from reader.stories.model import Value

POSTS, DRAFTS = "_posts", "_drafts"
CONFIGURATIONS = ("_config.yml", "_config.yaml")


def retell(given: Given) -> Retold:
    """Retell a post or a page in keys that `fields` knows.

    Raises:
        PassedOverError: Jekyll does not publish it.
    """
    if DRAFTS in given.folders:
        raise PassedOverError("a draft")
    if given.is_true("draft"):
        raise PassedOverError("a draft")
    if given.is_false("published"):
        raise PassedOverError("not published: it says published: false")
    dated = dated_name(given.path.stem)
    image = picture(given.get("image")) or picture(given.get("header"))
    changes: dict[str, Value] = {
        "title": given.text("title") or (headline_of(dated.rest) if dated else ""),
        "date": given.text("date") or (dated.day if dated else ""),
        "topics": _topics(given, "" if dated else ","),
        "authors": people(given.get("authors", "author")),
        "images": image,
    }
    without = ["tags", "tag", "categories", "author", *(["image"] if image else [])]
    return given.retold(changes, without=without, body=whole(given.body))


def _topics(given: Given, apart: str) -> list[Value]:
    """Tags and categories, each once. `tag` and `category` hold a single label, which may have spaces."""
    listed = [labels(given.get("topics")), labels(given.get("tags"), apart), labels(given.get("categories"), apart)]
    single = [labels(given.get(name), "\0") for name in ("tag", "category")]
    return once(chain.from_iterable([*listed[:2], single[0], *listed[2:], single[1], _folders(given)]))


def _folders(given: Given) -> list[str]:
    """The names of the folders between the site's and `_posts`, the outermost first."""
    if POSTS not in given.folders or not given.path.is_absolute():
        return []
    above = given.path.parents[given.folders.index(POSTS)].parents
    between = list(takewhile(lambda folder: not _is_site(folder), above))
    is_known = len(between) < len(above)
    return [folder.name for folder in reversed(between) if not folder.name.startswith("_")] if is_known else []


def _is_site(folder: Path) -> bool:
    return any((folder / name).is_file() for name in CONFIGURATIONS)
