"""The plainest YAML, which nearly all front matter is, read by one pattern.

    title: "A headline"
    publishedDateTime: 2020-02-20T10:00:00Z
    provider:
      name: The Register
    topics:
      - AI

PyYAML takes more than twice as long, most of it to make an object of each of its events. Here only that is read which
is plain as a whole: lists and mappings by indentation, and values that end with their line. One line of anything else
(a comment, a bracket, an anchor, a text of several lines) leaves all of it to `yamltext`. So PyYAML stays the judge:
what is read here is what it would give, and tests hold the two to each other.
"""

from __future__ import annotations

import re

from reader.stories.limits import Limits
from reader.stories.model import Value

_LINE = re.compile(
    r"""
    ^(?:
        (\ *+)                                  # how far it is indented
        (-\ )?                                  # whether an item of a list begins
        (?:([A-Za-z_][\w-]{0,63}+):(?=\ |$))?   # a key
        (?:\ *+(                                # a value, with its quotation marks
            "[^"\\\x00-\x1f\x7f]*+(?:\\["\\][^"\\\x00-\x1f\x7f]*+)*+"
            | '[^'\x00-\x1f\x7f]*+'
            | -?[A-Za-z0-9(_\x80-\U0010ffff][^:\#\x00-\x1f\x7f]*+(?::(?=[^\ \n])[^:\#\x00-\x1f\x7f]*+)*+(?<!\ )
        ))?
    )$
    """,
    re.ASCII | re.MULTILINE | re.VERBOSE,
)
"""A plain line, or an empty one. It takes each character once, so that no text is slow."""

_ODD = re.compile("[\x80-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters beyond ASCII that YAML forbids, or takes for the end of a line."""

_NULLS = frozenset({"null", "Null", "NULL"})

_VALUES_OF_LINE = 3
"""The most values that a line adds: a key, its value, and the mapping that begins with them."""


class _Place:
    """Where the next line goes: a list or mapping, which stands in others.

    Args:
        most: how many levels there may be.

    Attributes:
        root: the outermost list or mapping; None before the first line.
        here: the innermost that is open.
        level: how far its lines are indented.
        key: a key of it without a value, which what comes next may be; empty where there is none.
    """

    __slots__ = ("_around", "_most", "here", "key", "level", "root")

    def __init__(self, most: int) -> None:
        self.root: list[Value] | dict[str, Value] | None = None
        self.here: list[Value] | dict[str, Value] = []
        self.level = 0
        self.key = ""
        self._around: list[tuple[list[Value] | dict[str, Value], int]] = []
        self._most = most

    def is_in_mapping(self, level: int) -> bool:
        """Whether a key that is indented so far belongs to the same mapping as the line before it."""
        return level == self.level and not self.key and isinstance(self.here, dict)

    def go_to(self, level: int, *, is_item: bool) -> bool:
        """Go to where a line belongs; gives whether there is such a place.

        Args:
            level: how far the line is indented.
            is_item: whether it begins an item of a list.
        """
        if self.root is None:
            self.root = self.here = [] if is_item else {}
            self.level = level
            return True
        if self.key and (level > self.level or (level == self.level and is_item)):
            inner: list[Value] | dict[str, Value] = [] if is_item else {}
            self._end_key(inner)
            return self._enter(inner, level)
        self._end_key(None)
        while level < self.level or (isinstance(self.here, list) and not is_item):
            if not self._around:
                return False
            self.here, self.level = self._around.pop()
        return level == self.level and isinstance(self.here, list) == is_item

    def begin_item(self, level: int, key: str, written: str) -> bool:
        """Add an item to a list: a value, or a mapping that begins with a key; gives whether that is possible."""
        if not self.go_to(level, is_item=True) or not isinstance(self.here, list) or not (key or written):
            return False
        if not key:
            self.here.append(_value(written))
            return True
        mapping: dict[str, Value] = {}
        self.here.append(mapping)
        return self._enter(mapping, level + len("- "))

    def put(self, key: str, written: str) -> bool:
        """Add a key to the mapping, with its value unless that is still to come; gives whether that is possible."""
        if written:
            self.here[key] = _value(written)  # type: ignore[call-overload]
        else:
            self.key = key
        return key not in _NULLS

    def end(self) -> Value:
        """The whole, when no line is left."""
        self._end_key(None)
        return self.root

    def _enter(self, inner: list[Value] | dict[str, Value], level: int) -> bool:
        """Go into a list or mapping that was added; gives whether there may be so many levels."""
        self._around.append((self.here, self.level))
        self.here, self.level = inner, level
        return len(self._around) < self._most

    def _end_key(self, value: Value) -> None:
        if self.key and isinstance(self.here, dict):
            self.here[self.key] = value
            self.key = ""


def read_plain(text: str, limits: Limits) -> Value:
    """Read YAML that is plain.

    Returns:
        What `yamltext.read_text` would give; None where the text is not plain, or may be past a limit.
    """
    lines = text.count("\n") + 1
    if _VALUES_OF_LINE * lines >= min(limits.values, limits.keys) or (not text.isascii() and _ODD.search(text)):
        return None
    found = _LINE.findall(text)
    if len(found) != lines:
        return None
    place = _Place(limits.depth)
    for indent, dash, key, written in found:
        if dash:
            if not place.begin_item(len(indent), key, written):
                return None
        elif key:
            if not place.is_in_mapping(len(indent)) and not place.go_to(len(indent), is_item=False):
                return None
        elif written:
            return None
        if key and not place.put(key, written):
            return None
    return place.end()


def _value(written: str) -> Value:
    """What a value means that is written so."""
    if written[0] == '"':  # a NUL, which is never in it, stands for a backslash while those that escape are dropped
        return written[1:-1].replace("\\\\", "\0").replace('\\"', '"').replace("\0", "\\")
    if written[0] == "'":
        return written[1:-1]
    return None if written in _NULLS else written
