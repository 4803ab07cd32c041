"""The gate for text: all text from outside is made safe here, before it is stored, drawn, printed or copied.

A terminal obeys what it is sent, so control characters are made visible. Characters that reorder or hide text
(bidirectional controls, zero-width characters, tags) are dropped, as they can make a headline or an address read as
another. What is left has the same width on every terminal: joiners, variation selectors and skin tones of emoji are
dropped, flags become their letters, and characters for private use become U+FFFD, since terminals differ on these by
several cells. Joiners within Arabic and Indic words stay, as they are spelling.
"""

from __future__ import annotations

import codecs
import re

from reader.base.combining import MARKS, RARE_MARKS
from reader.base.late_pattern import LatePattern

_REPLACEMENT = "\ufffd"

_DROPPED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)
_REPLACED = "\u0080-\u0084\u0086-\u009f\ud800-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
_HOSTILE = LatePattern(f"[\x00-\x1f\x7f\u0085\u2028\u2029\u200c\u200d{_DROPPED}{_REPLACED}{_FLAG_LETTERS}]")

_HOSTILE_IN_JSON = LatePattern(f"[\x7f\u0085\u2028\u2029{_DROPPED}{_REPLACED}]")

_LINE_ENDS = frozenset("\n\r\v\f\u0085\u2028\u2029")
_DROP = LatePattern(f"[{_DROPPED}]")
_REPLACE = LatePattern(f"[{_REPLACED}]")
_WHITE = LatePattern(r"\s+")
_LOOSE_JOINER = LatePattern(r"(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])")
_TALL = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Marks above or below a letter, of which no language needs more than four. Of other marks, some scripts need more."""
_MAYBE_STACK = LatePattern(f"[{MARKS}\U00010000-\U0001efff]{{5}}")
"""It has few ranges: to search for it is twenty times as fast as for `_STACK`."""
_STACK = LatePattern(f"([{MARKS}{RARE_MARKS}]{{8}})[{MARKS}{RARE_MARKS}]+")
_TALL_STACK = LatePattern(f"([{_TALL}]{{4}})[{_TALL}]+")

# The characters that libyaml refuses. One of them is a fault of the file, but no reason to lose the story: it is made
# visible before the YAML is parsed.
_UNREADABLE_IN_YAML = LatePattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _picture(code: int) -> str:
    """A visible replacement for a control character: the control picture for C0 and DEL, else U+FFFD."""
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _REPLACEMENT


class _Shown(dict[int, str | int | None]):
    """What each character becomes, worked out when it is first met: a call for each would take seconds a file."""

    def __missing__(self, code: int) -> str | int | None:
        self[code] = shown = self._look_up(chr(code), code)
        return shown

    def _look_up(self, sign: str, code: int) -> str | int | None:
        if sign in _LINE_ENDS:
            return "\n"
        if sign == "\t":
            return "    "
        if code < 0x20 or code == 0x7F:
            return _picture(code)
        if 0x1F1E6 <= code <= 0x1F1FF:  # half of a flag: terminals differ on its width, and it stands for a letter
            return chr(code - 0x1F1E6 + ord("A"))
        if _DROP.search(sign):
            return None
        return _REPLACEMENT if _REPLACE.search(sign) else code


class _ForYaml(dict[int, str | int]):
    """As `_Shown`, for the characters that YAML forbids."""

    def __missing__(self, code: int) -> str | int:
        self[code] = shown = _picture(code) if _UNREADABLE_IN_YAML.search(chr(code)) else code
        return shown


_SHOWN, _FOR_YAML = _Shown(), _ForYaml()


_REFERENCE = LatePattern(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});")


def clean_block(text: str) -> str:
    r"""Make text of several lines safe to show; line ends become `\\n`, tabs four spaces."""
    if (text.isascii() and text.isprintable()) or not (_HOSTILE.search(text) or _MAYBE_STACK.search(text)):
        return text
    text = text.replace("\r\n", "\n").translate(_SHOWN)
    if "\u200c" in text or "\u200d" in text:
        text = _LOOSE_JOINER.sub("", text)
    if _MAYBE_STACK.search(text):
        text = _TALL_STACK.sub(r"\1", _STACK.sub(r"\1", text))
    return text


def clean(text: str) -> str:
    """Make text safe to show on one line: as `clean_block`, with every run of white space one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _WHITE.sub(" ", clean_block(text)).strip()


def without_references(text: str) -> str:
    """A text with the character references of HTML, such as `&#8217;` and `&nbsp;`, replaced. Do it before the gate."""
    if "&" not in text or ";" not in text:
        return text
    return _REFERENCE.sub(_character, text)


def with_references(text: str) -> str:
    """A text spelled so that `without_references` gives the text itself: `&lt;` becomes `&amp;lt;`."""
    return _REFERENCE.sub(lambda match: f"&amp;{match[0][1:]}", text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    from html import unescape
    from html.entities import html5

    written = reference[0]
    meant = unescape(written) if written[1] == "#" else html5.get(written[1:], written)
    return meant.replace("\xa0", " ")  # in a file it only keeps words apart


def escaped(json: str) -> str:
    """JSON text with an escape for each character that `clean_block` would change on its own."""
    if json.isascii() and "\x7f" not in json:
        return json
    return _HOSTILE_IN_JSON.sub(_escape, json)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def clean_typed(text: str) -> str:
    """Make a line that a person types safe to show; its spaces stay where they are."""
    return clean_block(text).replace("\n", " ")


_READABLE_BYTES = bytes(set(range(0x20, 0x100)) - {0x7F, 0xC2, 0xED, 0xEF}) + b"\t\n\r"


def may_be_unreadable(data: bytes) -> bool:
    """Whether UTF-8 may have a character that YAML forbids: a quick look at the bytes, which may err on this side."""
    return bool(data.translate(None, _READABLE_BYTES))


_SURROGATES = LatePattern(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_LONE_SURROGATE = LatePattern(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def join_surrogates(text: str) -> str:
    r"""Turn escaped surrogate pairs of JSON (`\ud83d\ude00`) into the escapes of YAML; lone ones become U+FFFD."""

    def joined(match: re.Match[str]) -> str:
        high, low = int(match[1], 16), int(match[2], 16)
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"

    return _LONE_SURROGATE.sub(r"\\uFFFD", _SURROGATES.sub(joined, text))


def for_yaml(text: str) -> str:
    """Replace the characters that YAML forbids by visible ones, one for one."""
    return text.translate(_FOR_YAML) if _UNREADABLE_IN_YAML.search(text) else text


_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_UNMARKED = ((b"-\0-\0-\0", b"", "utf-16-le", "UTF-16"), (b"\0-\0-\0-", b"", "utf-16-be", "UTF-16"))
"""UTF-16 without a mark: its `---` alternates with NUL bytes, which would be valid UTF-8."""

_STARTS = [*((mark, mark, codec, name) for mark, codec, name in _MARKS), *_UNMARKED]
"""The beginnings of files that are not plain UTF-8: each with the mark to leave out, the codec, and its name."""

_FIRST_BYTES = frozenset(start[:2] for start, *_ in _STARTS)


def decode(data: bytes) -> tuple[str, str]:
    """Decode a file's bytes; none are refused.

    UTF-8 is the rule; a byte order mark tells UTF-8, UTF-16 and UTF-32 apart. Bytes that are mostly UTF-8 are read as
    that, with a sign for each fault. All others are read as Windows-1252, the superset of Latin-1 that such files use
    in practice.

    Returns:
        The text without its byte order mark, and the name of the encoding for a person, usually `UTF-8`.
    """
    for start, mark, codec, name in _STARTS if data[:2] in _FIRST_BYTES else ():
        if data.startswith(start):
            return data[len(mark) :].decode(codec, "replace"), name
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        faults = text.count(_REPLACEMENT)
        if 4 * faults <= sum(character > "\x7f" for character in text) - faults:
            return text, "damaged UTF-8"
        return data.decode("cp1252", "replace"), "Windows-1252"
