"""From a front matter to a story: its values are converted and made safe, and what is odd in it becomes a flaw."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from reader.base.text import clean, clean_block, without_references
from reader.stories import frontmatter
from reader.stories.dates import parse_date
from reader.stories.errors import Flaw
from reader.stories.fields import Mapped
from reader.stories.frontmatter import FrontMatter, Notation, kind
from reader.stories.limits import URL_CHARACTERS, Limits
from reader.stories.model import Article, Image, Link, LinkRole, Provider, Story, Value
from reader.stories.urls import host_of, is_web

T = TypeVar("T")

_INTEGER = re.compile(r"[+-]?\d{1,15}(?:\.0*)?")
_KEY_SIGNS = {
    Notation.YAML: ("", ":"),
    Notation.TOML: ("", "="),
    Notation.JSON: ("[{ \t]*", ":"),
    Notation.NONE: ("(?!)", ""),
}
"""Patterns of what stands before and after a key of the outermost mapping, in each notation."""

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


class Conversion:
    """Converts one file.

    Args:
        parts: the front matter and the body of the file.
        limits: bounds on what is taken in.

    Attributes:
        flaws: the flaws that were found so far, up to `Limits.flaws`.
    """

    def __init__(self, parts: FrontMatter, limits: Limits) -> None:
        self.flaws: list[Flaw] = []
        self._untold = 0
        self._parts = parts
        self._limits = limits
        self._entry = ""
        self._entry_key = ""
        self._lines: dict[str, int] = {}

    def entry(self, text: str) -> Article | None:
        """Convert one entry of `related:`, given as a list of one; None where it is odd in any way."""
        limits = self._limits._replace(depth=self._limits.depth - 1)  # in the file it is within a mapping
        value = frontmatter.load_piece(text, 0, limits)
        if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], dict):
            return None
        before = len(self.flaws) + self._untold
        article = self._article(Mapped(value[0]))
        return article if len(self.flaws) + self._untold == before else None

    def body(self) -> str:
        """The body, made safe, and cut at `Limits.text`."""
        return clean_block(self._bounded(self._parts.body, "body", self._limits.text))

    def story(
        self, data: Mapped, path: Path, related: tuple[Article, ...] | None = None, *, format_: str = ""
    ) -> Story:
        """Convert the whole front matter.

        Args:
            data: the front matter.
            path: the path of the file.
            related: the related articles, where they have been converted already.
            format_: the name of the tool that wrote it; empty for the program's own.
        """
        is_published = self._flag(data)
        if related is None:
            related = self._related(data)
        sealed = self._text(data, "sealed", most=self._limits.file_bytes)
        category, heat = self._text(data, "category"), self._integer(data, "heat")
        authors = self._labels(data, "authors")
        common = self._common(data)
        if not common["title"]:
            common["title"] = clean(path.stem) or "untitled"
            self._flaw("title", f"no headline; the file's name is shown: {common['title']}")
        body, extra = self.body(), self._clean_rest(data)
        if self._untold:
            self.flaws.append(Flaw(0, f"{self._untold:,} more of such"))
        return Story(
            **common,
            path=path,
            format=format_,
            body=body,
            category=category,
            authors=authors,
            heat=heat,
            is_published=is_published,
            sealed_bytes=len(sealed) if sealed else None,
            related=related,
            extra=extra,
            flaws=tuple(self.flaws),
        )

    def _related(self, data: Mapped) -> tuple[Article, ...]:
        articles = []
        for key, value in data.candidates("related"):
            if not isinstance(value, list):
                self._flaw(key, f"expected a list of articles, found {kind(value)}")
                break
            data.take(key)
            self._entry_key = key
            for number, entry in enumerate(self._first(value, key, self._limits.related), start=1):
                if isinstance(entry, dict):
                    self._entry = f"related {number}: "
                    articles.append(self._article(Mapped(entry)))
                    self._entry = ""
                else:
                    self._flaw(key, f"entry {number} is {kind(entry)}, not an article")
        return tuple(articles)

    def _article(self, data: Mapped) -> Article:
        common = self._common(data)
        if not common["links"]:
            self._flaw("related", "no link")
        if not common["title"]:
            common["title"] = common["links"][0].url if common["links"] else "untitled"
        return Article(**common, extra=self._clean_rest(data))

    def _common(self, data: Mapped) -> dict[str, Any]:
        """The values that a story and an entry of `related:` have in common."""
        links = self._links(data)
        published, published_text = self._published(data)
        return {
            "title": self._text(data, "title"),
            "excerpt": self._text(data, "excerpt", block=True),
            "published": published,
            "published_text": published_text,
            "type": self._text(data, "type"),
            "provider": self._provider(data, links),
            "quality": self._integer(data, "quality"),
            "links": links,
            "images": self._images(data),
            "topics": self._labels(data, "topics"),
        }

    def _text(self, data: Mapped, field: str, *, block: bool = False, most: int = 0) -> str:
        for key, value in data.candidates(field):
            text = value if isinstance(value, str) else _as_text(value, "\n" if block else ", ")
            if text is None:
                self._flaw(key, f"expected text, found {kind(value)}")
                continue
            if text is not value:
                self._flaw(key, f"expected text, found {kind(value)}; its parts are joined")
            text = self._bounded(text, key, most or (self._limits.text if block else self._limits.line))
            text = without_references(text)
            cleaned = clean_block(text).strip() if block else clean(text)
            if cleaned:
                data.take(key)
                return cleaned
        return ""

    def _integer(self, data: Mapped, field: str) -> int | None:
        for key, value in data.candidates(field):
            if isinstance(value, str) and _INTEGER.fullmatch(value.strip().replace("_", "")):
                data.take(key)
                return int(float(value.replace("_", "")))
            self._flaw(key, f"expected a whole number, found {_quoted(value)}")
        return None

    def _flag(self, data: Mapped) -> bool | None:
        for key, value in data.candidates("is_published"):
            word = value.strip().lower() if isinstance(value, str) else ""
            if word in _TRUE | _FALSE:
                data.take(key)
                return word in _TRUE
        return None

    def _published(self, data: Mapped) -> tuple[datetime | date | None, str]:
        unread = ""
        for key, value in data.candidates("published"):
            text = clean(self._bounded(value, key, self._limits.line)) if isinstance(value, str) else ""
            when = parse_date(text)
            if when is not None:
                data.take(key)
                return when, text
            self._flaw(key, f"not a date: {_quoted(value)}")
            if text and not unread:
                data.take(key)
                unread = text
        return None, unread

    def _links(self, data: Mapped) -> tuple[Link, ...]:
        links = []
        for role in LinkRole:
            for key, value in data.links(role):
                if not isinstance(value, str):
                    if key.lower() not in ("source", "site"):
                        self._flaw(key, f"expected a link, found {kind(value)}")
                    continue
                url = self._address(value)
                if key.lower() in ("source", "site") and not is_web(url):
                    continue  # the outlet's name in some formats
                if not is_web(url):
                    what = "longer than any link" if len(url) > URL_CHARACTERS else "not a web address"
                    self._flaw(key, f"{what}, so it is shown and never opened: {_quoted(url)}")
                    if any(isinstance(other, str) and is_web(self._address(other)) for _, other in data.links(role)):
                        continue  # another key of this role has one that can be opened
                data.take(key)
                links.append(Link(role, url))
                break
        return tuple(links)

    def _provider(self, data: Mapped, links: tuple[Link, ...]) -> Provider:
        for key, value in data.candidates("provider"):
            if isinstance(value, dict):
                inner = Mapped(value)
                name = self._text(inner, "title")
                domain = self._taken_text(inner, value, "domain") or _first_host(links)
                images = self._images(inner)
                data.take(key)
                return Provider(name or domain, domain, images, self._clean_rest(inner))
            if isinstance(value, str) and (name := clean(self._bounded(value, key, self._limits.line))):
                data.take(key)
                return Provider(host_of(name) or name, _first_host(links))
            self._flaw(key, f"expected an outlet's name, found {kind(value)}")
        host = _first_host(links)
        return Provider(host, host)

    def _labels(self, data: Mapped, field: str) -> tuple[str, ...]:
        for key, value in data.candidates(field):
            parts = value if isinstance(value, list) else re.split("[,;]", value) if isinstance(value, str) else None
            if parts is None:
                self._flaw(key, f"expected a list of labels, found {kind(value)}")
                continue
            data.take(key)
            parts = self._first(parts, key, self._limits.labels)
            texts = [label for part in parts if (label := _as_text(part, ", ")) is not None]
            labels = [clean(self._bounded(label, key, self._limits.line)) for label in texts]
            if any(isinstance(part, dict) for part in parts):
                self._flaw(key, "a label is a mapping, not text")
            return tuple(dict.fromkeys(label for label in labels if label))
        return ()

    def _images(self, data: Mapped) -> tuple[Image, ...]:
        for key, value in data.candidates("images"):
            data.take(key)
            listed = self._first(value, key, self._limits.images) if isinstance(value, list) else [value]
            images = [self._image(part) for part in listed]
            if None in images:
                self._flaw(key, "an image without an address")
            return tuple(image for image in images if image is not None)
        return ()

    def _image(self, value: Value) -> Image | None:
        if isinstance(value, str):
            return Image(self._address(value))
        if not isinstance(value, dict) or not isinstance(value.get("url"), str):
            return None
        inner = Mapped(value)
        url, title = self._taken_text(inner, value, "url"), self._text(inner, "title")
        sizes = {}
        for side in ("width", "height"):
            text = value.get(side)
            if isinstance(text, str) and _INTEGER.fullmatch(text):
                inner.take(side)
                sizes[side] = int(float(text))
        return Image(url, sizes.get("width"), sizes.get("height"), title, self._clean_rest(inner))

    @staticmethod
    def _address(text: str) -> str:
        """An address, made safe. One that is too long is cut and ends in an ellipsis, so that it cannot be opened."""
        url = clean(text[: 4 * URL_CHARACTERS])
        return url if len(url) <= URL_CHARACTERS else url[:URL_CHARACTERS] + "…"

    def _taken_text(self, data: Mapped, raw: Mapping[str, Value], key: str) -> str:
        """An address by its exact key, made safe; empty where there is none. The key counts as taken."""
        value = raw.get(key)
        if not isinstance(value, str):
            return ""
        data.take(key)
        return self._address(value)

    def _bounded(self, text: str, key: str, most: int) -> str:
        """A text, cut at a limit; that is a flaw."""
        if len(text) <= most:
            return text
        self._flaw(key, f"{len(text):,} characters; the first {most:,} are taken in")
        return text[:most]

    def _first(self, values: list[T], key: str, most: int) -> list[T]:
        """A list, cut at a limit; that is a flaw."""
        if len(values) <= most:
            return values
        self._flaw(key, f"{len(values):,} entries; the first {most:,} are taken in")
        return values[:most]

    def _clean_rest(self, data: Mapped) -> dict[str, Value]:
        return {clean(key[: self._limits.line]): self._clean_value(value, key) for key, value in data.rest().items()}

    def _clean_value(self, value: Value, key: str) -> Value:
        """A value with each text in it made safe."""
        if isinstance(value, str):
            return clean_block(self._bounded(value, key, self._limits.text))
        if isinstance(value, list):
            return [self._clean_value(part, key) for part in value]
        if isinstance(value, dict):
            most = self._limits.line
            return {clean(name[:most]): self._clean_value(part, key) for name, part in value.items()}
        return None

    def _flaw(self, key: str, reason: str) -> None:
        if len(self.flaws) >= self._limits.flaws:
            self._untold += 1
            return
        written, key = key, _short(clean(key))
        self.flaws.append(
            Flaw(self._line_of(self._entry_key if self._entry else written), f"{self._entry}{key}: {reason}")
        )

    def _line_of(self, key: str) -> int:
        """The line of a top-level key, searched for in the text: to note the line of every value would cost time."""
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = self._find_line(key)
        return line

    def _find_line(self, key: str) -> int:
        begin, sign = _KEY_SIGNS[self._parts.notation]
        match = re.search(rf"^{begin}[\"']?{re.escape(key)}[\"']?\s*{sign}", self._parts.text, re.MULTILINE)
        return self._parts.line + self._parts.text.count("\n", 0, match.start()) if match else 0


def _first_host(links: Sequence[Link]) -> str:
    """The host of the first link that has one; empty where none has."""
    return next((host for link in links if (host := host_of(link.url))), "")


def _as_text(value: Value, joint: str) -> str | None:
    """A value as text; a list of texts is joined, anything deeper is None."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return joint.join(part for part in value if isinstance(part, str))
    return None


def _quoted(value: Value) -> str:
    """A value for a message: short, on one line."""
    if not isinstance(value, str):
        return kind(value)
    return f"“{_short(clean(value[:200]))}”"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
