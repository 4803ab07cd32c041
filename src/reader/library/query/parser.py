"""Reading the text of a query: see `query` for the language."""

from __future__ import annotations

from collections.abc import Callable

from reader.base.errors import QueryError
from reader.library.query.patterns import PatternError, check
from reader.library.query.tokens import Piece, Token, TokenKind, tokens
from reader.library.query.tree import (
    NUMBERS,
    PARTS,
    STATES,
    WORDS,
    Field,
    Node,
    Not,
    SortField,
    SortKey,
    Term,
    all_of,
    any_of,
)
from reader.library.query.values import TermValue, read_age, read_dates, read_link, read_moment, read_numbers
from reader.stories.limits import QUERY_TERMS

_DAY = "a day, a month or a year, such as"
_EXPECTED = {
    Field.DATE: f"{_DAY} date:2020-02-18, date:2020-02 or date:2020-02-18..2020-02-21",
    Field.AFTER: f"{_DAY} after:2020-02-18",
    Field.BEFORE: f"{_DAY} before:2020-02-18",
    Field.AGE: "a number and a unit, such as age:<6h; the units are m (minutes), h, d, w, mo (months) and y",
    Field.EVENT: "the link of an article on it, such as event:https://bbc.co.uk/news/1",
    Field.IS: f"one of {', '.join(STATES)}, such as is:{STATES[0]}",
    Field.HAS: f"one of {', '.join(PARTS)}, such as has:{PARTS[0]}",
    Field.SORT: f"one of {', '.join(SortField)}, such as sort:-quality,date",
    **{field: f"a whole number, such as {field}:>=5 or {field}:5..50" for field in NUMBERS},
}
"""Field → what it needs."""


def needs(field: Field) -> str:
    """What a field needs as its value, for a person."""
    return _EXPECTED.get(field) or f"words, such as {field}:example"


def read(text: str) -> tuple[Node | None, tuple[SortKey, ...]]:
    """Read a text that is not empty into the condition and the order of a query; see `query.parse`."""
    return _Parser(text).read()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._terms = 0
        self._sort: dict[SortField, SortKey] = {}

    def read(self) -> tuple[Node | None, tuple[SortKey, ...]]:
        tree = self._alternatives()
        return tree, tuple(self._sort.values())

    def _alternatives(self) -> Node | None:
        """What stands up to the end of the group: conditions that must all hold, or several such with OR between."""
        alternatives: list[Node | None] = []
        conditions: list[Node | None] = []
        has_left = False
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.kind is TokenKind.CLOSE:
                break
            if token.kind in (TokenKind.AND, TokenKind.OR) and has_left:
                if token.kind is TokenKind.OR and self._has_operand():
                    alternatives.append(all_of(conditions))
                    conditions = []
                continue
            conditions.append(self._condition(token))
            has_left = True
        return any_of([*alternatives, all_of(conditions)])

    def _has_operand(self) -> bool:
        """Whether what comes next is a condition."""
        if self._at >= len(self._tokens):
            return False
        return self._tokens[self._at].kind not in (TokenKind.CLOSE, TokenKind.AND, TokenKind.OR)

    def _condition(self, token: Token) -> Node | None:
        is_excluded, is_first = False, self._at == 1
        while token.kind is TokenKind.NOT:
            if not self._has_operand():
                return self._term(token) if is_first else None
            is_excluded = not is_excluded
            token = self._tokens[self._at]
            self._at += 1
        if token.kind is TokenKind.OPEN:
            part = self._alternatives()
        elif token.field is Field.SORT:
            self._take_order(token, is_excluded=is_excluded)
            part = None
        else:
            part = self._term(token)
        return Not(part) if part and is_excluded else part

    def _term(self, token: Token) -> Node | None:
        """The condition of a term; None where it asks for nothing, or where there are too many."""
        if self._terms >= QUERY_TERMS:
            return None
        values = tuple(self._value(token, piece) for piece in token.values[:QUERY_TERMS])
        if token.field in WORDS:  # signs alone are no words
            values = tuple(value for value in values if any(map(str.isalnum, str(value))))
        if not values:
            return None
        self._terms += 1
        return Term(token.field, values)

    def _value(self, token: Token, piece: Piece) -> TermValue:
        if token.kind is TokenKind.PATTERN:
            try:
                check(piece.text)
            except PatternError as error:
                raise QueryError(piece.start, piece.end, f"this pattern {error}") from error
        read = _READ.get(token.field)
        value = piece.text if read is None else read(piece.text)
        if value is None:
            raise _unexpected(token.field, piece)
        return value

    def _take_order(self, token: Token, *, is_excluded: bool) -> None:
        if is_excluded:
            raise QueryError(token.start, token.end, "an order cannot be excluded; sort:-quality puts the best first")
        for piece in token.values:
            name = piece.text.lower().removeprefix("-")
            if name not in _SORT_FIELDS:
                raise _unexpected(Field.SORT, piece)
            field = _SORT_FIELDS[name]
            self._sort.setdefault(field, SortKey(field, falls=piece.text.startswith("-")))


def _unexpected(field: Field, piece: Piece) -> QueryError:
    first, is_range, last = piece.text.partition("..")
    if is_range and field in _RANGES and _READ[field](f"{last}..{first}"):
        return QueryError(piece.start, piece.end, f"this range ends before it begins: {field}:{last}..{first}?")
    return QueryError(piece.start, piece.end, f"{field} needs {needs(field)}")


def _one_of(names: tuple[str, ...]) -> Callable[[str], TermValue | None]:
    return lambda text: text.lower() if text.lower() in names else None


_RANGES = NUMBERS | {Field.DATE}
"""Fields whose values may be a range: `5..50`."""

_SORT_FIELDS = {field.value: field for field in SortField}
_READ: dict[Field, Callable[[str], TermValue | None]] = {
    Field.DATE: read_dates,
    Field.AFTER: read_moment,
    Field.BEFORE: read_moment,
    Field.AGE: read_age,
    Field.EVENT: read_link,
    Field.IS: _one_of(STATES),
    Field.HAS: _one_of(PARTS),
    **dict.fromkeys(NUMBERS, read_numbers),
}
"""Field → what reads its values, giving None for what is none. The values of other fields are texts."""
