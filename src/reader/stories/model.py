"""What a story is made of. All text here has passed the gate for text, and is safe to show."""

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
"""A value of the front matter as the file has it: text, None, or a list or a mapping of values."""


class LinkRole(StrEnum):
    """What a link of a story leads to."""

    SOURCE = "source"
    ORIGINAL = "original"
    AMP = "AMP"
    CDN_AMP = "CDN AMP"


@dataclass(frozen=True, slots=True)
class Link:
    """One address of an article. It may be any text that a file has: ask `is_web` before it is opened."""

    role: LinkRole
    url: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image of an article or a provider.

    Attributes:
        url: as the file has it; may be relative.
        width: in pixels, None where unknown.
        height: in pixels, None where unknown.
        title: its caption or alternative text.
        extra: what else the file says of it.
    """

    url: str
    width: int | None = None
    height: int | None = None
    title: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """Who published an article. Without a name, `name` is the domain; both are empty where the file has neither."""

    name: str = ""
    domain: str = ""
    images: tuple[Image, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article that a file describes: a related entry, or (as `Story`) the file itself.

    Attributes:
        title: the headline.
        excerpt: the first lines or a summary, as the file has it; may hold line ends.
        published: an aware time; a date where the file gives only the day; None where it gives nothing readable.
        published_text: the time as the file writes it.
        type: `article` or `video` in the known data.
        provider: who published it.
        quality: 0 to about 190 in the known data; None where not given.
        links: all its addresses, the source first.
        images: its images.
        topics: its labels.
        extra: the values of all other keys, as the file has them.
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
        """The key of this article everywhere: its canonical URL, else a digest of its provider, headline and time."""
        for link in self.links:
            if canonical := canonical_url(link.url):
                return canonical
        content = "\n".join((self.provider.domain, self.provider.name, self.title, self.published_text))
        return "content:" + hashlib.sha256(content.encode()).hexdigest()[:32]

    @property
    def outlet(self) -> str:
        """What outlets are compared by: the provider's domain, else its name, else the host of the link."""
        return self.provider.domain or self.provider.name or host_of(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Article):
    """One file of the folder, parsed.

    Attributes:
        path: the file.
        format: the name of the tool that wrote it; empty for the program's own format, and where it could be any.
        body: what comes after the front matter, as Markdown.
        category: a label that the file has; `news` in the known data.
        authors: who wrote it.
        heat: -1 for none; None where not given.
        is_published: the file's `published` flag; None where not given.
        sealed_bytes: size of the encrypted body under `secured`, in characters of its text; None where there is none.
        related: its coverage by other outlets, in the file's order.
        flaws: what is odd in the file.
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
        """The addresses of the feeds by which it came in: files that this program wrote have them under `feed`."""
        feed = self.extra.get("feed")
        listed = feed if isinstance(feed, list) else [feed]
        return tuple(one for one in listed if isinstance(one, str) and is_web(one))
