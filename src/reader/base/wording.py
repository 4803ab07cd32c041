"""Counts and words for a person, and how texts are compared and cut."""

from __future__ import annotations

import unicodedata

_SHORTEST_CUT = 0.6
"""A text is cut after a sentence, or a word, only where this share of the allowed length is left."""


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 outlet`, `1,200 outlets`. `many` is the plural, where that is not just an added s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def as_title(text: str) -> str:
    """A text with its first letter in upper case, to begin a line: `Linked · 9 articles`."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """A text in the form in which labels are compared: without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def cut_text(text: str, most: int) -> str:
    """A text of one line; a long one is cut after a sentence or a word, and ends in an ellipsis then."""
    if len(text) <= most:
        return text
    head = text[:most]
    sentence = max(head.rfind(end) for end in (". ", "! ", "? ", "。"))
    if sentence >= most * _SHORTEST_CUT:
        return head[: sentence + 1] + " …"
    word = head.rfind(" ")
    return head[: word if word >= most * _SHORTEST_CUT else most].rstrip(" ,;:") + " …"
