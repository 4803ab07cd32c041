"""Words and counts as a person reads them."""

from __future__ import annotations

import unicodedata


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 outlet`, `1,200 outlets`; `many` where that is not the noun with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def fold(text: str) -> str:
    """A text as labels are compared: without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
