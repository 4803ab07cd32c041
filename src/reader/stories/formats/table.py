"""Recognising the tool that wrote a file: the table has a row for each tool, and the first that fits counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from reader.stories.fields import fold_key
from reader.stories.formats import bulletty, clippings, eleventy, hugo, jekyll, miniflux, omnivore, readwise, zola
from reader.stories.formats.given import Given, NoStoryError, PassedOverError, Retold, dated_name
from reader.stories.formats.surroundings import signs_around
from reader.stories.frontmatter import Notation
from reader.stories.model import Value

Retell = Callable[[Given], Retold]

OWN = "publishedDateTime"
"""The key by which a file in the program's own format is recognised at once: no tool below writes it."""


_ANY = frozenset(Notation) - {Notation.NONE}


class Sign(NamedTuple):
    """One way to recognise a file: all conditions that are given have to hold.

    Attributes:
        notations: the notations that its front matter may have; empty for any, but not for a file without any.
        every: keys that it must have, all of them.
        some: keys of which it must have one at least.
        folder: a pattern for the name of any folder above it.
        file: a pattern for its name.
        around: names of which one must be in its folder or above: see `surroundings.SIGNS`.
        asks: a condition that is checked last.
    """

    notations: frozenset[Notation] = frozenset()
    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    folder: str = ""
    file: str = ""
    around: tuple[str, ...] = ()
    asks: Callable[[Given], bool] | None = None

    def fits(self, given: Given) -> bool:
        """Whether a file fulfils all conditions."""
        return (
            given.notation in (self.notations or _ANY)
            and all(fold_key(name) in given.names for name in self.every)
            and (not self.some or any(fold_key(name) in given.names for name in self.some))
            and (not self.file or re.fullmatch(self.file, given.path.name, re.IGNORECASE) is not None)
            and (not self.folder or any(re.fullmatch(self.folder, name) for name in given.folders))
            and (not self.around or not signs_around(given.path).isdisjoint(self.around))
            and (self.asks is None or self.asks(given))
        )


class Format(NamedTuple):
    """What one tool writes.

    Attributes:
        name: its name for a person; empty for front matter that could be of any tool.
        signs: the ways to recognise its files.
        retell: retells a file in keys that `fields` knows.
    """

    name: str
    signs: tuple[Sign, ...]
    retell: Retell


class Recognised(NamedTuple):
    """A file retold in keys that `fields` knows, with the name of its tool as in `Format`; empty for our own files."""

    format: str
    data: Mapping[str, Value]
    body: str


_YAML, _TOML, _JSON = (frozenset({one}) for one in (Notation.YAML, Notation.TOML, Notation.JSON))
_ELEVENTY_CONFIGURATIONS = (
    ".eleventy.js", ".eleventy.cjs", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs",
    "eleventy.config.ts",
)  # fmt: skip
_HUGO_SIGNS = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "archetypes")
_SETTINGS = r"(?:_config[\w.-]*|hugo|config|mkdocs|docusaurus\.config)\.ya?ml"


def _settings(_: Given) -> Retold:
    raise PassedOverError("the configuration or the data of a site")


def _note(given: Given) -> Retold:
    """A note in a vault: it is a story if it has a headline and a date, or an address on the web."""
    if given.text("title", "headline") and given.text("published", "date", "publishDate", "publishedAt"):
        return _any(given)
    if given.text("webUrl", "sourceUrl", "url", "link", "originalUrl"):
        return _any(given)
    raise NoStoryError


def _any(given: Given) -> Retold:
    """A file that could be of any tool. Where it has no date, the day in its name is taken."""
    if given.text("draft").lower() == "true":
        raise PassedOverError("a draft")
    dated = None if given.names.keys() & _DATES else dated_name(given.path.stem)
    return given.retold({"date": dated.day}) if dated else Retold(given.data, given.body)


_DATES = frozenset(
    map(fold_key, ("publishedAt", "datePublished", "publishDate", "pubDate", "date", "created", "published", "updated"))
)

FORMATS = (
    Format(
        "",
        (
            Sign(_YAML, file=_SETTINGS, asks=lambda given: not given.body),
            Sign(_YAML, file=r".*\.ya?ml", folder=r"_data|data", around=(*jekyll.CONFIGURATIONS, *_HUGO_SIGNS)),
        ),
        _settings,
    ),
    Format(
        "bulletty", (Sign(_TOML, every=("seen", "url")), Sign(_TOML, every=("lastupdated", "url"))), bulletty.retell
    ),
    Format("Miniflux exporter", (Sign(every=("entry_id", "feed_id", "url")),), miniflux.retell),
    Format(
        "Omnivore",
        (
            Sign(every=("id", "date_saved")),
            Sign(some=("omnivore_url",)),
            Sign(every=("date_published", "labels")),
            Sign(every=("id",), asks=omnivore.is_omnivore),
        ),
        omnivore.retell,
    ),
    Format(
        "Readwise",
        (Sign(frozenset({Notation.NONE, Notation.YAML}), asks=readwise.is_export),),
        readwise.retell,
    ),
    Format(
        "Obsidian Web Clipper",
        (
            Sign(_YAML, every=("source",), some=("created", "published"), asks=clippings.is_clipping),
            Sign(_YAML, every=("clipped",), asks=clippings.is_clipping),
        ),
        clippings.retell,
    ),
    Format(
        "Zola",
        (
            Sign(_TOML, some=("taxonomies", "extra", "in_search_index", "insert_anchor_links", "updated", "path")),
            Sign(_TOML, around=("templates",)),
        ),
        zola.retell,
    ),
    Format("Hugo", (Sign(around=_HUGO_SIGNS),), hugo.retell),
    Format(
        "Jekyll",
        (
            Sign(_YAML, folder=r"_posts|_drafts", file=r"\d{4}-\d\d?-\d\d?-.*"),
            Sign(_YAML, folder=r"_drafts"),
            Sign(_YAML, around=jekyll.CONFIGURATIONS),
        ),
        jekyll.retell,
    ),
    Format(
        "Eleventy",
        (
            Sign(some=("eleventyNavigation", "eleventyExcludeFromCollections", "eleventyComputed")),
            Sign(every=("date",), asks=eleventy.says_words),
            Sign(around=_ELEVENTY_CONFIGURATIONS),
        ),
        eleventy.retell,
    ),
    Format(
        "Hugo",
        (
            Sign(_TOML | _JSON),
            Sign(some=("publishDate", "expiryDate", "lastmod", "linkTitle", "isCJKLanguage", "taxonomies", "headless")),
            Sign(every=("params",), some=("date", "title")),
            Sign(folder=r"content", file=r"_?index\.(?:[\w-]+\.)?(?:md|markdown)"),
        ),
        hugo.retell,
    ),
    Format("", (Sign(_YAML, around=(".obsidian",)),), _note),
    Format("", (Sign(_YAML),), _any),
)
"""The order matters: signs that only one tool has come before those that several share."""


def recognise(given: Given) -> Recognised:
    """Find the tool that wrote a file, and retell the file as that tool means it.

    Raises:
        PassedOverError: it looks like a story, but is not to be listed.
        NoStoryError: it is no story.
    """
    if OWN in given.data:
        return Recognised("", given.data, given.body)
    for row in FORMATS:
        if any(sign.fits(given) for sign in row.signs):
            retold = row.retell(given)
            return Recognised(row.name, retold.data, retold.body)
    raise NoStoryError
