"""The articles of another tool's export, none of which has passed a gate; and helpers for reading exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from reader.base.text import clean, decode
from reader.feeds.errors import FeedError
from reader.stories.limits import IMPORT_BYTES


class ExportError(FeedError):
    """A file is no known export, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An article of an export.

    Attributes:
        url: its address.
        title: the headline.
        excerpt: a summary.
        html: its text as HTML; empty where the export has none.
        markdown: or its text as Markdown that has passed the gate; empty where the export has none.
        published: when it was published, as the export writes it.
        saved: when the person saved it, likewise.
        outlet: the name of who published it.
        authors: the names of its authors.
        topics: its topics, such as the category of its feed or its folder.
        image: the address of its image.
        is_read: whether the person has read it.
        is_starred: whether the person has starred it.
        tags: the person's tags.
        note: the person's note.
    """

    url: str
    title: str = ""
    excerpt: str = ""
    html: str = ""
    markdown: str = ""
    published: str = ""
    saved: str = ""
    outlet: str = ""
    authors: Sequence[str] = ()
    topics: Sequence[str] = ()
    image: str = ""
    is_read: bool = False
    is_starred: bool = False
    tags: Sequence[str] = ()
    note: str = ""


class NotTaken(NamedTuple):
    """Something in an export that is left out: its name for a person, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Export:
    """An export.

    Attributes:
        tool: the name of the tool.
        articles: its articles.
        not_taken: what is left out of it.
    """

    tool: str
    articles: Sequence[Exported]
    not_taken: Sequence[NotTaken] = field(default=())


def read_bytes(path: Path, most: int = IMPORT_BYTES) -> bytes:
    """The bytes of a file.

    Raises:
        ExportError: it cannot be read, or is too large.
    """
    try:
        if not path.is_file():
            raise ExportError(f"{clean(str(path))}: {'not a file' if path.exists() else 'no such file'}")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ExportError(f"{clean(str(path))}: {error.strerror}") from error
    if len(data) > most:
        raise ExportError(f"{clean(str(path))}: larger than {most / 1e6:,.0f} MB")
    return data


def load_json(data: bytes, path: Path) -> Any:
    """The value of a JSON file, with numbers as text, as they are written.

    Raises:
        ExportError: it is not JSON.
    """
    try:
        return json.loads(decode(data)[0], parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{clean(str(path))}: not JSON: {clean(str(error))[:100]}") from error


def text(entry: Mapping[str, Any], *names: str) -> str:
    """The first of some values that is a text and not empty; numbers are texts here (`load_json`)."""
    found = (entry.get(name) for name in names)
    return next((value.strip() for value in found if isinstance(value, str) and value.strip()), "")


def texts(value: object) -> list[str]:
    """The texts in a list, or a single one; of a mapping its label, name or title."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        name = text(one, "label", "name", "title") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            found.append(name.strip())
    return found


def says_yes(entry: Mapping[str, Any], *names: str) -> bool:
    """Whether any of some values means yes: true, 1, or the words."""
    return any(value is True or str(value).strip().lower() in ("1", "true", "yes") for value in map(entry.get, names))


def mappings(values: Iterable[object]) -> list[dict[str, Any]]:
    """The mappings among some values."""
    return [value for value in values if isinstance(value, dict)]


def file_beside(export: Path, name: str) -> Path | None:
    """A file that an export names; None where there is none, or it is not in the export's folder or below it."""
    if not name or "\0" in name:
        return None
    try:
        found = (export.parent / name).resolve()
        return found if found.is_relative_to(export.parent.resolve()) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None
