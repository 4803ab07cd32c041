"""Front matter: finding it in a file, and parsing it: YAML, or the TOML and JSON of other tools.

The program shows what the file says: every scalar stays text (`plainyaml`, `yamltext`), so that `title: 2024`,
`title: no` and `version: 1.10` lose nothing, and a date that no calendar has is a flaw of one field, not an error for
the whole file. `conversion` turns text into numbers and times where a field needs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from reader.stories.formats.bounded import NotationError
from reader.stories.limits import Limits
from reader.stories.model import Value
from reader.stories.plainyaml import read_plain
from reader.stories.yamltext import YamlTextError, read_text

_FENCE = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)")
_PLUS_FENCE = re.compile(r"\n\+\+\+[ \t]*(?=\n|\Z)")
_OPENING = re.compile(r"(?:---|\+\+\+)[ \t]*\n")
_TOML_LINE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[A-Za-z][\w-]*[ \t]*=[ \t]*[\"'\[{\dtf]")
"""The beginning of TOML between lines of `---`. YAML hardly begins so: its key would have to hold a `=`."""
_OBJECT = re.compile(r'\{\s*"(?:[^"\\\n]|\\.){1,64}"\s*:')
_NEWS = re.compile(r'"(?:title|date|publishDate)"\s*:', re.IGNORECASE)
_START = 4_000
_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029]")  # line ends in YAML 1.1, but not in any editor


class Notation(Enum):
    """The notation of front matter; `NONE` for a file without any, which may be a story all the same."""

    YAML = "YAML"
    TOML = "TOML"
    JSON = "JSON"
    NONE = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file divided into its front matter and its body.

    Attributes:
        text: the front matter.
        line: the line of the file on which it starts, counted from 1.
        body: what follows it.
        notation: its notation.
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
        whole: whether a file without a `---` line is all front matter, as a `.yaml` file is.

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
    """Parse the JSON object at the beginning of a text, and divide the text after it; errors as in `load`."""
    from reader.stories.formats.jsontext import read_json

    try:
        front = read_json(text, limits)
    except NotationError as error:
        raise FrontMatterError(0 if error.line is None else 1 + error.line, error.reason) from error
    return FrontMatter(text[: front.end], 1, text[front.end :].strip(), Notation.JSON), front.data


def load(front_matter: FrontMatter, limits: Limits) -> dict[str, Value]:
    """Parse a front matter in YAML or TOML.

    Raises:
        FrontMatterError: it is not valid, no mapping, or past a limit.
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
    """Parse any YAML. `line` is the line of the file on which it begins, for errors; these are as in `load`."""
    text = text if text.isascii() else _FOREIGN_BREAKS.sub(" ", text)
    plain = read_plain(text, limits)
    if plain is not None:
        return plain
    try:
        return read_text(text, limits)
    except YamlTextError as error:
        raise FrontMatterError(0 if error.line is None else line + error.line, error.reason) from error


def kind(value: object) -> str:
    """Name the shape of a value for a person."""
    if value is None:
        return "empty"
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "text"
