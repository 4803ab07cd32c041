"""Front matter: finding it in a file, and reading its YAML as text.

The YAML is read by PyYAML (its C parser where libyaml is there), with one change: plain scalars stay text. What the
file writes is what the program shows: `title: 2024`, `title: no` and `version: 1.10` lose nothing, and a date that no
calendar has (`2020-02-31`) is a flaw of one field instead of an exception that costs the file. `fields` turns text
into numbers and times where a field asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import yaml

from reader.stories.limits import Limits
from reader.stories.model import Value

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*\n")
_NESTING_HINT = re.compile(r"[\[{]|(?:^|\s)[-?:](?=\s+[-?:]\s)")
_ALIAS_HINT = re.compile(r"(?<!\w)\*[\w-]")
_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML 1.1, and to no editor
_MERGE = "tag:yaml.org,2002:merge"


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


class _TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader with scalars left as text; `null` and `~` are None, and merge keys (`<<`) work."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    merged_values = 0
    """How many more values merge keys may bring in."""

    def construct_any(self, node: yaml.Node) -> Any:
        """Read a node by its shape: tags such as `!!binary` or `!mine` change nothing."""
        if isinstance(node, yaml.MappingNode):
            return self.construct_yaml_map(node)
        if isinstance(node, yaml.SequenceNode):
            return self.construct_yaml_seq(node)
        return self.construct_scalar(node)

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[Hashable, Any]:
        """Read a mapping; a key that is null is written as such, so that every key is text."""
        mapping = super().construct_mapping(node, deep=deep)
        return {"null" if key is None else key: value for key, value in mapping.items()}

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Resolve merge keys. PyYAML copies what they bring in: nested, a few lines of them would fill any memory."""
        for key, value in node.value:
            if key.tag == _MERGE:
                for part in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    if isinstance(part, yaml.MappingNode) and part is not node:
                        self.flatten_mapping(part)
                        self.merged_values -= len(part.value)
                        if self.merged_values < 0:
                            raise yaml.constructor.ConstructorError(
                                None, None, "its merge keys bring in too many values", key.start_mark
                            )
        super().flatten_mapping(node)


_TextLoader.yaml_constructors = {
    "tag:yaml.org,2002:null": _TextLoader.construct_yaml_null,
    None: _TextLoader.construct_any,
}
_TextLoader.yaml_multi_constructors = {}


def split(text: str, *, whole: bool = False) -> FrontMatter | None:
    r"""Find the front matter of a file.

    Args:
        text: the file, with line ends as `\\n`.
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
    closing = _FENCE.search(text, opening.end())
    if closing is not None:
        return FrontMatter(text[opening.end() : closing.start()], first_line + 1, text[closing.end() :].strip())
    if whole:
        return FrontMatter(text[opening.end() :], first_line + 1, "")
    raise FrontMatterError(first_line, "the front matter is not closed by a line of ---")


def load(front_matter: FrontMatter, limits: Limits) -> dict[str, Value]:
    """Read the YAML of a front matter.

    Raises:
        FrontMatterError: it is not YAML, not a mapping, or past a limit.
    """
    text, line = _FOREIGN_BREAKS.sub(" ", front_matter.yaml), front_matter.line
    try:
        if _may_be_deep(text, limits.depth):
            _check_depth(text, line, limits.depth)
        loader = _TextLoader(text)
        loader.merged_values = limits.values
        try:
            data = loader.get_single_data()
        finally:
            loader.dispose()
    except FrontMatterError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise FrontMatterError(line + mark.line if mark else 0, reason or "not YAML") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FrontMatterError(0, f"not YAML: {str(error).splitlines()[0]}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise FrontMatterError(line, f"the front matter is {kind(data)}, not a mapping of keys and values")
    if _ALIAS_HINT.search(text) and _count(data, {}) > limits.values:
        raise FrontMatterError(0, f"its aliases expand to more than {limits.values:,} values")
    return data


def _may_be_deep(text: str, depth: int) -> bool:
    """Whether the nesting must be measured: many signs that nest within a line, or a deep indentation.

    A column of indentation holds two levels at the most: a mapping, and a list at the place of its key.
    """
    return "\n" + " " * (depth // 2) in text or len(_NESTING_HINT.findall(text)) >= depth


def _check_depth(text: str, line: int, depth: int) -> None:
    """Walk the YAML's events, which takes no stack, and refuse what is nested too deep to be composed safely."""
    level = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionStartEvent):
            level += 1
            if level > depth:
                where = line + event.start_mark.line if event.start_mark else 0
                raise FrontMatterError(where, f"nested deeper than {depth} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            level -= 1


def _count(value: object, sizes: dict[int, int]) -> int:
    """How many values there are with every alias expanded, in time linear in what the file really holds."""
    if not isinstance(value, list | dict):
        return 1
    known = sizes.get(id(value))
    if known is not None:
        if known < 0:
            raise FrontMatterError(0, "a value contains itself by an alias")
        return known
    sizes[id(value)] = -1
    parts = value.values() if isinstance(value, dict) else value
    total = 1 + sum(_count(part, sizes) for part in parts)
    sizes[id(value)] = total
    return total


def kind(value: object) -> str:
    """Name the shape of a value for a person."""
    if value is None:
        return "empty"
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "text"
