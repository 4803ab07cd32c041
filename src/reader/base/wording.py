"""Words and counts as a person reads them."""

from __future__ import annotations

import unicodedata

_SHORTEST_CUT = 0.6
"""How much must be left of a text that is cut after a sentence or a word."""


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 outlet`, `1,200 outlets`; `many` where that is not the noun with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def as_title(text: str) -> str:
    """A text as it begins a line of its own: `Linked · 9 articles`."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """A text as labels are compared: without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def cut_text(text: str, most: int) -> str:
    """A text of one line, cut after a sentence or a word where it is long; then it ends in an ellipsis."""
    if len(text) <= most:
        return text
    head = text[:most]
    sentence = max(head.rfind(end) for end in (". ", "! ", "? ", "。"))
    if sentence >= most * _SHORTEST_CUT:
        return head[: sentence + 1] + " …"
    word = head.rfind(" ")
    return head[: word if word >= most * _SHORTEST_CUT else most].rstrip(" ,;:") + " …"
