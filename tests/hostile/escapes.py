"""The bytes a terminal is sent, taken apart; and which of them the screen may send.

A terminal of the VT family reads ESC, CSI, OSC, DCS, SOS, PM and APC sequences, in 7 bits and in 8 bits (as C1
controls, which come as two bytes in UTF-8). Whatever is no text, and no sequence of the list below, is outside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hostile.safety import all_unsafe

_TOKEN = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI
    "|\x1b[\\]P_^X][^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, APC, PM, SOS
    "|\x1b[ -/]*[0-~]"  # ESC
    "|[\x00-\x1f\x7f-\x9f]"
    "|[^\x00-\x1f\x7f-\x9f]+"
)

ALLOWED = re.compile(
    "\x1b\\[(?:"
    "[0-9;:]*m"  # colours and looks
    "|[0-9]*;?[0-9]*H"  # to a place
    "|[0-9]*[ABCDJK]"  # by lines and columns; clear
    "|\\?(?:25|7|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # the modes that Textual sets
    "|\\?(?:2026|2048)\\$p|[>=<][0-9;]*u|c|6n"  # what it asks of the terminal
    ")"
    "|\x1b\\]22;[a-z-]*\x07"  # the pointer's shape
    "|\x1b\\]52;c;[A-Za-z0-9+/=]*\x07"  # the clipboard, in Base64
    "|\x1bP\\+q[0-9a-f;]*\x1b\\\\"  # a terminal's features
    "|[\r\n]"
)
"""What the screen sends, of its own accord, whatever the stories say."""


def tokens(sent: bytes) -> Iterator[str]:
    """Take apart what was sent: sequences, single controls, and stretches of text."""
    text = sent.decode("utf-8", "surrogateescape")
    place = 0
    for match in _TOKEN.finditer(text):
        if match.start() > place:
            yield text[place : match.start()]  # an ESC that begins nothing
        yield match[0]
        place = match.end()
    if place < len(text):
        yield text[place:]


def outside(sent: bytes) -> list[str]:
    """What is neither a sequence that the screen may send nor text that is safe, each once."""
    found: dict[str, None] = {}
    for token in tokens(sent):
        if _is_sequence(token):
            if not ALLOWED.fullmatch(token):
                found[token] = None
        else:
            found |= dict.fromkeys(all_unsafe(token))
    return list(found)


def _is_sequence(token: str) -> bool:
    return unicodedata.category(token[0]) == "Cc"
