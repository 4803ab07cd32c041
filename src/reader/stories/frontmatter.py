"""Front matter: finding it in a file, and reading it: YAML, or the TOML and JSON of other tools.

What the file writes is what the program shows: `yamltext` leaves every scalar the text it is, so `title: 2024`,
`title: no` and `version: 1.10` lose nothing, and a date that no calendar has is a flaw of one field instead of an
exception that costs the file. `fields` and `files` turn text into numbers and times where a field asks for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from reader.stories.formats.bounded import NotationError
from reader.stories.limits import Limits
from reader.stories.model import Value
from reader.stories.yamltext import YamlTextError, read_text

_FENCE = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)")
_PLUS_FENCE = re.compile(r"\n\+\+\+[ \t]*(?=\n|\Z)")
_OPENING = re.compile(r"(?:---|\+\+\+)[ \t]*\n")
_TOML_LINE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[A-Za-z][\w-]*[ \t]*=[ \t]*[\"'\[{\dtf]")
"""How TOML between lines of `---` begins; YAML that begins so would have a key of several words."""
_OBJECT = re.compile(r'\{\s*"(?:[^"\\\n]|\\.){1,64}"\s*:')
_NEWS = re.compile(r'"(?:title|date|publishDate)"\s*:', re.IGNORECASE)
_START = 4_000
_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML 1.1, and to no editor


class Notation(Enum):
    """How front matter is written; `NONE` where a file has none, and may be a story all the same."""

    YAML = "YAML"
    TOML = "TOML"
    JSON = "JSON"
    NONE = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file cut in two.

    Attributes:
        text: the front matter; of JSON, the whole file.
        line: the line of the file on which it starts, counted from 1.
        body: what follows it; of JSON, nothing: only its parser tells where it ends.
        notation: how it is written.
    """

    text: str
    line: int
    body: str
    notation: Notation = Notation.YAML


class FrontMatterError(ValueError):
    """The front matter cannot be read; `line` counts from 1 within the file, 0 where unknown."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def split(text: str, *, whole: bool = False) -> FrontMatter | None:
    r"""Find the front matter of a file.

    Args:
        text: the file, with line ends as `\n`. JSON is not looked for: see `begins_with_object`.
        whole: whether a file without a `---` line is front matter from its first line to its last (`.yaml`).

    Returns:
        None where the file has no front matter.

    Raises:
        FrontMatterError: the front matter is not closed.
    """
    start = len(text) - len(text.lstrip())
    first_line = text.count("\n", 0, start) + 1
    opening = _OPENING.match(text, start)
    if opening is None:
        return FrontMatter(text, 1, "") if whole else None
    is_toml = text[start] == "+"
    closing = (_PLUS_FENCE if is_toml else _FENCE).search(text, opening.end() - 1)
    if closing is not None:
        inner = text[opening.end() : closing.start() + 1]
        notation = Notation.TOML if is_toml or _TOML_LINE.match(inner) else Notation.YAML
        return FrontMatter(inner, first_line + 1, text[closing.end() :].strip(), notation)
    if whole and not is_toml:
        return FrontMatter(text[opening.end() :], first_line + 1, "")
    raise FrontMatterError(first_line, f"the front matter is not closed by a line of {'+++' if is_toml else '---'}")


def begins_with_object(text: str) -> bool:
    """Whether a text begins with a JSON object that looks like the front matter of news."""
    return text.startswith("{") and bool(_OBJECT.match(text) and _NEWS.search(text, 0, _START))


def load_object(text: str, limits: Limits) -> tuple[FrontMatter, dict[str, Value]]:
    """Cut a text behind the JSON object that it begins with, and read that; errors as in `load`."""
    from reader.stories.formats.jsontext import read_json

    try:
        front = read_json(text, limits)
    except NotationError as error:
        raise FrontMatterError(0 if error.line is None else 1 + error.line, error.reason) from error
    return FrontMatter(text[: front.end], 1, text[front.end :].strip(), Notation.JSON), front.data


def load(front_matter: FrontMatter, limits: Limits) -> dict[str, Value]:
    """Read a front matter in YAML or TOML.

    Raises:
        FrontMatterError: it is not, no mapping, or past a limit.
    """
    line = front_matter.line
    if front_matter.notation is Notation.TOML:
        return _load_toml(front_matter.text, line, limits)
    data = load_piece(front_matter.text, line, limits)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise FrontMatterError(line, f"the front matter is {kind(data)}, not a mapping of keys and values")
    return data


def _load_toml(text: str, line: int, limits: Limits) -> dict[str, Value]:
    from reader.stories.formats.tomltext import read_toml

    try:
        return read_toml(text, limits)
    except NotationError as error:
        raise FrontMatterError(0 if error.line is None else line + error.line, error.reason) from error


def load_piece(text: str, line: int, limits: Limits) -> Value:
    """Read any YAML, of which the first line is the file's `line`; errors as in `load`."""
    try:
        return read_text(text if text.isascii() else _FOREIGN_BREAKS.sub(" ", text), limits)
    except YamlTextError as error:
        raise FrontMatterError(0 if error.line is None else line + error.line, error.reason) from error


def kind(value: object) -> str:
    """Name the shape of a value for a person."""
    if value is None:
        return "empty"
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "text"
