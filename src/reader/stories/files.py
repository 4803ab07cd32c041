"""From a file to a story: reading, and turning what its keys hold into values."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reader.stories import frontmatter
from reader.stories.dates import parse_date
from reader.stories.errors import Flaw, StoryError
from reader.stories.fields import Mapped, fold
from reader.stories.frontmatter import FrontMatter, FrontMatterError, kind
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Article, Image, Link, LinkRole, Provider, Story, Value
from reader.stories.sections import EntryMemory, completes_head, cut, head_of, read_entries, sealed_alone
from reader.stories.text import clean, clean_block, decode, for_yaml, join_surrogates, may_be_unreadable
from reader.stories.urls import host_of, is_web

_WHOLE_YAML = frozenset({".yaml", ".yml"})
_INTEGER = re.compile(r"[+-]?\d{1,15}(?:\.0*)?")
_ODD_ENCODINGS = {
    "Windows-1252": "not UTF-8; read as Windows-1252",
    "damaged UTF-8": "not all of it is UTF-8; the faults are shown as �",
}
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


def read_story(path: Path, limits: Limits = DEFAULT_LIMITS) -> Story | None:
    """Read one file.

    Returns:
        The story, or None where the file has no front matter and so is not a story.

    Raises:
        StoryError: the file cannot be read: permissions, size, not a regular file, broken front matter.
    """
    return parse_story(read_bytes(path, limits), path, limits)


def read_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Read a file's bytes; never waits on a FIFO, and never takes in more than the limit.

    Raises:
        StoryError: it is missing, not a regular file, too large, or may not be read.
    """
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise StoryError(path, 0, "not a regular file")
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise StoryError(path, 0, error.strerror or str(error)) from error
    if len(data) > limits.file_bytes:
        size = max(status.st_size, len(data)) / 1024**2
        raise StoryError(path, 0, f"{size:,.1f} MB is past the limit of {limits.file_bytes / 1024**2:,.1f} MB a file")
    return data


def read_start(path: Path, size: int) -> bytes:
    """Read at most the first `size` bytes of a file; errors as of `read_bytes`."""
    try:
        descriptor = _open_at_once(os.fspath(path), os.O_RDONLY)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise StoryError(path, 0, "not a regular file")
            return os.read(descriptor, size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoryError(path, 0, error.strerror or str(error)) from error


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting: a FIFO that took the file's place must not stop the reader."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def parse_story(
    data: bytes, path: Path, limits: Limits = DEFAULT_LIMITS, memory: EntryMemory | None = None
) -> Story | None:
    """Make a story of a file's bytes; as `read_story`, without touching the file system.

    Args:
        data: the file.
        path: its name.
        limits: bounds on what is taken in.
        memory: entries read before; with it, a file is read in pieces where that gives the same.
    """
    text, encoding = decode(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if encoding != "UTF-8" or may_be_unreadable(data):
        text = for_yaml(text)
    if "\\ud" in text or "\\uD" in text:
        text = join_surrogates(text)
    try:
        parts = frontmatter.split(text, whole=path.suffix.lower() in _WHOLE_YAML)
        if parts is None:
            return None
        story = _in_pieces(parts, path, limits, memory) if memory is not None and encoding == "UTF-8" else None
        if story is not None:
            return story
        mapping = frontmatter.load(parts, limits)
    except FrontMatterError as error:
        raise StoryError(path, error.line, error.reason) from error
    reading = _Reading(parts)
    if encoding in _ODD_ENCODINGS:
        reading.flaws.append(Flaw(0, _ODD_ENCODINGS[encoding]))
    return reading.story(Mapped(mapping), path)


def parse_head(data: bytes, path: Path, limits: Limits = DEFAULT_LIMITS) -> Story | None:
    """Make a story of the first bytes of a file: all but what stands from `related:` or `secured:` on.

    It is what the list needs, from a fraction of the file. Keys behind those two and a body are not in it.

    Returns:
        The story without its coverage; None where only the whole file can tell.
    """
    head = head_of(data)
    if head is None:
        return None
    try:
        return parse_story(head, path, limits)
    except StoryError:
        return None


def parse_rest(data: bytes, limits: Limits, memory: EntryMemory) -> tuple[str, tuple[Article, ...]] | None:
    """What `parse_head` left out of a file: its body and its related articles.

    Returns:
        None where that is not all, or anything is odd: then the whole file has to be read.
    """
    text, encoding = decode(data)
    if encoding != "UTF-8" or "\r" in text or "\\u" in text or may_be_unreadable(data):
        return None
    try:
        parts = frontmatter.split(text)
        sections = cut(parts, limits) if parts is not None else None
        if parts is None or sections is None or not completes_head(sections):
            return None
        reading = _Reading(parts)
        related = read_entries(sections.entries, memory, lambda entry: reading.entry(entry, limits))
    except ValueError:
        return None
    return clean_block(parts.body), tuple(related)


def _in_pieces(parts: FrontMatter, path: Path, limits: Limits, memory: EntryMemory) -> Story | None:
    """Read a front matter by its sections; None where it must be read whole."""
    sections = cut(parts, limits)
    if sections is None:
        return None
    reading = _Reading(parts)
    try:
        related = read_entries(sections.entries, memory, lambda text: reading.entry(text, limits))
        mapping = frontmatter.load(FrontMatter(sections.head, parts.line, ""), limits)
        sealed = sealed_alone(sections.tail)
        tail = {"secured": sealed} if sealed else frontmatter.load(FrontMatter(sections.tail, 0, ""), limits)
    except ValueError:  # an odd entry, or a cut in a place that was none: the whole file tells
        return None
    if not mapping or any(fold(key) == "related" for key in (*mapping, *tail)):
        return None  # no mapping at all, or the list comes twice
    return reading.story(Mapped({**mapping, **tail}), path, tuple(related))


class _Reading:
    """One file being turned into a story: the conversions, and the flaws they meet."""

    def __init__(self, parts: FrontMatter) -> None:
        self.flaws: list[Flaw] = []
        self._parts = parts
        self._entry = ""
        self._entry_key = ""
        self._lines: dict[str, int] = {}

    def entry(self, text: str, limits: Limits) -> Article | None:
        """Convert one entry of `related:`, given as a list of one; None where it is odd in any way."""
        value = frontmatter.load_piece(text, 0, replace(limits, depth=limits.depth - 1))  # it stands in a mapping
        if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], dict):
            return None
        before = len(self.flaws)
        article = self._article(Mapped(value[0]))
        return article if len(self.flaws) == before else None

    def story(self, data: Mapped, path: Path, related: tuple[Article, ...] | None = None) -> Story:
        """Convert the front matter as a whole; `related` where that has been converted already."""
        is_published = self._flag(data)
        if related is None:
            related = self._related(data)
        sealed = self._text(data, "sealed")
        category, heat = self._text(data, "category"), self._integer(data, "heat")
        authors = self._labels(data, "authors")
        common = self._common(data)
        if not common["title"]:
            common["title"] = clean(path.stem) or "untitled"
            self._flaw("title", f"no headline; the file's name is shown: {common['title']}")
        return Story(
            **common,
            path=path,
            body=clean_block(self._parts.body),
            category=category,
            authors=authors,
            heat=heat,
            is_published=is_published,
            sealed_bytes=len(sealed) if sealed else None,
            related=related,
            extra=_clean_rest(data),
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
            for number, entry in enumerate(value, start=1):
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
        return Article(**common, extra=_clean_rest(data))

    def _common(self, data: Mapped) -> dict[str, Any]:
        """What an article has in a `related` list and as a file of its own."""
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

    def _text(self, data: Mapped, field: str, *, block: bool = False) -> str:
        for key, value in data.candidates(field):
            text = _as_text(value, "\n" if block else ", ")
            if text is None:
                self._flaw(key, f"expected text, found {kind(value)}")
                continue
            if not isinstance(value, str):
                self._flaw(key, f"expected text, found {kind(value)}; its parts are joined")
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
            text = clean(value) if isinstance(value, str) else ""
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
                url = clean(value)
                if key.lower() in ("source", "site") and not is_web(url):
                    continue  # the outlet's name in some formats
                if not is_web(url):
                    self._flaw(key, f"not a web address, so it is shown and never opened: {_quoted(url)}")
                    if any(isinstance(other, str) and is_web(clean(other)) for _, other in data.links(role)):
                        continue  # another key of this role has one that can be opened
                data.take(key)
                links.append(Link(role, url))
                break
        return tuple(links)

    def _provider(self, data: Mapped, links: tuple[Link, ...]) -> Provider:
        host = next((host for link in links if (host := host_of(link.url))), "")
        for key, value in data.candidates("provider"):
            if isinstance(value, dict):
                inner = Mapped(value)
                name = self._text(inner, "title")
                domain = _taken_text(inner, value, "domain")
                images = self._images(inner)
                data.take(key)
                return Provider(name or domain or host, domain or host, images, _clean_rest(inner))
            if isinstance(value, str) and (name := clean(value)):
                data.take(key)
                return Provider(host_of(name) or name, host)
            self._flaw(key, f"expected an outlet's name, found {kind(value)}")
        return Provider(host, host)

    def _labels(self, data: Mapped, field: str) -> tuple[str, ...]:
        for key, value in data.candidates(field):
            parts = value if isinstance(value, list) else re.split("[,;]", value) if isinstance(value, str) else None
            if parts is None:
                self._flaw(key, f"expected a list of labels, found {kind(value)}")
                continue
            data.take(key)
            labels = [clean(label) for part in parts if (label := _as_text(part, ", ")) is not None]
            if any(isinstance(part, dict) for part in parts):
                self._flaw(key, "a label is a mapping, not text")
            return tuple(dict.fromkeys(label for label in labels if label))
        return ()

    def _images(self, data: Mapped) -> tuple[Image, ...]:
        for key, value in data.candidates("images"):
            data.take(key)
            images = [self._image(part) for part in (value if isinstance(value, list) else [value])]
            if None in images:
                self._flaw(key, "an image without an address")
            return tuple(image for image in images if image is not None)
        return ()

    def _image(self, value: Value) -> Image | None:
        if isinstance(value, str):
            return Image(clean(value))
        if not isinstance(value, dict) or not isinstance(value.get("url"), str):
            return None
        inner = Mapped(value)
        url, title = _taken_text(inner, value, "url"), self._text(inner, "title")
        sizes = {}
        for side in ("width", "height"):
            text = value.get(side)
            if isinstance(text, str) and _INTEGER.fullmatch(text):
                inner.take(side)
                sizes[side] = int(float(text))
        return Image(url, sizes.get("width"), sizes.get("height"), title, _clean_rest(inner))

    def _flaw(self, key: str, reason: str) -> None:
        self.flaws.append(Flaw(self._line_of(self._entry_key if self._entry else key), f"{self._entry}{key}: {reason}"))

    def _line_of(self, key: str) -> int:
        """The line of a top-level key, found by its text: marks on every value would slow every file."""
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = self._find_line(key)
        return line

    def _find_line(self, key: str) -> int:
        match = re.search(rf"^[\"']?{re.escape(key)}[\"']?\s*:", self._parts.yaml, re.MULTILINE)
        return self._parts.line + self._parts.yaml.count("\n", 0, match.start()) if match else 0


def _taken_text(data: Mapped, raw: Mapping[str, Value], key: str) -> str:
    """Take a text by its exact key."""
    value = raw.get(key)
    if not isinstance(value, str):
        return ""
    data.take(key)
    return clean(value)


def _as_text(value: Value, joint: str) -> str | None:
    """A value as text; a list of texts is joined, anything deeper is None."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return joint.join(part for part in value if isinstance(part, str))
    return None


def _clean_rest(data: Mapped) -> dict[str, Value]:
    return {clean(key): clean_value(value) for key, value in data.rest().items()}


def clean_value(value: Value) -> Value:
    """Pass every text in a value through the gate."""
    if isinstance(value, str):
        return clean_block(value)
    if isinstance(value, list):
        return [clean_value(part) for part in value]
    if isinstance(value, dict):
        return {clean(str(key)): clean_value(part) for key, part in value.items()}
    return None


def _quoted(value: Value) -> str:
    """A value for a message: short, on one line."""
    if not isinstance(value, str):
        return kind(value)
    text = clean(value)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def flaws_of(stories: Iterable[Story]) -> Iterable[tuple[Path, Flaw]]:
    """All flaws of some stories, with their files."""
    return ((story.path, flaw) for story in stories for flaw in story.flaws)
