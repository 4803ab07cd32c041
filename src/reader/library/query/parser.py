"""Reads the tokens of a query into a tree of conditions, by recursive descent: see `query` for the language.

A part that asks for nothing is left out, and noted as a gap. While a person types on the screen, gaps are of no matter:
the rest is still to come. Elsewhere they are errors: where a script fills in an empty value (`tag:$X`), the query would
mean all stories.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reader.base.errors import QueryError
from reader.library.query.patterns import PatternError, check
from reader.library.query.tokens import Piece, Token, TokenKind, field_at, tokens
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
from reader.stories.limits import QUERY_TERMS, VALUE_CHARACTERS

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
"""What each field needs as its value, for a person."""

_AS_WORD = '; in quotation marks, "{}", it is a word'


def needs(field: Field) -> str:
    """What a field needs as its value, for a person."""
    return _EXPECTED.get(field) or f"words, such as {field}:example"


class Gap(NamedTuple):
    """A part of a query that is left out, as it asks for nothing or is too much.

    Attributes:
        start: where it begins, in characters of the query.
        end: where it ends.
        lacks: what is missing or too much, for a person.
    """

    start: int
    end: int
    lacks: str


class Reading(NamedTuple):
    """What was read of a query.

    Attributes:
        tree: the condition; None for all stories.
        sort: the order; empty where the query has none.
        gaps: what was left out, in the order in which it was found.
    """

    tree: Node | None
    sort: tuple[SortKey, ...]
    gaps: tuple[Gap, ...]


def read(text: str) -> Reading:
    """Read the text of a query, which is not empty.

    Raises:
        QueryError: as in `query.parse`.
    """
    return _Parser(text).read()


class _Parser:
    """Reads one query. `_at` is the place of the next token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokens(text))
        self._at = 0
        self._terms = 0
        self._sort: dict[SortField, SortKey] = {}
        self._gaps: list[Gap] = []

    def read(self) -> Reading:
        tree = self._alternatives()
        if tree is None and not self._sort:
            self._leave_out(0, len(self._text), "nothing is asked for: a word or a field is needed")
        return Reading(tree, tuple(self._sort.values()), tuple(self._gaps))

    def _leave_out(self, start: int, end: int, lacks: str) -> None:
        self._gaps.append(Gap(start, end, lacks))

    def _leave_out_operator(self, token: Token, side: str = "after", first: Token | None = None) -> None:
        """Note an operator as a gap, as nothing is asked for on one side of it.

        Args:
            token: the operator.
            side: the side, `after` or `before`.
            first: the first of several operators in a row, where the gap begins.
        """
        written = self._text[token.start : token.end]
        name, tip = ("minus", "") if written == "-" else (written, _AS_WORD.format(written))
        self._leave_out((first or token).start, token.end, f"nothing is asked for {side} this {name}{tip}")

    def _alternatives(self) -> Node | None:
        """Read up to the end of the group or of the query: conditions, of which some may have OR between them."""
        alternatives: list[Node | None] = []
        conditions: list[Node | None] = []
        last_or: Token | None = None
        has_left = False
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.kind is TokenKind.CLOSE:
                break
            if token.kind in (TokenKind.AND, TokenKind.OR) and has_left:
                if not self._has_operand():
                    self._leave_out_operator(token)
                elif token.kind is TokenKind.OR:
                    alternatives.append(self._alternative(conditions, last_or, token))
                    conditions, last_or = [], token
                continue
            conditions.append(self._condition(token))
            has_left = True
        return any_of([*alternatives, self._alternative(conditions, last_or, None)])

    def _alternative(self, conditions: list[Node | None], before: Token | None, after: Token | None) -> Node | None:
        """Join the conditions between one OR and the next; if there are none, an OR beside them is a gap."""
        alternative = all_of(conditions)
        if alternative is None and before is not None:
            self._leave_out_operator(before)
        elif alternative is None and after is not None:
            self._leave_out_operator(after, "before")
        return alternative

    def _has_operand(self) -> bool:
        """Whether a condition comes next."""
        if self._at >= len(self._tokens):
            return False
        return self._tokens[self._at].kind not in (TokenKind.CLOSE, TokenKind.AND, TokenKind.OR)

    def _condition(self, token: Token) -> Node | None:
        """Read a condition, with the minuses and NOTs before it, from a token on; None if it asks for nothing."""
        first, is_first = token, self._at == 1
        last_not: Token | None = None
        is_excluded = False
        while token.kind is TokenKind.NOT:
            if not self._has_operand():
                if not is_first:
                    self._leave_out_operator(token, first=first)
                elif last_not is not None:
                    self._leave_out_operator(last_not, first=first)
                return self._term(token) if is_first else None
            last_not, is_excluded = token, not is_excluded
            token = self._tokens[self._at]
            self._at += 1
        if token.kind is TokenKind.OPEN:
            part = self._group(token)
        elif token.field is Field.SORT:
            self._take_order(token, is_excluded=is_excluded)
            part = None
        else:
            part = self._term(token)
        if part is None and last_not is not None:
            self._leave_out_operator(last_not, first=first)
        return Not(part) if part and is_excluded else part

    def _group(self, opening: Token) -> Node | None:
        """Read a group up to the bracket that closes it; None if it asks for nothing."""
        first = self._at
        part = self._alternatives()
        has_order = any(token.field is Field.SORT for token in self._tokens[first : self._at])
        if part is None and not has_order:
            self._leave_out(opening.start, self._tokens[self._at - 1].end, "nothing is asked for in this bracket")
        return part

    def _term(self, token: Token) -> Node | None:
        """The condition of a term; None if it asks for nothing, or the query has too many terms."""
        pieces = self._asked(token)
        if not pieces:
            return None
        if self._terms >= QUERY_TERMS:
            self._leave_out(token.start, token.end, f"a query has {QUERY_TERMS} terms at most")
            return None
        self._terms += 1
        for piece in pieces[QUERY_TERMS:]:
            self._leave_out(piece.start, piece.end, f"a term has {QUERY_TERMS} values at most")
        return Term(token.field, tuple(self._value(token, piece) for piece in pieces[:QUERY_TERMS]))

    def _asked(self, token: Token) -> list[Piece]:
        """The pieces of a term that ask for something; notes gaps for the others.

        Signs alone, such as a dash, ask for no word. They are not gaps among plain words, as in a copied headline.
        """
        asked = [piece for piece in token.pieces if _asks(token.field, piece)]
        is_named = field_at(self._text, token.start) is not None
        if is_named and not asked:
            tip = _AS_WORD.format(f"{token.field}:")
            self._leave_out(token.start, token.end, f"{token.field} lacks its value: {needs(token.field)}{tip}")
            return asked
        for piece in token.pieces:
            if piece.is_cut:
                self._leave_out(piece.start, piece.end, f"a value has {VALUE_CHARACTERS} characters at most")
            elif not _asks(token.field, piece) and (lacks := self._missing(piece, is_named=is_named)):
                self._leave_out(piece.start, piece.end, lacks)
        return asked

    def _missing(self, piece: Piece, *, is_named: bool) -> str:
        """What is missing in a piece that asks for nothing, for a person; empty for a sign among words."""
        written = self._text[piece.start : piece.end]
        if written.startswith('"'):
            before = self._text[piece.start - 1 : piece.start]
            is_inches = written.rstrip() == '"' and before.isalnum()
            return "" if is_inches else "no word stands between these quotation marks"
        if is_named:
            return "this value has no word"
        return "nothing is asked for after this minus" if written == "-" and not self._has_operand() else ""

    def _value(self, token: Token, piece: Piece) -> TermValue:
        """The value of a piece, as its field reads it.

        Raises:
            QueryError: the field has no use for it.
        """
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
        for piece in self._asked(token):
            name = piece.text.lower().removeprefix("-")
            if name not in _SORT_FIELDS:
                raise _unexpected(Field.SORT, piece)
            field = _SORT_FIELDS[name]
            self._sort.setdefault(field, SortKey(field, falls=piece.text.startswith("-")))


def _asks(field: Field, piece: Piece) -> bool:
    """Whether a piece asks for something, unlike one that is still to be typed."""
    return any(map(str.isalnum, piece.text)) if field in WORDS else bool(piece.text)


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
"""What reads the values of a field, and gives None for what is not one. The values of other fields are texts."""
