r"""Regular expressions as a query may hold them, matched by RE2: its time grows with the text and with nothing else.

A matcher that goes back and tries again can take hours for an expression as usual as `s.*t.*e.*zebra`. RE2 does not go
back; so it knows neither references to a group nor looking ahead and behind. What Python calls `\w`, `\d` and `\s`
holds for every alphabet here too; `\b` is RE2's, which tells words of the letters a to z alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reader.base.late_pattern import LatePattern
from reader.stories.limits import MATCHED_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable

_MEMORY = 1024 * 1024
"""Bytes that an expression and its search may take: an expression that repeats its way past it is refused."""

_PIECE = LatePattern(
    r"(?P<unicode>\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))|(?P<escape>\\.)"
    r"|(?P<within>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<other>.)",
    re.DOTALL,
)
_WORD, _SPACE = r"\p{L}\p{M}\p{N}_", r"\s\v\p{Z}"
_WITHIN = {"\\w": _WORD, "\\d": r"\p{Nd}", "\\s": _SPACE, "\\D": r"\P{Nd}"}
_OUTSIDE = {
    "\\w": f"[{_WORD}]", "\\W": f"[^{_WORD}]", "\\s": f"[{_SPACE}]", "\\S": f"[^{_SPACE}]", "\\d": r"\p{Nd}",
    "\\D": r"\P{Nd}", "\\Z": r"\z",
}  # fmt: skip
"""What Python's classes are in RE2's words, within brackets and outside of them."""

_UNKNOWN = (
    (LatePattern(r"\\[1-9]|\(\?P="), "refers back to a group, which is not known here"),
    (LatePattern(r"\(\?<?[=!]"), "looks ahead or behind, which is not known here"),
    (LatePattern(r"\\[bB][^\x00-\x7f]|[^\x00-\x7f]\\[bB]"), r"has \b beside a letter that is none of a to z"),
)
"""What Python's expressions have and RE2's have not, and how a person is told."""


class PatternError(ValueError):
    """A text is no regular expression that can be used; its text is a sentence's end, for a person."""


def check(pattern: str) -> None:
    """Refuse what cannot be used.

    Raises:
        PatternError: it is no regular expression, is too large, or RE2 is not installed.
    """
    for unknown, words in _UNKNOWN:
        if unknown.search(pattern.replace("\\\\", "")):
            raise PatternError(words)
    try:
        _search(pattern)
    except ModuleNotFoundError as error:
        raise PatternError("needs the package google-re2, which is not installed") from error


def matches(pattern: str, *texts: str | None) -> bool:
    """Whether a regular expression is found in any of some texts, whatever the case. SQL knows it as `matches`."""
    search = _search(pattern)
    return any(search(text[:MATCHED_CHARACTERS].encode()) is not None for text in texts if text is not None)


@lru_cache(maxsize=64)
def _search(pattern: str) -> Callable[[bytes], Any]:
    import re2  # only those pay for it who ask with an expression

    options = re2.Options()
    options.case_sensitive, options.never_capture, options.log_errors = False, True, False
    options.max_mem = _MEMORY
    try:
        return re2.compile(_in_its_words(pattern).encode(), options).search  # type: ignore[no-any-return]
    except re2.error as error:
        reason = error.args[0].decode(errors="replace")
        if reason.startswith("pattern too large"):
            raise PatternError("repeats too much to be looked for") from error
        raise PatternError(f"is not a regular expression: {reason}") from error


def _in_its_words(pattern: str) -> str:
    """An expression with Python's classes and characters by number as RE2 writes them."""

    def piece(match: re.Match[str]) -> str:
        text = match[0]
        if match["unicode"]:
            return f"\\x{{{text[2:]}}}"
        if match["within"]:
            if re.search(r"(?<!\\)(?:\\\\)*\\[WS]", text):
                raise PatternError(r"has \W or \S in brackets, which is not known here")
            return re.sub(r"\\.", lambda escape: _WITHIN.get(escape[0], escape[0]), text, flags=re.DOTALL)
        return _OUTSIDE.get(text, text)

    return _PIECE.sub(piece, pattern)
