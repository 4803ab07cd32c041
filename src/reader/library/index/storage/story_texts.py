"""How the index keeps a story's path, link and outlet, for up to a million stories: what many share is kept once.

All links of a site begin alike, and all paths of a folder: these beginnings are rows of the table `prefixes`, and
outlets are rows of `providers`. The name of a file is mostly made of the headline, and so is the link (both alike in
seven of ten real files, and in all that a site made): that part, the slug, is kept once, and in the rest of path and
link a `MARK` stands for it. The view `stories` puts all of it together again, within SQLite.
"""

from __future__ import annotations

from typing import NamedTuple

MARK = "\x01"
"""Stands for the slug. Links have no control characters; for a file name that has this one, no slug is kept."""

LEAST_SHARED = 8
"""Characters that a slug needs for it to pay to keep it apart."""

USUAL_TYPE = "article"
"""The type of a story whose column `type` is NULL."""


class StoryTexts(NamedTuple):
    """What is kept of a story's path and link.

    Attributes:
        folder: the path up to its last slash, that one included; empty for a file in the library's own folder.
        name: the rest of the path, with `MARK` for the slug.
        site: the link up to the slash after the domain, that one included; empty where it has none.
        link: the rest of the link, with `MARK` for the slug.
        slug: what name and link have in common; None where they share nothing, and neither has a `MARK`.
    """

    folder: bytes
    name: bytes
    site: str
    link: str
    slug: str | None


def texts_of(path: bytes, url: str) -> StoryTexts:
    """Divide a path, relative to the library's folder, and a link into what is kept of them."""
    at = path.rfind(b"/") + 1
    folder, name = path[:at], path[at:]
    at = url.find("/", url.find("://") + 3) + 1
    site, link = url[:at], url[at:]
    if name.isascii():
        text = name.decode()
        slug = _slug(text)
        if len(slug) >= LEAST_SHARED and slug in link and MARK not in text and MARK not in link:
            return StoryTexts(folder, text.replace(slug, MARK).encode(), site, link.replace(slug, MARK), slug)
    return StoryTexts(folder, name, site, link, None)


def _slug(name: str) -> str:
    """A file's name without a date at its beginning (`2020-02-20-`) and without its ending."""
    stem = name[: name.rfind(".")]
    if stem[4:5] == stem[7:8] == stem[10:11] == "-" and (stem[:4] + stem[5:7] + stem[8:10]).isdigit():
        return stem[11:]
    return stem


def columns_of(row: str) -> dict[str, str]:
    """The columns of the view `stories` that are put together again: the SQL of each, by name.

    Args:
        row: the name that the statement has for the row of `known_stories`.
    """
    folder, site = (f"(SELECT b.prefix FROM prefixes b WHERE b.id = {row}.{name})" for name in ("folder", "site"))  # noqa: S608 — from here
    name, link = (
        f"CASE WHEN {row}.slug IS NULL THEN {row}.{name} ELSE replace({row}.{name}, char({ord(MARK)}), {row}.slug) END"
        for name in ("name", "link")
    )
    provider, outlet = (
        f"(SELECT p.{name} FROM providers p WHERE p.id = {row}.provider)"  # noqa: S608 — from here
        for name in ("provider", "outlet")
    )
    return {
        "type": f"coalesce({row}.type, '{USUAL_TYPE}')",
        "provider": provider,
        "outlet": outlet,
        "path": f"CAST({folder} || {name} AS BLOB)",
        "url": f"{site} || {link}",
    }
