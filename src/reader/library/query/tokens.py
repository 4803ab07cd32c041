"""Cuts the text of a query into tokens. What has no other meaning is a word, so that every headline is a query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from reader.base.errors import QueryError
from reader.base.text import clean
from reader.library.query.tree import Field
from reader.stories.limits import PATTERN_CHARACTERS, QUERY_NESTED, VALUE_CHARACTERS


class TokenKind(Enum):
    """The kinds of tokens. A field with its values is one token, as is a word."""

    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    TERM = auto()
    PATTERN = auto()


class Piece(NamedTuple):
    """A value, and where it is in the query.

    Attributes:
        text: the value, as it is searched for.
        start: where it begins, in characters of the query.
        end: where it ends.
        is_cut: whether it is too long, and only its beginning is searched for.
    """

    text: str
    start: int
    end: int
    is_cut: bool = False


class Token(NamedTuple):
    """A part of a query.

    Attributes:
        kind: what it is.
        start: where it begins, in characters of the query.
        end: where it ends.
        field: the field of a term; `TEXT` for plain words.
        pieces: the values of a term, or the one regular expression.
    """

    kind: TokenKind
    start: int
    end: int
    field: Field = Field.TEXT
    pieces: tuple[Piece, ...] = ()

    @property
    def values(self) -> tuple[Piece, ...]:
        """The pieces that are not empty; none where the value of a field is still to be typed."""
        return tuple(piece for piece in self.pieces if piece.text)


_FIELDS = {field.value: field for field in Field if field is not Field.PATTERN}
_OPERATORS = {"AND": TokenKind.AND, "OR": TokenKind.OR, "NOT": TokenKind.NOT}
_NAME = re.compile(r"([A-Za-z]+):")
_UNKNOWN = re.compile(r"([A-Za-z]{2,20}):(?=[\w\"<>=+-])(\d+(?=\W|\Z))?")
"""What must be meant as a field: letters, a colon and a value, unlike `Re: x`, `std::map` and a link. With a number
after the colon it may also be a time or a score."""

_BEFORE_COLONS = frozenset({"re", "fw", "fwd", "aw", "mailto", "urn", "doi", "isbn"})
"""Words that come before a colon in subjects and addresses, and are not meant as fields."""

_OFTEN = (Field.TOPIC, Field.PROVIDER, Field.TITLE, Field.DATE, Field.IS)
"""Fields that the message about an unknown one names, if no field has a similar name."""

_QUOTED = re.compile(r'"([^"\\]*+(?:\\.?[^"\\]*+)*+)("?)', re.DOTALL)
_ESCAPED = re.compile(r'\\([\\"])')
"""An escape within quotation marks: a backslash with a quotation mark or another backslash after it."""

_RUN = re.compile(r'[^\s",]+')
_BRACKET = re.compile(r"[()]")
_PATTERN = re.compile(r"/(?![\s/])((?:\\.|[^\\])*?)/(?=[\s)]|\Z)", re.DOTALL)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, from left to right.

    Raises:
        QueryError: groups are nested too deep, a regular expression is too long, or a field is not known.
    """
    return _Cutter(text).cut()


def field_at(text: str, at: int) -> tuple[Field, int] | None:
    """The field whose name begins at a place of a query, and the place where its values begin; None where none does."""
    name = _NAME.match(text, at)
    field = _FIELDS.get(name[1].lower()) if name else None
    return (field, name.end()) if name and field else None


def is_unfinished(text: str) -> bool:
    """Whether a query has a part that is only half typed: `is:`, `a OR`, `-`, `(a`.

    Raises:
        QueryError: it is wrong.
    """
    parts = list(tokens(text))
    kinds = [part.kind for part in parts]
    joins = (TokenKind.AND, TokenKind.OR, TokenKind.NOT)
    has_names = any(part.kind is TokenKind.TERM and not part.values for part in parts)
    is_open = kinds.count(TokenKind.OPEN) != kinds.count(TokenKind.CLOSE)
    return has_names or is_open or (bool(kinds) and kinds[-1] in joins)


def as_value(written: str) -> str:
    """A value as it is searched for and shown: safe to show, in composed characters, and not too long."""
    return _composed(written[: 4 * VALUE_CHARACTERS])[:VALUE_CHARACTERS].strip()


def _composed(written: str) -> str:
    return unicodedata.normalize("NFC", clean(written))


def _piece_of(written: str, start: int, end: int) -> Piece:
    """The piece for what is written between two places of a query."""
    text, most = as_value(written), 4 * VALUE_CHARACTERS
    is_long = len(written) > VALUE_CHARACTERS
    return Piece(text, start, end, is_long and (len(written) > most or _composed(written).strip() != text))


def without_escapes(written: str) -> str:
    r"""A text between quotation marks with its escapes undone: `C \"q\"` is `C "q"`."""
    return _ESCAPED.sub(r"\1", written)


def is_closed(written: str) -> bool:
    """Whether a quoted text has its second quotation mark."""
    quoted = _QUOTED.fullmatch(written)
    return quoted is not None and bool(quoted[2])


class _Cutter:
    """Cuts one query. `_at` is the place of the next character, `_open` how many groups are open there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open = 0

    def cut(self) -> Iterator[Token]:
        text = self._text
        while self._at < len(text):
            sign = text[self._at]
            if sign.isspace() or sign == ",":
                self._at += 1
            elif sign == "(":
                yield self._opening()
            elif sign == ")" and self._open:
                self._open -= 1
                yield self._sign(TokenKind.CLOSE)
            elif sign == "-" and self._is_apart and self._excludes:
                yield self._sign(TokenKind.NOT)
            else:
                yield self._pattern() or self._named() or self._plain()

    @property
    def _is_apart(self) -> bool:
        """Whether what comes next begins a word: a sign within a word is a part of it."""
        before = self._text[self._at - 1 : self._at]
        return not before or before.isspace() or before == "("

    @property
    def _excludes(self) -> bool:
        """Whether the minus that comes next has something behind it that it can exclude, and no second minus."""
        after = self._text[self._at + 1 : self._at + 2]
        return bool(after) and not after.isspace() and after not in "-,)"

    @property
    def _is_excluded(self) -> bool:
        """Whether a minus came just before."""
        return self._text[self._at - 1 : self._at] == "-"

    def _sign(self, kind: TokenKind) -> Token:
        self._at += 1
        return Token(kind, self._at - 1, self._at)

    def _opening(self) -> Token:
        self._open += 1
        if self._open > QUERY_NESTED:
            raise QueryError(self._at, self._at + 1, f"groups may be nested {QUERY_NESTED} deep at most")
        return self._sign(TokenKind.OPEN)

    def _pattern(self) -> Token | None:
        """A regular expression, if its slashes begin and end a word; None for others, as of a path or a lone slash."""
        start = self._at
        if self._text[start] != "/" or not (self._is_apart or self._is_excluded):
            return None
        most = start + 5 * PATTERN_CHARACTERS
        match = _PATTERN.match(self._text, start, most)
        if match is None or match.end() == most or not _PATTERN.fullmatch(f"/{as_value(match[1])}/"):
            return None
        if len(match[1]) > PATTERN_CHARACTERS:
            raise QueryError(start, match.end(), f"a regular expression has {PATTERN_CHARACTERS} characters at most")
        self._at = match.end()
        piece = Piece(as_value(match[1]), start + 1, self._at - 1)
        return Token(TokenKind.PATTERN, start, self._at, Field.PATTERN, (piece,))

    def _named(self) -> Token | None:
        """A known field, with its values up to the next space; None where no field is named."""
        start = self._at
        named = field_at(self._text, start)
        if named is None:
            self._refuse_unknown()
            return None
        field, self._at = named
        values: list[Piece] = []
        while self._at < len(self._text) and not self._text[self._at].isspace():
            if self._text[self._at] == ",":
                self._at += 1
                continue
            piece = self._piece()
            if piece is None:
                break
            values.append(piece)
        return Token(TokenKind.TERM, start, self._at, field, tuple(values))

    def _refuse_unknown(self) -> None:
        """Refuse a name that must be meant as a field, and is none.

        Raises:
            QueryError: there is such a name next.
        """
        name = _UNKNOWN.match(self._text, self._at)
        if name is None or name[1].lower() in _BEFORE_COLONS or not (self._is_apart or self._is_excluded):
            return
        from difflib import get_close_matches

        near = get_close_matches(name[1].lower(), _FIELDS, 1, cutoff=0.85 if name[2] else 0.6)
        if near or not name[2]:
            tip = f"did you mean {near[0]}:?" if near else f"there are {', '.join(_OFTEN)} and others"
            raise QueryError(self._at, self._at + len(name[1]) + 1, f"no field is called “{name[1]}”; {tip}")

    def _plain(self) -> Token:
        """A plain word or quoted text, or an operator."""
        start, is_excluded = self._at, self._is_excluded
        piece = self._piece()
        if piece is None:  # a bracket that closes nothing is a word that asks for nothing
            return self._sign(TokenKind.TERM)
        kind = TokenKind.TERM if is_excluded else _OPERATORS.get(self._text[start : self._at], TokenKind.TERM)
        return Token(kind, start, self._at, Field.TEXT, (piece,))

    def _piece(self) -> Piece | None:
        """A quoted text, or a run of characters up to a space or comma; None where a group ends here."""
        start = self._at
        if quoted := _QUOTED.match(self._text, start):
            self._at = quoted.end()
            return _piece_of(without_escapes(quoted[1][: 8 * VALUE_CHARACTERS]), start, self._at)
        run = _RUN.match(self._text, start)
        end = self._end_of_run(start, run.end()) if run else start
        if end == start:
            return None
        self._at = end
        return _piece_of(self._text[start:end], start, end)

    def _end_of_run(self, start: int, end: int) -> int:
        """Where a run of characters ends: before a bracket that closes a group, unless that was opened in the run."""
        if not self._open:
            return end
        within = 0
        for bracket in _BRACKET.finditer(self._text, start, end):
            within += 1 if bracket[0] == "(" else -1
            if within < 0:
                return bracket.start()
        return end
