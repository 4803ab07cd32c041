"""The text of a configuration file, and the line of each setting in it, for messages."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path

from reader.base.text import clean

_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t\r]+|\#[^\n]*)
    | (?P<line>\n)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}(?!\")|'{3}.*?'{3,5}(?!')|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    | (?P<sign>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,."'\#]+)
    """,
    re.VERBOSE | re.DOTALL,
)

Keys = tuple[str, ...]


class Source:
    """A configuration file as it was read.

    Args:
        path: its path.
        text: its text, which is valid TOML.
    """

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    @cached_property
    def _lines(self) -> dict[str, int]:
        return _Scan(self._text).lines()

    def place(self, setting: str) -> str:
        """The place of a setting as `file:line`, or of the nearest table around it that the file has.

        Args:
            setting: its path with dots, with the tables of an array by number: `keys.story.open`, `views.0.query`.
        """
        while setting and setting not in self._lines:
            setting = setting.rpartition(".")[0]
        return f"{shown(self._path)}:{self._lines.get(setting, 1)}"


def shown(path: Path) -> str:
    """A path as it is shown in a message."""
    return clean(str(path))


class _Scan:
    """Goes once through valid TOML, and notes the line of every key, table and item."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup != "blank":
                self._tokens.append((match.lastgroup or "", match[0], line))
            line += match[0].count("\n")
        self._tokens.append(("end", "", line))
        self._at = 0
        self._lines: dict[str, int] = {}
        self._counts: dict[Keys, int] = {}

    def lines(self) -> dict[str, int]:
        """The line of each setting, by its path with dots."""
        table: Keys = ()
        while not self._is("end"):
            if self._is("line"):
                self._at += 1
            elif self._takes("["):
                is_array = self._takes("[")
                line, key = self._line, self._key()
                table = self._table(key, is_array=is_array)
                self._note(table, line)
                self._at += 2 if is_array else 1
            else:
                self._pair(table)
        return self._lines

    def _table(self, key: Keys, *, is_array: bool) -> Keys:
        """The path of the table that a header begins: with the number of the last table of each array on the way."""
        path: Keys = ()
        for number, part in enumerate(key, start=1):
            path += (part,)
            if is_array and number == len(key):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path += (str(self._counts[path]),)
        return path

    def _pair(self, table: Keys) -> None:
        line, key = self._line, self._key()
        self._note(table + key, line)
        self._takes("=")
        self._value(table + key)

    def _value(self, path: Keys) -> None:
        if self._takes("["):
            number = 0
            while not self._takes("]"):
                if self._is("line") or self._takes(","):
                    self._at += self._is("line")
                else:
                    self._note((*path, str(number)), self._line)
                    self._value((*path, str(number)))
                    number += 1
        elif self._takes("{"):
            while not self._takes("}"):
                if self._is("line") or self._takes(","):
                    self._at += self._is("line")
                else:
                    self._pair(path)
        else:
            while self._is("text") or self._is("bare") or self._tokens[self._at][1] == ".":
                self._at += 1

    def _key(self) -> Keys:
        parts = []
        while self._is("text") or self._is("bare"):
            word = self._tokens[self._at][1]
            parts.append(next(iter(tomllib.loads(f"{word} = 0"))) if self._is("text") else word)
            self._at += 1
            self._takes(".")
        return tuple(parts)

    @property
    def _line(self) -> int:
        return self._tokens[self._at][2]

    def _is(self, kind: str) -> bool:
        return self._tokens[self._at][0] == kind

    def _takes(self, sign: str) -> bool:
        if self._tokens[self._at][:2] == ("sign", sign):
            self._at += 1
            return True
        return False

    def _note(self, path: Keys, line: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(".".join(path[:length]), line)
