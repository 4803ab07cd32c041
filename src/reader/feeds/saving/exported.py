"""What another tool's export says of articles; nothing of it has passed a gate."""

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
    """A file is no export that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One article.

    Attributes:
        url: its address.
        title: the headline.
        excerpt: a summary.
        html: its text as HTML; empty where the export has none.
        markdown: its text as Markdown that has passed the gate, where it has that instead.
        published: when, as the export writes it.
        saved: when the person saved it.
        outlet: who published it.
        authors: who wrote it.
        topics: what it is about, by its feed or its folder.
        image: the address of its picture.
        is_read: whether the person has read it.
        is_starred: whether it is starred.
        tags: the person's own.
        note: the person's own.
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
    """What of an export is left out, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Export:
    """An export.

    Attributes:
        tool: what the tool is called.
        articles: what it says of each.
        not_taken: what of it is no article that can be taken.
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
    """The value that a JSON file holds; numbers are as they are written.

    Raises:
        ExportError: it is none.
    """
    try:
        return json.loads(decode(data)[0], parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{clean(str(path))}: not JSON: {clean(str(error))[:100]}") from error


def text(told: Mapping[str, Any], *names: str) -> str:
    """The first of some values that is text, or a number, and not empty."""
    found = (told.get(name) for name in names)
    return next((value.strip() for value in found if isinstance(value, str) and value.strip()), "")


def texts(value: object) -> list[str]:
    """The texts of a list; of mappings in it, what they are called."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        name = text(one, "label", "name", "title") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            found.append(name.strip())
    return found


def says_yes(told: Mapping[str, Any], *names: str) -> bool:
    """Whether a value says yes: true, 1, or the word."""
    return any(value is True or str(value).strip().lower() in ("1", "true", "yes") for value in map(told.get, names))


def mappings(values: Iterable[object]) -> list[dict[str, Any]]:
    """Those of some values that are mappings."""
    return [value for value in values if isinstance(value, dict)]


def file_beside(export: Path, name: str) -> Path | None:
    """A file that an export names; None where it does not lie beside or below it, or is none."""
    if not name or "\0" in name:
        return None
    try:
        found = (export.parent / name).resolve()
        return found if found.is_relative_to(export.parent.resolve()) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None
