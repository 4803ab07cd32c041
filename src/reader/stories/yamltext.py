"""YAML parsed to text: PyYAML's parser gives events, and this module composes values of them.

PyYAML's own composer and constructor are not used, for three reasons. They turn plain scalars into numbers, booleans
and times, which loses what the file says (`1.10`, `no`) and fails at a date that no calendar has. They recurse, and
libyaml's composer does so on the C stack, which a few thousand levels of nesting overflow. And they take three times as
long. Here every scalar stays text, nothing recurses, and every limit is checked while the events come in.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from reader.stories.limits import Limits
from reader.stories.model import Value

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NULL_TAG = "tag:yaml.org,2002:null"
_MERGE = "<<"
_BEFORE_DOCUMENT = re.compile(r"(?:\A|^\.\.\.[^\n]*\n)(?:%[^\n]*\n|[ \t]*(?:#[^\n]*)?\n)+", re.MULTILINE)
"""The lines before a document, at the beginning or after another document, where directives may be."""

_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
"""What newer versions of libyaml say past 1,000 levels. Its scanner looks ahead as far as a key may reach, and so may
come there before our own limit is reached."""


class YamlTextError(ValueError):
    """A text is not YAML, or past a limit; `line` is counted from 0 within the text, and None where unknown."""

    def __init__(self, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, for where libyaml is missing."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


_Parser: Any = getattr(yaml.cyaml, "CParser", _PureParser) if yaml.__with_libyaml__ else _PureParser


class _Frame:
    """A list or mapping that is not closed yet."""

    __slots__ = ("anchor", "before", "has_key", "is_list", "key", "merge", "merged", "value")

    def __init__(self, value: list[Value] | dict[str, Value], anchor: str | None, before: int) -> None:
        self.value = value
        self.is_list = isinstance(value, list)
        self.anchor = anchor
        self.before = before  # values counted before it began
        self.has_key = False
        self.key = ""
        self.merge = False  # the value to come is merged in
        self.merged: list[dict[str, Value]] = []


def read_text(text: str, limits: Limits) -> Value:
    """Parse one YAML document.

    Scalars are text, except null (plain or empty), which is None. Tags are ignored. Of a key that comes twice, the last
    one counts. Merge keys work.

    Raises:
        YamlTextError: it is not YAML, or past a limit.
    """
    if text.count("\n%") >= limits.directives:  # with fewer there cannot be too many
        _count_directives(text, limits)
    try:
        return _Composer(limits).compose(_Parser(text).get_event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.problem == _TOO_DEEP_FOR_LIBYAML:
            reason = _too_deep(limits)
        else:
            reason = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlTextError(mark.line if mark else None, reason or "not YAML") from error
    except yaml.YAMLError as error:
        raise YamlTextError(None, f"not YAML: {str(error).splitlines()[0]}") from error


def _count_directives(text: str, limits: Limits) -> None:
    """Refuse too many directives before the parser sees them."""
    for lines in _BEFORE_DOCUMENT.finditer(text):
        if f"\n{lines[0]}".count("\n%") > limits.directives:
            raise YamlTextError(
                text.count("\n", 0, lines.start()), f"more than {limits.directives} lines of % directives"
            )


class _Composer:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._frames: list[_Frame] = []
        self._result: Value = None
        self._count = 0  # values so far, every alias expanded
        self._documents = 0
        self._aliases = 0

    def compose(self, next_event: Any) -> Value:  # noqa: C901 — the loop that every file goes through
        """Take in events until the stream ends."""
        scalar, limit, frames = yaml.ScalarEvent, self._limits.values, self._frames
        while True:
            event = next_event()
            kind = type(event)
            if kind is scalar:
                # Nine of ten events are a text in a mapping. For these, `_scalar` and `_add` are written out here.
                frame = frames[-1] if frames else None
                text = event.value
                if (
                    frame is None
                    or frame.is_list
                    or event.anchor is not None
                    or event.tag is not None
                    or text in _NULLS
                    or text == _MERGE
                    or frame.merge
                    or self._count >= limit
                ):
                    self._scalar(event)
                elif frame.has_key:
                    self._count += 1
                    frame.has_key = False
                    frame.value[frame.key] = text  # type: ignore[call-overload]
                else:
                    self._count += 1
                    frame.key, frame.has_key = text, True
            elif kind is yaml.MappingStartEvent:
                self._open({}, event)
            elif kind is yaml.SequenceStartEvent:
                self._open([], event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    raise YamlTextError(_line(event), "more than one document")
            elif kind is yaml.StreamEndEvent:
                return self._result

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value = None if (event.implicit[0] and event.value in _NULLS) or event.tag == _NULL_TAG else event.value
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1)
        self._add(value, 1, event, plain=event.implicit[0])

    def _open(self, value: list[Value] | dict[str, Value], event: Any) -> None:
        if len(self._frames) >= self._limits.depth:
            raise YamlTextError(_line(event), _too_deep(self._limits))
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)  # an alias within it would be a value that contains itself
        self._frames.append(_Frame(value, event.anchor, self._count))

    def _close(self, event: Any) -> None:
        frame = self._frames.pop()
        value = frame.value
        if not frame.is_list and len(value) > self._limits.keys:
            raise YamlTextError(_line(event), f"a mapping of more than {self._limits.keys:,} keys")
        if frame.merged and isinstance(value, dict):
            own = dict(value)
            value.clear()
            for mapping in reversed(frame.merged):
                value.update(mapping)
            value.update(own)
        if frame.anchor is not None:
            self._anchors[frame.anchor] = (value, self._count - frame.before + 1)
        self._add(value, 1, event)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._aliases += 1
        if self._aliases > self._limits.aliases:
            raise YamlTextError(_line(event), f"more than {self._limits.aliases:,} aliases")
        if event.anchor not in self._anchors:
            around = any(frame.anchor == event.anchor for frame in self._frames)
            raise YamlTextError(_line(event), "a value contains itself by an alias" if around else "undefined alias")
        value, size = self._anchors[event.anchor]
        self._add(value, size, event)

    def _add(self, value: Value, size: int, event: Any, *, plain: bool = False) -> None:
        """Add a complete value to the list or mapping that is open."""
        self._count += size
        if self._count > self._limits.values:
            raise YamlTextError(_line(event), f"more than {self._limits.values:,} values, aliases counted in full")
        if not self._frames:
            self._result = value
            return
        frame = self._frames[-1]
        container = frame.value
        if isinstance(container, list):
            container.append(value)
        elif not frame.has_key:
            if isinstance(value, list | dict):
                raise YamlTextError(_line(event), "a key that is a list or a mapping")
            frame.key, frame.has_key = "null" if value is None else value, True
            frame.merge = plain and value == _MERGE
        else:
            frame.has_key = False
            if frame.merge:
                self._merge(frame, value, event)
            else:
                container[frame.key] = value

    def _merge(self, frame: _Frame, value: Value, event: Any) -> None:
        mappings = value if isinstance(value, list) else [value]
        for mapping in mappings:
            if not isinstance(mapping, dict):
                raise YamlTextError(_line(event), "a merge key (<<) needs a mapping")
            self._count += len(mapping)
            frame.merged.append(mapping)


def _line(event: Any) -> int | None:
    return event.start_mark.line if event.start_mark is not None else None


def _too_deep(limits: Limits) -> str:
    return f"nested deeper than {limits.depth} levels"
