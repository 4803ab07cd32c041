"""Front matter: finding it in a file, and reading its YAML.

What the file writes is what the program shows: `yamltext` leaves every scalar the text it is, so `title: 2024`,
`title: no` and `version: 1.10` lose nothing, and a date that no calendar has is a flaw of one field instead of an
exception that costs the file. `fields` and `files` turn text into numbers and times where a field asks for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.stories.limits import Limits
from reader.stories.model import Value
from reader.stories.yamltext import YamlTextError, read_text

_FENCE = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)")
_OPENING = re.compile(r"---[ \t]*\n")
_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML 1.1, and to no editor


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file cut in two.

    Attributes:
        yaml: the text of the front matter.
        line: the line of the file on which it starts, counted from 1.
        body: what follows it.
    """

    yaml: str
    line: int
    body: str


class FrontMatterError(ValueError):
    """The front matter cannot be read; `line` counts from 1 within the file, 0 where unknown."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def split(text: str, *, whole: bool = False) -> FrontMatter | None:
    r"""Find the front matter of a file.

    Args:
        text: the file, with line ends as `\n`.
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
    closing = _FENCE.search(text, opening.end() - 1)
    if closing is not None:
        return FrontMatter(text[opening.end() : closing.start() + 1], first_line + 1, text[closing.end() :].strip())
    if whole:
        return FrontMatter(text[opening.end() :], first_line + 1, "")
    raise FrontMatterError(first_line, "the front matter is not closed by a line of ---")


def load(front_matter: FrontMatter, limits: Limits) -> dict[str, Value]:
    """Read the YAML of a front matter.

    Raises:
        FrontMatterError: it is not YAML, not a mapping, or past a limit.
    """
    line = front_matter.line
    data = load_piece(front_matter.yaml, line, limits)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise FrontMatterError(line, f"the front matter is {kind(data)}, not a mapping of keys and values")
    return data


def load_piece(text: str, line: int, limits: Limits) -> Value:
    """Read any YAML, of which the first line is the file's `line`; errors as of `load`."""
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
