"""Regular expressions as a query may hold them: Python's, without those that can take forever."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

MOST_REPEATS = 10
"""Signs of repetition in one expression: each doubles, at worst, what has to be tried."""

MOST_OPEN_REPEATS = 3
"""Repetitions without an end, or with a far one: each multiplies, at worst, by the length of the text."""

LONGEST_TEXT = 2_000
"""Characters of a text that are looked at."""

_FAR = 10
_PIECE = (
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<close>\))"
    r"|(?P<open>\((?:\?(?:P<\w+>|P=\w+|<?[=!]|#|(?P<flags>[aiLmsux-]*)(?:[:]|(?=\)))|>|\(\w+\)))?)"
    r"|(?P<repeat>[*+?]|\{(?P<low>\d*)(?P<range>,(?P<high>\d*))?\})[?+]?|(?P<choice>\|)|."
)


class PatternError(ValueError):
    """A text is no regular expression, or none that is safe to use; its text is a sentence's end, for a person."""


def check(pattern: str) -> None:
    """Refuse what cannot be used.

    Raises:
        PatternError: it is no regular expression, or may take forever.
    """
    _refuse_slow(pattern)
    try:
        _compiled(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        reason = error.msg if isinstance(error, re.error) else "too large"
        raise PatternError(f"is not a regular expression: {reason}") from error


def matches(pattern: str, *texts: str | None) -> bool:
    """Whether a regular expression is found in any of some texts, whatever the case. SQL knows it as `matches`."""
    search = _compiled(pattern).search
    return any(search(text[:LONGEST_TEXT]) is not None for text in texts if text is not None)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what may mean something else in a later Python
        return re.compile(pattern, re.IGNORECASE)


def _refuse_slow(pattern: str) -> None:
    """Refuse a repeated group in which there is a repetition or a choice, and too many repetitions."""
    varies = [False]  # for each open group, whether it can match in more than one way
    closed = False  # whether the group that has just been closed can
    repeats = far = 0
    for piece in re.finditer(_PIECE, pattern, re.DOTALL):
        if piece["open"]:
            if "x" in (piece["flags"] or ""):  # then spaces and signs mean something else
                raise PatternError("may not use the flag x")
            varies.append(False)
        elif piece["close"]:
            closed = varies.pop() if len(varies) > 1 else False
            varies[-1] |= closed
            continue
        elif piece["repeat"]:
            most = _most(piece)
            if closed and most > 1:
                raise PatternError("may take forever: it repeats a group that repeats or chooses, such as (a+)+")
            if piece["low"] is None or piece["range"]:
                repeats += 1
                far += most > _FAR
                varies[-1] = True
        elif piece["choice"]:
            varies[-1] = True
        closed = False
    if repeats > MOST_REPEATS or far > MOST_OPEN_REPEATS:
        raise PatternError(
            f"may take forever: {MOST_REPEATS} repetitions at most, {MOST_OPEN_REPEATS} of them without an end"
        )


def _most(piece: re.Match[str]) -> int:
    """How often a sign of repetition repeats, at most."""
    sign = piece["repeat"]
    if sign[0] in "*+":
        return 1_000_000
    if sign[0] == "?":
        return 1
    text = piece["high"] if piece["range"] else piece["low"]
    return min(int(text), 1_000_000) if text else 1_000_000
