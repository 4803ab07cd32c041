"""How the path, the link and the outlet of a story lie in the index, which has a million of them: once what many share.

A link begins as all of its site do, and a path as all of its folder: these beginnings, and outlets, are rows of their
own. A file is mostly named by its headline, which stands in the link as well (in seven of ten real files, and in all
that were made by a site): that is kept once, as the `slug`, and where it stands there is a `MARK` in the rest of the
path and in the rest of the link. The view `stories` puts all of it together again, at the speed of SQLite.
"""

from __future__ import annotations

from typing import NamedTuple

MARK = "\x01"
"""Stands for the slug. No link has it, since none has a control character; a file whose name has it shares nothing."""

LEAST_SHARED = 8
"""Bytes from which on it pays to keep a slug by itself."""

USUAL_TYPE = "article"
"""The type of a story where the column is NULL."""


class StoryTexts(NamedTuple):
    """What is kept of a story's path and link.

    Attributes:
        folder: the path up to its last stroke, which it ends with; empty where it lies in the library's own folder.
        name: the rest of the path, with `MARK` for the slug.
        site: the link up to the stroke after the domain, which it ends with; empty where it has none.
        link: the rest of the link, with `MARK` for the slug.
        slug: what name and link have in common; None where they share nothing, and neither has a mark.
    """

    folder: bytes
    name: bytes
    site: str
    link: str
    slug: str | None


def texts_of(path: bytes, url: str) -> StoryTexts:
    """Take a path and a link apart."""
    at = path.rfind(b"/") + 1
    folder, name = path[:at], path[at:]
    at = url.find("/", url.find("://") + 3) + 1
    site, link = url[:at], url[at:]
    if name.isascii():
        told = name.decode()
        slug = _slug(told)
        if len(slug) >= LEAST_SHARED and slug in link and MARK not in told and MARK not in link:
            return StoryTexts(folder, told.replace(slug, MARK).encode(), site, link.replace(slug, MARK), slug)
    return StoryTexts(folder, name, site, link, None)


def _slug(name: str) -> str:
    """What a file's name says, without the date before it and the ending."""
    stem = name[: name.rfind(".")]
    if stem[4:5] == stem[7:8] == stem[10:11] == "-" and (stem[:4] + stem[5:7] + stem[8:10]).isdigit():
        return stem[11:]
    return stem


def columns_of(row: str) -> dict[str, str]:
    """The columns of `stories` that are put together, as expressions of a row of `known_stories` in SQL.

    Args:
        row: how the statement names the row.
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
