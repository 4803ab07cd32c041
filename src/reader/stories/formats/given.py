"""What the modules of the tools are given and give, and helpers that several of them need."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from reader.stories.dates import parse_date
from reader.stories.fields import fold_key
from reader.stories.frontmatter import Notation
from reader.stories.model import Value

_DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ T]+|$)")
_DIVIDER = re.compile(r"\n?[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*\n?", re.IGNORECASE)
_WORDS = re.compile(r"[-_\s]+")
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


class PassedOverError(Exception):
    """A file looks like a story, but is not to be listed; the message says why, for a person."""


class NoStoryError(Exception):
    """A file is no story, nor does it look like one."""


class DatedName(NamedTuple):
    """A name that begins with a day: the day as it is written, and the rest of the name."""

    day: str
    rest: str


class Retold(NamedTuple):
    """What a tool's module makes of a file.

    Attributes:
        data: the front matter, in keys that `fields` knows.
        body: what follows it, as Markdown.
    """

    data: Mapping[str, Value]
    body: str


@dataclass(frozen=True)
class Given:
    """A file whose front matter was read. None of its text has been made safe.

    Attributes:
        path: the path of the file; absolute, where what lies around it counts.
        notation: the notation of its front matter.
        data: the front matter.
        body: what follows it.
        now: the clock.
    """

    path: Path
    notation: Notation
    data: Mapping[str, Value]
    body: str
    now: Callable[[], datetime] = lambda: datetime.fromtimestamp(time.time(), UTC)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The keys as the file writes them, by their folded form (`fold_key`)."""
        return {fold_key(key): key for key in self.data}

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The names of the folders that the file lies in, the innermost first."""
        return tuple(parent.name for parent in self.path.parents)

    def get(self, *names: str) -> Value:
        """The value of the first of some keys that is there and not empty; None where none is."""
        keys = (self.names.get(fold_key(name)) for name in names)
        return next((value for key in keys if key is not None and (value := self.data[key])), None)

    def text(self, *names: str) -> str:
        """As `get`, for a value that is text; else empty."""
        value = self.get(*names)
        return value.strip() if isinstance(value, str) else ""

    def date(self, *names: str) -> str:
        """The first date among the values of some keys, as the file writes it; else the first text that is no flag.

        A text that is no date is given as well, so that it is reported as a flaw.
        """
        said = [text for name in names if (text := self.text(name)) and text.lower() not in _TRUE | _FALSE]
        return next((text for text in said if parse_date(text) is not None), said[0] if said else "")

    def table(self, *names: str) -> Mapping[str, Value]:
        """As `get`, for a value that is a mapping; else an empty one."""
        value = self.get(*names)
        return value if isinstance(value, dict) else {}

    def is_true(self, *names: str) -> bool:
        """Whether the value of a key means yes."""
        return self.text(*names).lower() in _TRUE

    def is_false(self, *names: str) -> bool:
        """Whether the value of a key means no."""
        return self.text(*names).lower() in _FALSE

    def retold(self, changes: Mapping[str, Value], without: Iterable[str] = (), body: str | None = None) -> Retold:
        """This file with some values changed.

        Args:
            changes: new values by their keys; empty ones change nothing.
            without: keys to leave out, because their values are under other keys now.
            body: the new body; None to keep it.
        """
        left = {self.names[name] for name in map(fold_key, without) if name in self.names}
        kept = {key: value for key, value in changes.items() if value}
        left |= {self.names[name] for name in map(fold_key, kept) if name in self.names}
        data = {key: value for key, value in self.data.items() if key not in left}
        return Retold({**data, **kept}, self.body if body is None else body)

    def with_data(self, data: Mapping[str, Value]) -> Given:
        """The same file with another front matter."""
        return Given(self.path, self.notation, data, self.body, self.now)


def labels(value: Value, apart: str = ",") -> list[str]:
    """The labels of a list, or of a text with a separator between them.

    Args:
        value: the list or the text.
        apart: the separator; empty for white space.
    """
    if isinstance(value, str):
        return [label for part in (value.split(apart) if apart else value.split()) if (label := part.strip())]
    if isinstance(value, list):
        return [part.strip() for part in value if isinstance(part, str) and part.strip()]
    return []


def people(value: Value) -> list[Value]:
    """The names of authors, from a text, or a list of texts and of mappings with a name."""
    found: list[Value] = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            found.append(name.strip())
    return found


def picture(value: Value) -> Value:
    """The image in a mapping, by the keys that tools use, as `conversion` reads one; any other value as it is."""
    if not isinstance(value, dict) or value.get("url"):
        return value
    for name in ("image", "path", "src", "feature", "teaser", "og_image", "relative"):
        if isinstance(address := value.get(name), str) and address.strip().lower() not in _TRUE | _FALSE:
            title = value.get("alt") or value.get("caption")
            return {"url": address, "title": title} if isinstance(title, str) else address
    return None


def whole(body: str) -> str:
    """A page's text without the `<!-- more -->` at which a site cuts it in its lists."""
    return _DIVIDER.sub("\n", body).strip() if "<!--" in body else body


def once(values: Iterable[str]) -> list[Value]:
    """Texts, each once, in their order."""
    return list(dict.fromkeys(values))


def dated_name(name: str) -> DatedName | None:
    """The day with which the name of a file or folder begins; None where it begins with no valid day."""
    match = _DATED_NAME.match(name)
    if match is None or parse_date(match[1]) is None:
        return None
    return DatedName(match[1], name[match.end() :])


def headline_of(name: str) -> str:
    """A headline made of a file's name: `a-new-day` becomes `A New Day`."""
    words = [word for word in _WORDS.split(name) if word]
    return " ".join(word[:1].upper() + word[1:] for word in words)
