"""The gate for text: whatever comes from a file passes here before it is stored, drawn, printed or copied.

A terminal obeys what it is sent, so control characters are made visible; characters that reorder or hide text
(bidirectional controls, zero-width characters, tags) are dropped, because they can make a headline or an address
read as another. What is left has a width that every terminal agrees on: joiners, variation selectors and
skin tones of emoji go, flags become their letters, and what has no meaning that all share (private use) becomes
U+FFFD, since terminals differ on them by several cells; joiners inside Arabic and Indic words stay, since they are
spelling.
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
"""Marks above or below a letter of which no language needs more than four. Some scripts need more of others."""
_MAYBE_STACK = LatePattern(f"[{MARKS}\U00010000-\U0001efff]{{5}}")
"""A few ranges: a look at them is twenty times as fast as one at those of `_STACK`."""
_STACK = LatePattern(f"([{MARKS}{RARE_MARKS}]{{8}})[{MARKS}{RARE_MARKS}]+")
_TALL_STACK = LatePattern(f"([{_TALL}]{{4}})[{_TALL}]+")

# What libyaml refuses in its input, apart from line ends and tabs. Such a byte is a fault of the file's maker, not a
# reason to lose the story: it is made visible before the YAML is read.
_UNREADABLE_IN_YAML = LatePattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _picture(code: int) -> str:
    """A visible stand-in for one control character: the control picture for C0 and DEL, else U+FFFD."""
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _REPLACEMENT


class _Shown(dict[int, str | int | None]):
    """What each character becomes, found when it is first met: a call for each would take seconds in a large file."""

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
    """As `_Shown`, for what YAML forbids."""

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
    """A text with the characters that it names as pages do, as `&#8217;` and `&nbsp;`: once, and before the gates."""
    if "&" not in text or ";" not in text:
        return text
    return _REFERENCE.sub(_character, text)


def with_references(text: str) -> str:
    """A text as a file spells it of which `without_references` is to give just this: `&lt;` is written `&amp;lt;`."""
    return _REFERENCE.sub(lambda match: f"&amp;{match[0][1:]}", text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    from html import unescape
    from html.entities import html5

    written = reference[0]
    told = unescape(written) if written[1] == "#" else html5.get(written[1:], written)
    return told.replace("\xa0", " ")  # in a file it only keeps words apart


def escaped(json: str) -> str:
    """JSON text with an escape for each character that `clean_block` would change by itself."""
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
    """Whether UTF-8 may hold a character that YAML forbids: a quick look at its bytes, before the characters are."""
    return bool(data.translate(None, _READABLE_BYTES))


_SURROGATES = LatePattern(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_LONE_SURROGATE = LatePattern(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def join_surrogates(text: str) -> str:
    r"""Write escaped surrogate pairs, as JSON does (`\ud83d\ude00`), the way YAML does; single ones become U+FFFD."""

    def joined(match: re.Match[str]) -> str:
        high, low = int(match[1], 16), int(match[2], 16)
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"

    return _LONE_SURROGATE.sub(r"\\uFFFD", _SURROGATES.sub(joined, text))


def for_yaml(text: str) -> str:
    """Replace the characters that YAML forbids in a file by visible stand-ins, one for one."""
    return text.translate(_FOR_YAML) if _UNREADABLE_IN_YAML.search(text) else text


_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_UNMARKED = [("---".encode(codec), b"", codec, "UTF-16") for codec in ("utf-16-le", "utf-16-be")]
"""There `---` alternates with NUL bytes, which are UTF-8 too."""

_STARTS = [*((mark, mark, codec, name) for mark, codec, name in _MARKS), *_UNMARKED]
"""How a file begins that is not plain UTF-8, the mark that is left away, the codec, and its name for a person."""

_FIRST_BYTES = frozenset(start[:2] for start, *_ in _STARTS)


def decode(data: bytes) -> tuple[str, str]:
    """Decode a file's bytes; nothing is refused.

    UTF-8 is the rule; a byte order mark tells UTF-8, UTF-16 and UTF-32 apart; what is mostly UTF-8 keeps that, with a
    sign for each fault; what is none of these is read as Windows-1252, the superset of Latin-1 that such files are in
    practice.

    Returns:
        The text without its byte order mark, and the name of the encoding for a person: `UTF-8` where all is usual.
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
