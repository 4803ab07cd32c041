"""A file as it is given to the modules of the tools, what they make of it, and what several of them have in common."""

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
    """A file looks like a story and is none to be listed; the text says why, for a person."""


class NoStoryError(Exception):
    """A file is no story, and does not look like one."""


class DatedName(NamedTuple):
    """A name that begins with a day: the day as it is written, and what follows it."""

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
    """A file, split, and its front matter read; nothing of it has passed a gate.

    Attributes:
        path: the file; absolute, where what lies around it counts.
        notation: how its front matter is written.
        data: the front matter.
        body: what follows it.
        now: tells the time.
    """

    path: Path
    notation: Notation
    data: Mapping[str, Value]
    body: str
    now: Callable[[], datetime] = lambda: datetime.fromtimestamp(time.time(), UTC)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Keys as keys are compared, and as the file writes them."""
        return {fold_key(key): key for key in self.data}

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The names of the folders that the file lies in, the innermost first."""
        return tuple(parent.name for parent in self.path.parents)

    def get(self, *names: str) -> Value:
        """The value of the first of some keys that is there and not empty."""
        keys = (self.names.get(fold_key(name)) for name in names)
        return next((value for key in keys if key is not None and (value := self.data[key])), None)

    def text(self, *names: str) -> str:
        """As `get`, for a value that is text; else empty."""
        value = self.get(*names)
        return value.strip() if isinstance(value, str) else ""

    def date(self, *names: str) -> str:
        """The first of some keys that says a date, as the file writes it; else the first that says anything but a flag.

        What is no date is kept: so it is told as a flaw.
        """
        said = [text for name in names if (text := self.text(name)) and text.lower() not in _TRUE | _FALSE]
        return next((text for text in said if parse_date(text) is not None), said[0] if said else "")

    def table(self, *names: str) -> Mapping[str, Value]:
        """As `get`, for a value that is a mapping; else an empty one."""
        value = self.get(*names)
        return value if isinstance(value, dict) else {}

    def is_true(self, *names: str) -> bool:
        """Whether a key says yes."""
        return self.text(*names).lower() in _TRUE

    def is_false(self, *names: str) -> bool:
        """Whether a key says no."""
        return self.text(*names).lower() in _FALSE

    def retold(self, changes: Mapping[str, Value], without: Iterable[str] = (), body: str | None = None) -> Retold:
        """This file with other values.

        Args:
            changes: keys and their values; empty ones change nothing.
            without: keys that are left away, because their values stand in others now.
            body: the body, where it is another.
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
    """Labels as a tool writes them: a list, or a text in which something stands between them.

    Args:
        value: the list or the text.
        apart: what that is; empty for white space.
    """
    if isinstance(value, str):
        return [label for part in (value.split(apart) if apart else value.split()) if (label := part.strip())]
    if isinstance(value, list):
        return [part.strip() for part in value if isinstance(part, str) and part.strip()]
    return []


def people(value: Value) -> list[Value]:
    """Names of authors: a text, a list, or mappings that have a name."""
    found: list[Value] = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            found.append(name.strip())
    return found


def picture(value: Value) -> Value:
    """The image of a page where a tool has it in a mapping of its own; anything else as it is."""
    if not isinstance(value, dict) or value.get("url"):
        return value
    for name in ("image", "path", "src", "feature", "teaser", "og_image", "relative"):
        if isinstance(address := value.get(name), str) and address.strip().lower() not in _TRUE | _FALSE:
            title = value.get("alt") or value.get("caption")
            return {"url": address, "title": title} if isinstance(title, str) else address
    return None


def whole(body: str) -> str:
    """A page's text without the sign behind which a site cuts it off in its lists."""
    return _DIVIDER.sub("\n", body).strip() if "<!--" in body else body


def once(values: Iterable[str]) -> list[Value]:
    """Texts, each once, in their order."""
    return list(dict.fromkeys(values))


def dated_name(name: str) -> DatedName | None:
    """The day that a file or folder has in its name; None where there is none that a calendar has."""
    match = _DATED_NAME.match(name)
    if match is None or parse_date(match[1]) is None:
        return None
    return DatedName(match[1], name[match.end() :])


def headline_of(name: str) -> str:
    """A headline made of a file's name: `a-new-day` becomes `A New Day`."""
    words = [word for word in _WORDS.split(name) if word]
    return " ".join(word[:1].upper() + word[1:] for word in words)
