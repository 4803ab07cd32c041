"""Whether a query says all that it begins to say: on the screen the rest is still to be typed, elsewhere it is lost.

Where a script fills in an empty value (`tag:$X`), the term asks for nothing, and every story would be meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.base.errors import QueryError
from reader.library.query.parser import needs
from reader.library.query.tokens import Token, TokenKind, tokens
from reader.library.query.tree import WORDS, Field

_JOINS = {TokenKind.AND: "AND", TokenKind.OR: "OR", TokenKind.NOT: "NOT"}


def refuse_gaps(text: str) -> None:
    """Refuse a query, which is not wrong otherwise, with a part that asks for nothing as something lacks in it.

    That is a field without a value, a bracket with nothing in it, an operator with nothing after it, and two quotation
    marks with nothing between. A bracket that is not closed lacks nothing that was asked for, and a sign that stands
    alone in a copied headline is one of its words.

    Raises:
        QueryError: there is one, with its place.
    """
    parts = list(tokens(text))
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        is_last = after is None or after.kind is TokenKind.CLOSE
        if lacks := _lacks(text, part, is_last=is_last, is_first=_is_first(parts, at)):
            end = after.end if after is not None and part.kind is TokenKind.OPEN else part.end
            raise QueryError(part.start, end, lacks)


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
