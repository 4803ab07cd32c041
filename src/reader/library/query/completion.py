"""Completes a query at the cursor: names of fields, and values, of which some are asked of the library.

`spot_at` finds what is being typed, `completions` how that may go on, and `applied` puts a completion in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from reader.base.errors import QueryError
from reader.base.lengths import UNITS
from reader.base.wording import fold
from reader.library.query.tokens import Piece, Token, TokenKind, as_value, field_at, is_closed, tokens, without_escapes
from reader.library.query.tree import PARTS, STATES, Field, SortField, quoted

FIELDS = {
    Field.TOPIC: "topics that begin so",
    Field.PROVIDER: "words of the outlet's name",
    Field.DATE: "a year, month, day or range",
    Field.IS: "unread, starred, later …",
    Field.HAS: "event, linked, alike, image …",
    Field.TITLE: "words of the headline",
    Field.COVERAGE: "words of related articles",
    Field.OUTLETS: "how many outlets report the event",
    Field.LINKED: "how many more articles are linked",
    Field.SORT: "the order; - falls",
    Field.AGE: "newer or older than",
    Field.AFTER: "from a day on",
    Field.BEFORE: "before a day",
    Field.QUALITY: "a number or a range",
    Field.HEAT: "a number or a range",
    Field.TAG: "your own tags",
    Field.COVERS: "an outlet in the coverage",
    Field.FIRST: "the outlet that was first",
    Field.EVENT: "the event of an article, by its link",
    Field.FEED: "a part of the address of a feed",
    Field.URL: "a part of the link",
    Field.TEXT: "words anywhere",
}
"""The fields in the order in which they are offered, each with what it is for."""

OUTLETS = frozenset({Field.PROVIDER, Field.COVERS, Field.FIRST})
"""Fields whose values are outlets."""

DATES = frozenset({Field.DATE, Field.AFTER, Field.BEFORE})
"""Fields whose values are days."""

LIVE = OUTLETS | DATES | {Field.TOPIC, Field.TAG, Field.FEED}
"""Fields whose values the library has to be asked for."""

MOST = 200
"""How many completions are offered at most."""

_TEXTS = LIVE - DATES
_NUMBERS = (">=10", ">=50", ">=100", "<50")
_FIXED: dict[Field, tuple[str, ...]] = {
    Field.IS: STATES,
    Field.HAS: PARTS,
    Field.SORT: (*SortField, *(f"-{field}" for field in SortField)),
    Field.AGE: ("<6h", "<1d", "<1w", ">1w", ">1y"),
    Field.QUALITY: _NUMBERS,
    Field.HEAT: _NUMBERS,
    Field.OUTLETS: (">=2", ">=4", ">=10"),
    Field.LINKED: (">=1", ">=4", ">=10"),
}
"""The values of fields for which they are the same in every library."""

_UNITLESS = re.compile(r"[<>]=?\d{1,6}")


class Known(NamedTuple):
    """A value and how many stories have it."""

    value: str
    stories: int


Ask: TypeAlias = Callable[[Field, str], Iterable[Known]]
"""A function that gives the values of a field of `LIVE`, the most frequent first: all, or those that match the text."""


class Spot(NamedTuple):
    """What is being typed at the cursor.

    Attributes:
        field: the field whose value is being typed; None for a word that may become the name of a field.
        typed: what has been typed of it, without quotation marks.
        start: where the text begins that a completion replaces, in characters of the query.
        end: where that text ends.
        without: what not to offer: other values of the same term, folded, or names of fields that may not stand here.
    """

    field: Field | None
    typed: str
    start: int
    end: int
    without: frozenset[str] = frozenset()


class Completion(NamedTuple):
    """One way in which a query may go on.

    Attributes:
        value: the field or value, as a person reads it.
        text: the same as the query writes it, in quotation marks where it needs them.
        about: what to say of it: what a field is for, or how many stories have a value; empty for nothing.
    """

    value: str
    text: str
    about: str = ""


def spot_at(text: str, cursor: int) -> Spot | None:
    """What is being typed at the cursor; None where nothing can be completed.

    Args:
        text: the query.
        cursor: the place of the cursor, in characters.
    """
    try:
        before, whole = list(tokens(text[:cursor])), list(tokens(text))
    except QueryError:
        return None
    last = before[-1] if before else None
    without = frozenset({Field.SORT.value} if _is_excluding(before, cursor) else ())
    if last is None or last.end < cursor or (last.kind in (TokenKind.OPEN, TokenKind.NOT) and not last.pieces):
        return _word("", text, cursor, whole, without)
    if last.kind is TokenKind.TERM and (named := field_at(text[:cursor], last.start)):
        return _value(named[0], last, text, cursor, whole)
    if not last.pieces or last.kind is TokenKind.PATTERN:
        return None
    start = last.pieces[-1].start
    typed = text[start:cursor]
    if typed == "-":  # a minus alone: a field may follow, but not `sort:`, which cannot be excluded
        return _word("", text, cursor, whole, frozenset({Field.SORT.value}))
    return None if '"' in typed else _word(typed, text, cursor, whole, without)


def _is_excluding(before: Sequence[Token], cursor: int) -> bool:
    """Whether there is a minus before what is typed."""
    signs = before[-2:-1] if before and before[-1].end == cursor and before[-1].pieces else before[-1:]
    return any(token.kind is TokenKind.NOT for token in signs)


def _word(typed: str, text: str, cursor: int, whole: Sequence[Token], without: frozenset[str]) -> Spot | None:
    """The spot of a word that ends at the cursor; None where the word goes on behind it."""
    after = text[cursor : cursor + 1]
    closes = any(token.kind is TokenKind.CLOSE and token.start == cursor for token in whole)
    if after and not after.isspace() and not closes:
        return None
    return Spot(None, typed, cursor - len(typed), cursor, without)


def _value(field: Field, term: Token, text: str, cursor: int, whole: Sequence[Token]) -> Spot | None:
    """The spot of a value of a field, which may have others before and after it; None behind a closed quotation."""
    last = term.pieces[-1] if term.pieces else None
    typed, start = "", cursor
    if last is not None and last.end == cursor:
        typed, start = text[last.start : cursor], last.start
        if typed.startswith('"'):
            if is_closed(typed):
                return None
            typed = without_escapes(typed[1:])
    pieces = next((token.pieces for token in whole if token.start == term.start), ())
    end = next((piece.end for piece in pieces if piece.start == start and _is_closed(piece, text)), cursor)
    others = frozenset(fold(piece.text) for piece in pieces if piece.start != start)
    return Spot(field, typed, start, max(end, cursor), others)


def _is_closed(piece: Piece, text: str) -> bool:
    written = text[piece.start : piece.end]
    return not written.startswith('"') or is_closed(written)


def completions(spot: Spot, ask: Ask) -> list[Completion]:
    """How a query may go on: first the values that begin with what was typed, then those with a later word that does.

    Args:
        spot: what is being typed.
        ask: asks the library for values.
    """
    if spot.field is None:
        begins = fold(spot.typed)
        known = ((field.value, about) for field, about in FIELDS.items() if field.value not in spot.without)
        return [Completion(f"{name}:", f"{name}:", about) for name, about in known if name.startswith(begins)]
    field = spot.field
    head, typed = _range(field, spot.typed)
    if field in LIVE:
        values = [(as_value(value), f"{count:,}") for value, count in ask(field, typed)]
    else:
        values = [(value, "") for value in _fixed(field, typed)]
    found = _beginning(values, fold(typed), by_word=field in _TEXTS)
    return [
        Completion(f"{head}{value}", quoted(value) if field in _TEXTS else f"{head}{value}", about)
        for value, about in found
        if fold(value) not in spot.without
    ][:MOST]


def _range(field: Field, typed: str) -> tuple[str, str]:
    """What is typed of a range of days, divided behind the dots; what is no range has nothing before them."""
    first, dots, last = typed.partition("..")
    return (first + dots, last) if dots and field is Field.DATE else ("", typed)


def _fixed(field: Field, typed: str) -> Iterable[str]:
    if field is Field.AGE and _UNITLESS.fullmatch(typed):
        return (typed + unit for unit in UNITS)
    return _FIXED.get(field, ())


def _beginning(values: Iterable[Known | tuple[str, str]], typed: str, *, by_word: bool) -> list[tuple[str, str]]:
    """The values that begin with what was typed; then, with `by_word`, those of which a later word does."""
    first: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    seen: set[str] = set()
    for value, about in values:
        folded = fold(value)
        if not value or folded in seen:
            continue
        seen.add(folded)
        if folded.startswith(typed):
            first.append((value, str(about)))
        elif by_word and f" {typed}" in folded:
            later.append((value, str(about)))
    return first + later


def beginning(spot: Spot, found: Sequence[Completion]) -> str:
    """The longest beginning that all completions share, as the query writes it; empty where that adds nothing."""
    values = [fold(completion.value) for completion in found]
    if not values:
        return ""
    columns = takewhile(lambda column: len(set(column)) == 1, zip(*values, strict=False))
    length = sum(1 for _ in columns)
    common = found[0].value[:length]
    if length <= len(fold(spot.typed)) or fold(common) != values[0][:length]:
        return ""
    if spot.field not in _TEXTS or common == found[0].value:
        return found[0].text if common == found[0].value else common
    written = quoted(common)
    return written[:-1] if written.startswith('"') else written  # the rest is to be typed within the quotation marks


def applied(text: str, spot: Spot, written: str) -> tuple[str, int]:
    """Put a completion in the place of what was typed; gives the query, and the place of the cursor behind it."""
    return text[: spot.start] + written + text[spot.end :], spot.start + len(written)
