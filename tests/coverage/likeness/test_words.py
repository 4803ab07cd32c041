from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.likeness.words import STOP_WORDS, headline_key, words_in, words_of

FERRY = "Ferry strikes harbour bridge"
TEXTS = st.text() | st.lists(st.sampled_from([*"aé’'s-–|· ß", "Ferry", "ＡＢ", "İ", "橋", "ส", "की"])).map("".join)


@pytest.mark.parametrize(
    "title",
    [
        "Ferry strikes harbour bridge!",
        "FERRY STRIKES HARBOUR BRIDGE",
        "“Ferry” strikes: ‘harbour’ bridge…",
        "Férry strikes hàrbour brïdge",
        "  Ferry\u00a0strikes\tharbour   bridge ",
        "Ferry strikes harbour-bridge",
        "🚢 Ferry strikes harbour bridge 🌉",
        "Ferry strikes harbour bridge | The Daily News",
        "Ferry strikes harbour bridge - BBC News",
        "Ferry strikes harbour bridge – Le Monde",
        "Ferry strikes harbour bridge — Straits Times",
        "𝐅𝐞𝐫𝐫𝐲 𝐬𝐭𝐫𝐢𝐤𝐞𝐬 harbour bridge",
        "Ｆｅｒｒｙ strikes harbour bridge",
    ],
)
def test_signs_case_accents_and_the_site_make_no_other_headline(title: str) -> None:
    assert headline_key(title) == headline_key(FERRY) == "ferry strikes harbour bridge"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The council's plan for the harbour", "The council’s plan for the harbour"),
        ("Straße nach Süden gesperrt", "STRASSE NACH SÜDEN GESPERRT"),
        ("İstanbul'da deprem oldu mu", "istanbul'da deprem oldu mu"),
        ("Паром врезался в мост", "ПАРОМ ВРЕЗАЛСЯ В МОСТ — Новости"),
        ("Το πλοίο έπεσε στη γέφυρα", "ΤΟ ΠΛΟΙΟ ΕΠΕΣΕ ΣΤΗ ΓΕΦΥΡΑ"),
        ("اصطدمت العبّارة بالجسر", "اصطدمت العبارة بالجسر"),
        ("दिल्ली में नया पुल खुला", "दिल्ली में नया पुल खुला।"),
        ("渡轮在雾中撞上港口大桥", "渡轮在雾中撞上港口大桥！"),
        ("フェリーが橋に衝突した", "「フェリーが橋に衝突した」"),
        ("เรือชนสะพานท่าเรือ", "เรือชนสะพานท่าเรือ!"),
    ],
)
def test_headlines_of_any_script_are_known_again(one: str, other: str) -> None:
    assert headline_key(one) == headline_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry strikes harbour bridge", "Bridge strikes harbour ferry"),
        ("Ferry strikes harbour bridge", "Ferry strikes harbour bridges"),
        ("Ferry strikes 2 bridges", "Ferry strikes 3 bridges"),
        ("渡轮在雾中撞上港口大桥", "渡轮在雾中撞上港口小桥"),
        ("दिल्ली में नया पुल खुला", "दिल्ली में नया पल खुला"),
    ],
)
def test_other_headlines_are_others(one: str, other: str) -> None:
    assert headline_key(one) != headline_key(other)


@pytest.mark.parametrize(
    "title",
    [None, "", "   ", "?!", "🚢🌉🚢🌉", "Briefing", "Morning briefing", "Morning briefing!", "早报", "___ ___ ___"],
)
def test_what_is_too_short_tells_nothing(title: str | None) -> None:
    assert headline_key(title) == ""


def test_a_site_stays_where_the_headline_is_too_short_without_it() -> None:
    assert headline_key("Morning briefing - Friday") == "morning briefing friday"
    assert headline_key("Ferry - harbour - bridge - fog") == "ferry harbour bridge fog"


@pytest.mark.parametrize(
    "title",
    ["a " * 50_000, " " * 100_000 + "x", " - " * 33_000, "x" * 100_000, "é" * 50_000, "橋" * 33_000, "| – — -" * 9_000],
)
def test_a_headline_of_100_kb_takes_no_time(title: str) -> None:
    start = time.perf_counter()
    headline_key(title)
    words_of(title)
    assert time.perf_counter() - start < 2  # some 50 ms; what grows with the square would take minutes


@given(TEXTS)
def test_a_key_is_its_own_key(title: str) -> None:
    key = headline_key(title)
    assert headline_key(key) == key
    assert key == " ".join(key.split()) == key.casefold()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry and the bridge", ["ferry", "bridge"]),
        ("Ferries, ferry; FERRY’S ferry's", ["ferry", "ferry", "ferry", "ferry"]),
        ("movie movies companies company", ["movy", "movy", "company", "company"]),
        ("glass gas bus class classes", ["glass", "gas", "bus", "class", "classe"]),
        ("a I x 7 42", ["42"]),
        ("Übergröße für Jürgen", ["ubergrosse", "jurgen"]),
        ("Uber cuts fares", ["uber", "cut", "fare"]),
        ("snake_case", ["snake", "case"]),
        ("渡轮撞桥 in fog", ["渡轮", "轮撞", "撞桥", "fog"]),
        ("नया पुल", ["नया", "पुल"]),
        ("℡ 𝐀𝐌𝐃", ["tel", "amd"]),
        ("", []),
    ],
)
def test_the_telling_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.lists(TEXTS).map(" ".join))
def test_a_text_has_the_words_of_what_stands_between_its_spaces(text: str) -> None:
    assert words_of(text) == list(words_in(text))


@given(TEXTS)
def test_words_are_folded_whole_and_telling(text: str) -> None:
    for word in words_of(text):
        assert word == word.casefold()
        assert len(word) > 1
        assert len(word.split()) == 1
        assert not any(unicodedata.combining(character) for character in word) or not word.isascii()
        assert len(word) <= 60


def test_stop_words_are_as_words_come() -> None:
    assert {word for word in STOP_WORDS if not word.isascii() or word != word.lower()} == set()
