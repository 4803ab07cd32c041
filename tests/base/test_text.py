from __future__ import annotations

import codecs
import re
import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.base.combining import MARKS, RARE_MARKS
from reader.base.text import clean, clean_block, decode, for_yaml

pytestmark = pytest.mark.versions

BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]
HIDDEN = [
    0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x200B, *range(0x2060, 0x2070), 0x3164,
    *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0, *range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B), *range(0x13430, 0x13440), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE1000),
]  # fmt: skip
JOINERS = "\u200c\u200d"
NON_CHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (-2, -1))]
UNSEEN = {chr(code) for code in (*BIDI, *HIDDEN)}

hostile_text = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\x00\x07\x08\t\n\x0b\x0c\r\x1b\x7f\x85\x9b\u2028\u2029\ud83d\ude00\uffff\u0301\u0e49 "),
        st.sampled_from([*JOINERS, "\u0645", "\u0915", "\u094d", "\u202e", "\u2067", "\ufe0f", "\u200b", "\U000e0041"]),
    )
)


def is_safe(text: str, *, line_ends: str) -> bool:
    """Whether a terminal shows a text as it is: nothing it would obey, reorder or hide."""
    for place, sign in enumerate(text):
        if sign in UNSEEN or unicodedata.category(sign) in ("Cs", "Zl", "Zp"):
            return False
        if unicodedata.category(sign) == "Cc" and sign not in line_ends:
            return False
        if sign in JOINERS and not all(
            "\u0600" <= text[near : near + 1] <= "\u0dff" for near in (place - 1, place + 1)
        ):
            return False
    return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a␀b"),
        ("ring\x07", "ring␇"),
        ("a\x08\x08b", "a␈␈b"),
        ("a\x7fb", "a␡b"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;cGFzdGU=\x07", "␛]52;c;cGFzdGU=␇"),
        ("\x1b]8;;https://a.test\x1b\\here", "␛]8;;https://a.test␛\\here"),
        ("\x1bP1$r\x1b\\", "␛P1$r␛\\"),
        ("\x9b31mred", "\ufffd31mred"),
        ("\x9d0;name\x9c", "\ufffd0;name\ufffd"),
        ("exe.\u202etxt", "exe.txt"),
        ("a\u2066b\u2069c", "abc"),
        ("a\u061cb\u200ec", "abc"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("so\u00adft", "soft"),
        ("a\U000e0041\U000e007fb", "ab"),
        ("blank\u3164", "blank"),
        ("a\U0001d173b\U0001bca0c\ufff3d", "abcd"),
        ("lone \ud83d", "lone \ufffd"),
        ("a\ue000\uf8ff\U000f0000\U00100000b", "a" + "\ufffd" * 4 + "b"),
        ("\U0001f1ec\U0001f1e7", "GB"),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("က" + "\u102f" * 40, "က" + "\u102f" * 8),
        ("\U00011083" + "\U000110b3" * 40, "\U00011083" + "\U000110b3" * 8),
        ("a\ufdd0b\uffffc\U0010ffffd", "a\ufffdb\ufffdc\ufffdd"),
        ("e\u0301" * 2, "e\u0301" * 2),
        ("e" + "\u0301" * 60, "e" + "\u0301" * 4),
        ("e" + "\u0301\u034f" * 60, "e" + "\u0301" * 4),
        ("ก" + "\u0e49" * 60, "ก" + "\u0e49" * 4),
        ("ב" + "\u05b0" * 60, "ב" + "\u05b0" * 4),
        ("ع" + "\u064b" * 60, "ع" + "\u064b" * 4),
    ],
)
def test_what_a_terminal_would_obey_is_made_visible_and_what_hides_is_dropped(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert clean_block(text) == shown


@pytest.mark.parametrize("code", range(0x20))
def test_no_control_character_gets_through(code: int) -> None:
    cleaned = clean(f"a{chr(code)}b")
    assert cleaned == ("a b" if chr(code) in "\t\n\v\f\r" else f"a{chr(0x2400 + code)}b")


def test_every_bidirectional_and_hidden_character_is_dropped() -> None:
    kept = [hex(code) for code in (*BIDI, *HIDDEN) if clean(f"a{chr(code)}b") != "ab"]
    assert kept == []


def test_every_c1_control_surrogate_and_non_character_is_replaced() -> None:
    codes = [code for code in range(0x80, 0xA0) if code != 0x85] + list(range(0xD800, 0xE000)) + NON_CHARACTERS[:-1]
    kept = [hex(code) for code in codes if code > 0 and clean(f"a{chr(code)}b") != "a\ufffdb"]
    assert kept == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f"])
def test_line_ends_are_spaces_in_a_line_and_line_ends_in_a_block(end: str) -> None:
    assert clean(f"one{end}two") == "one two"
    assert clean_block(f"one{end}two") == "one\ntwo"


def test_white_space_is_one_space_in_a_line_and_stays_in_a_block() -> None:
    assert clean("  a \u00a0\t b  ") == "a b"
    assert clean("a  b ") == "a b"
    assert clean_block("a\tb  c ") == "a    b  c "


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("می\u200c", "می"),
        ("\u200dक", "क"),
        ("می\u200c\u200cخواهم", "میخواهم"),
        ("Vaf\u200clage", "Vaflage"),
        ("👩\u200d💻", "👩💻"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_joiners_stay_where_they_are_spelling(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", ["Plain text", "“Ärger” – 5 €", "日本語の記事", "עברית", "العربية", "🚀 up", "x²", ""])
def test_usual_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert clean_block(text) == text


@given(hostile_text)
def test_a_clean_line_is_safe_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert is_safe(cleaned, line_ends="")
    assert clean(cleaned) == cleaned
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned


@given(hostile_text)
def test_a_clean_block_is_safe_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_block(text)
    assert is_safe(cleaned, line_ends="\n")
    assert clean_block(cleaned) == cleaned
    assert cleaned.count("\n") >= text.count("\n")


@given(hostile_text)
def test_text_for_yaml_keeps_its_length_and_its_lines(text: str) -> None:
    made = for_yaml(text)
    assert len(made) == len(text)
    assert made.count("\n") == text.count("\n")
    assert for_yaml(made) == made


def test_text_for_yaml_keeps_what_yaml_allows() -> None:
    assert for_yaml("a\tb\r\nc\x85d\u2028é😀") == "a\tb\r\nc\x85d\u2028é😀"
    assert for_yaml("a\x1b\x00\x9b\ud800\uffffb") == "a␛␀\ufffd\ufffd\ufffdb"


HEADED = "---\ntitle: Ærø – 100 €\n---\n"


@pytest.mark.parametrize(
    ("data", "text", "name"),
    [
        (HEADED.encode(), HEADED, "UTF-8"),
        (b"", "", "UTF-8"),
        (codecs.BOM_UTF8 + HEADED.encode(), HEADED, "UTF-8"),
        (codecs.BOM_UTF16_LE + HEADED.encode("utf-16-le"), HEADED, "UTF-16"),
        (codecs.BOM_UTF16_BE + HEADED.encode("utf-16-be"), HEADED, "UTF-16"),
        (HEADED.encode("utf-16-le"), HEADED, "UTF-16"),
        (HEADED.encode("utf-16-be"), HEADED, "UTF-16"),
        (codecs.BOM_UTF32_LE + HEADED.encode("utf-32-le"), HEADED, "UTF-32"),
        (codecs.BOM_UTF32_BE + HEADED.encode("utf-32-be"), HEADED, "UTF-32"),
        (HEADED.encode("cp1252"), HEADED, "Windows-1252"),
        ("Café à Málaga".encode("latin-1"), "Café à Málaga", "Windows-1252"),
        (b"\x93quoted\x94 \x96 \x80", "“quoted” – €", "Windows-1252"),
        (b"caf\xe9 \x81", "café \ufffd", "Windows-1252"),
        (codecs.BOM_UTF8 + b"a\xffb", "a\ufffdb", "UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "a\ufffd", "UTF-16"),
    ],
)
def test_bytes_are_decoded(data: bytes, text: str, name: str) -> None:
    assert decode(data) == (text, name)


def test_utf16_without_a_mark_and_in_ascii_is_found() -> None:
    # Every byte of it is valid UTF-8 too, so the NUL bytes tell.
    assert decode("---\ntitle: plain\n---\n".encode("utf-16-le")) == ("---\ntitle: plain\n---\n", "UTF-16")
    assert decode("---\ntitle: plain\n---\n".encode("utf-16-be")) == ("---\ntitle: plain\n---\n", "UTF-16")


@given(st.binary(max_size=200))
def test_no_bytes_are_refused(data: bytes) -> None:
    text, name = decode(data)
    assert isinstance(text, str)
    assert name in ("UTF-8", "UTF-16", "UTF-32", "Windows-1252")


@pytest.mark.long
def test_marks_are_those_that_take_no_room() -> None:
    is_mark = re.compile(f"[{MARKS}{RARE_MARKS}]").match
    for code in range(0x300, 0x110000):
        sign = chr(code)
        takes_none = unicodedata.category(sign) in ("Mn", "Me") or wcwidth.wcwidth(sign) == 0  # Unicode of two years
        if takes_none and clean(f"a{sign}b") == f"a{sign}b":
            assert is_mark(sign), hex(code)
        elif unicodedata.category(sign) not in ("Mn", "Me", "Mc", "Cn", "Lo", "Cf"):
            assert not is_mark(sign), hex(code)


def test_what_is_left_is_as_wide_as_terminals_have_it() -> None:
    for code in (*range(0x20, 0x3400), *range(0xA000, 0x11000), *range(0x1F000, 0x1FB00)):
        sign = chr(code)
        if unicodedata.category(sign) not in ("Cn", "Co", "Cs", "Cc") and clean(sign) == sign:
            assert cell_len(sign) == wcwidth.wcwidth(sign), hex(code)
