"""Whether a query says all that it begins to say: on the screen the rest is still to be typed, elsewhere it is lost.

Where a script fills in an empty value (`tag:$X`), the term asks for nothing, and every story would be meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.base.errors import QueryError
from reader.library.query.parser import needs
from reader.library.query.tokens import Token, TokenKind, tokens
from reader.library.query.tree import WORDS, Field
from reader.stories.limits import QUERY_TERMS

_JOINS = {TokenKind.AND: "AND", TokenKind.OR: "OR", TokenKind.NOT: "NOT"}


def refuse_gaps(text: str) -> None:
    """Refuse a query, which is not wrong otherwise, of which a part asks for nothing as something lacks in it.

    What lacks something is a field without a value, a bracket with nothing in it, an operator with nothing after
    it, and two quotation marks with nothing between. A bracket that is not closed lacks nothing that was asked for,
    and a sign that stands alone in a copied headline is one of its words. A query that is longer than is read is
    refused as well: it could mean more stories than it says.

    Raises:
        QueryError: there is such a part, with its place.
    """
    parts = list(tokens(text))
    _refuse_more_than_is_read(parts)
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        is_last = after is None or after.kind is TokenKind.CLOSE
        if lacks := _lacks(text, part, is_last=is_last, is_first=_is_first(parts, at)):
            end = after.end if after is not None and part.kind is TokenKind.OPEN else part.end
            raise QueryError(part.start, end, lacks)


def _refuse_more_than_is_read(parts: Sequence[Token]) -> None:
    terms = [part for part in parts if part.kind in (TokenKind.TERM, TokenKind.PATTERN)]
    for term in terms[QUERY_TERMS:]:
        raise QueryError(term.start, term.end, f"a query has {QUERY_TERMS} terms at most")
    for value in (one for term in terms for one in term.values[QUERY_TERMS:]):
        raise QueryError(value.start, value.end, f"a term has {QUERY_TERMS} values at most")


def _is_first(parts: Sequence[Token], at: int) -> bool:
    """Whether nothing stands to the left of a part within its group: an operator is a word there."""
    return at == 0 or parts[at - 1].kind is TokenKind.OPEN


def _lacks(text: str, part: Token, *, is_last: bool, is_first: bool) -> str:
    """What a part lacks; empty where it lacks nothing."""
    written = text[part.start : part.end]
    if part.kind is TokenKind.OPEN:
        return "nothing stands in this bracket" if is_last else ""
    if part.kind in _JOINS:
        return f"nothing stands after this {_JOINS[part.kind]}" if is_last and not is_first else ""
    if part.kind is not TokenKind.TERM:
        return ""
    if _is_named(text, part):
        says = (any(map(str.isalnum, piece.text)) if part.field in WORDS else piece.text for piece in part.values)
        return "" if any(says) else f"{part.field} lacks its value: {needs(part.field)}"
    if written == "-" and is_last and not is_first:
        return "nothing stands after this minus"
    return "nothing stands between these quotation marks" if written == '""' else ""


def _is_named(text: str, part: Token) -> bool:
    """Whether a term is written with its field: plain words are of the field `text` too."""
    return part.field is not Field.TEXT or text[part.start : part.end].lower().startswith("text:")
