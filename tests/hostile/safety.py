"""What is safe to show, said a second time, and otherwise than in `reader.base.text`: by Unicode's categories."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

_UNSEEN = frozenset(
    chr(code)
    for start, end in (
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x2065, 0x2065), (0xE0000, 0xE0FFF), (0x1F3FB, 0x1F3FF),
    )
    for code in range(start, end + 1)
)  # fmt: skip
"""What draws nothing and is of no category that says so."""


_NEVER = ("Cc", "Cs", "Co", "Zl", "Zp")

_DRAWN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Format characters with a shape of their own: signs over the numbers of some scripts."""


def unsafe(text: str, *, line_ends: str = "") -> str:
    """The first character that a terminal would obey, reorder or hide; empty where there is none."""
    return next(all_unsafe(text, line_ends), "")


def all_unsafe(text: str, line_ends: str = "") -> Iterator[str]:
    """Every such character."""
    for place, sign in enumerate(text):
        if " " <= sign <= "~" or sign in line_ends or sign == "\ufffd":
            continue
        if sign in "\u200c\u200d":
            if not (_joins(text[place - 1 : place]) and _joins(text[place + 1 : place + 2])):
                yield sign
        elif sign in _UNSEEN or _is_odd(sign):
            yield sign


def _is_odd(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category in _NEVER or (category == "Cf" and sign not in _DRAWN):
        return True
    return ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef" or "\U0001f1e6" <= sign <= "\U0001f1ff"


def _joins(sign: str) -> bool:
    return "\u0600" <= sign <= "\u0dff"


def texts(value: object) -> Iterator[str]:
    """Every text in a story, or in any value that is made of dataclasses, mappings and sequences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Path | bytes):
        return
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from texts(key)
            yield from texts(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from texts(part)
