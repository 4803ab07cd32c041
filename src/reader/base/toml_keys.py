"""Finding keys of TOML that are too long: the time that tomllib takes grows with the square of their parts."""

from __future__ import annotations

import re
from functools import cache

_PART = r"""(?:[\w-]+|"(?:[^"\\\n]|\\.){0,99}"|'[^'\n]{0,99}')[ \t]*\.[ \t]*"""


@cache
def _of_more_than(parts: int) -> re.Pattern[str]:
    return re.compile(rf"""(?<![\w"'-])(?:{_PART}){{{parts}}}""", re.ASCII)


def long_key(text: str, parts: int) -> int | None:
    """The line, counted from 0, of the first key with too many parts between dots; None where there is none.

    Very long parts in quotes are not counted: few of them have room in a file.

    Args:
        text: the document.
        parts: how many parts are allowed.
    """
    found = _of_more_than(parts).search(text)
    return None if found is None else text.count("\n", 0, found.start())
