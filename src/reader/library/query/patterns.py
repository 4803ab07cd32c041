r"""Regular expressions in queries, matched by RE2, which takes time in proportion to the length of the text.

A backtracking matcher, such as Python's, can take hours for an expression as usual as `s.*t.*e.*zebra`. As RE2 does not
backtrack, it has neither references to groups nor looking ahead and behind. Expressions are translated so that `\w`,
`\d` and `\s` mean all alphabets, as in Python; but `\b` is RE2's, which knows only words of the letters a to z.
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
"""Bytes that an expression and its search may take: one that needs more, by its repetitions, is refused."""

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
"""Python's classes as RE2 writes them, within brackets and outside of them."""

_UNKNOWN = (
    (LatePattern(r"\\[1-9]|\(\?P="), "refers back to a group, which is not known here"),
    (LatePattern(r"\(\?<?[=!]"), "looks ahead or behind, which is not known here"),
    (LatePattern(r"\\[bB][^\x00-\x7f]|[^\x00-\x7f]\\[bB]"), r"has \b beside a letter that is none of a to z"),
)
"""What RE2 does not have, or has in another way than Python, with the words for a person."""


class PatternError(ValueError):
    """A text is not a regular expression that can be used. The message is the end of a sentence, for a person."""


def check(pattern: str) -> None:
    """Check that a text can be used as a regular expression.

    Raises:
        PatternError: it is not a regular expression, is too large, has what RE2 does not have, or RE2 is not installed.
    """
    for unknown, words in _UNKNOWN:
        if unknown.search(pattern.replace("\\\\", "")):
            raise PatternError(words)
    try:
        _search(pattern)
    except ModuleNotFoundError as error:
        raise PatternError("needs the package google-re2, which is not installed") from error


def matches(pattern: str, *texts: str | None) -> bool:
    """Whether a regular expression is found in any of some texts, in upper or lower case. SQL calls it as `matches`.

    Of each text the first `MATCHED_CHARACTERS` are searched.
    """
    search = _search(pattern)
    return any(search(text[:MATCHED_CHARACTERS].encode()) is not None for text in texts if text is not None)


@lru_cache(maxsize=64)
def _search(pattern: str) -> Callable[[bytes], Any]:
    import re2  # imported only where a query has a regular expression

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
    r"""Translate an expression for RE2: Python's classes, and characters by number (`\u00e9`).

    Raises:
        PatternError: it has a class that cannot be translated.
    """

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
