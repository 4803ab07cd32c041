"""What a story is made of. Values here have passed the gates: all text is safe to show."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from reader.stories.errors import Flaw
from reader.stories.urls import canonical_url, host_of, is_web

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""A value of the front matter as the file has it: text, nothing, or a list or mapping of such."""


class LinkRole(StrEnum):
    """What a link of a story leads to."""

    SOURCE = "source"
    ORIGINAL = "original"
    AMP = "AMP"
    CDN_AMP = "CDN AMP"


@dataclass(frozen=True, slots=True)
class Link:
    """One address of an article. It may be anything a file can hold: ask `is_web` before opening it."""

    role: LinkRole
    url: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that belongs to an article or a provider.

    Attributes:
        url: as the file has it; may be relative.
        width: in pixels, None where unknown.
        height: in pixels, None where unknown.
        title: the text that stands in for the picture.
        extra: what else the file says of it.
    """

    url: str
    width: int | None = None
    height: int | None = None
    title: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """Who published an article. `name` falls back to the domain; both are empty where the file says nothing."""

    name: str = ""
    domain: str = ""
    images: tuple[Image, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Anything with a headline that a file tells of: a related entry, or (as `Story`) the file itself.

    Attributes:
        title: the headline.
        excerpt: the first lines or a summary, as the file has it; may hold line ends.
        published: an aware time; a date where the file gives only the day; None where it gives nothing readable.
        published_text: the time as the file writes it.
        type: `article` or `video` in the known data.
        provider: who published it.
        quality: 0 to about 190 in the known data; None where not given.
        links: all its addresses, the source first.
        images: its pictures.
        topics: its labels.
        extra: every key of the file that has no meaning here, as the file has it.
    """

    title: str
    excerpt: str = ""
    published: datetime | date | None = None
    published_text: str = ""
    type: str = ""
    provider: Provider = Provider()
    quality: int | None = None
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    topics: tuple[str, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The link to open: the first that is a web address, in the order source, original, AMP; else empty."""
        return next((link.url for link in self.links if is_web(link.url)), "")

    @property
    def key(self) -> str:
        """What names this article everywhere: its canonical URL, else a digest of its provider, headline and time."""
        for link in self.links:
            if canonical := canonical_url(link.url):
                return canonical
        told = "\n".join((self.provider.domain, self.provider.name, self.title, self.published_text))
        return "content:" + hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def outlet(self) -> str:
        """The provider as an outlet is told from another: by domain, else by name, else by the link's host."""
        return self.provider.domain or self.provider.name or host_of(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Article):
    """One file of the folder, parsed.

    Attributes:
        path: the file.
        format: the tool that wrote it; empty for the program's own format, and for what could be anyone's.
        body: what stands after the front matter, as Markdown.
        category: a label of the file's maker, `news` in the known data.
        authors: who wrote it.
        heat: -1 for none; None where not given.
        is_published: the file's `published` flag; None where not given.
        sealed_bytes: size of the encrypted body under `secured`, in characters of its text; None where there is none.
        related: its coverage by other outlets, in the file's order.
        flaws: what was odd about the file.
    """

    path: Path
    format: str = ""
    body: str = ""
    category: str = ""
    authors: tuple[str, ...] = ()
    heat: int | None = None
    is_published: bool | None = None
    sealed_bytes: int | None = None
    related: tuple[Article, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def feeds(self) -> tuple[str, ...]:
        """The addresses of the feeds by which it came in; those that this program wrote say so."""
        told = self.extra.get("feed")
        listed = told if isinstance(told, list) else [told]
        return tuple(one for one in listed if isinstance(one, str) and is_web(one))
