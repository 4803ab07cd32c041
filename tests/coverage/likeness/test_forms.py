from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.likeness.forms import MOST_TOKENS, Kind, aligned, filled_in
from reader.coverage.likeness.wording import wording_of


def filled(one: str, other: str, excerpt: str = "", other_excerpt: str = "") -> float:
    return filled_in(wording_of(one, excerpt).form, wording_of(other, other_excerpt).form)


def kinds(title: str) -> dict[str, Kind]:
    return dict(wording_of(title, "").form.tokens)


def test_words_are_of_kinds_by_their_letters_and_their_place() -> None:
    assert kinds("Ferry to Gozo is late on Monday after it hits the pier near iPort") == {
        "ferry": Kind.CAPITAL,
        "to": Kind.SMALL,
        "gozo": Kind.NAME,
        "is": Kind.SMALL,
        "late": Kind.PLAIN,
        "on": Kind.SMALL,
        "monday": Kind.NUMBER,
        "after": Kind.SMALL,
        "it": Kind.SMALL,
        "the": Kind.SMALL,
        "hit": Kind.ACT,
        "pier": Kind.PLAIN,
        "near": Kind.SMALL,
        "iport": Kind.NAME,
    }


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("Python 3.12 released", "3.12", Kind.NUMBER),
        ("iPhone 11 rumoured", "11", Kind.NUMBER),
        ("Profit of $24 million", "24", Kind.NUMBER),
        ("Prices up 12% in May", "12", Kind.NUMBER),
        ("Quiz of 24 January", "24", Kind.NUMBER),
        ("Storm kills 120 in the hills", "120", Kind.COUNT),
        ("At least 3 dead in fire", "3", Kind.COUNT),
        ("Council buys 12 trams", "12", Kind.COUNT),
    ],
)
def test_numbers_name_a_thing_or_count_things(title: str, number: str, kind: Kind) -> None:
    assert kinds(title)[number] is kind


def test_every_word_of_a_headline_with_capitals_has_one_for_nothing() -> None:
    found = kinds("Ferry Strikes Harbour Bridge")
    assert set(found.values()) <= {Kind.CAPITAL, Kind.ACT}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Hartwell wins the vote in Ohio", "Hartwell wins the vote in Iowa", id="a name for a name"),
        pytest.param("Lantern 1.2 is out now", "Lantern 1.3 is out now", id="a number for a number"),
        pytest.param("Your Monday briefing", "Your Tuesday briefing", id="a day for a day"),
        pytest.param(
            "Lakers hold off Celtics, 112-108", "Bulls hold off Knicks, 104-99", id="more is filled in than not"
        ),
        pytest.param("Kenya opens a new bridge", "Peru opens a new bridge", id="whom it is about"),
    ],
)
def test_one_form_is_filled_in_twice(one: str, other: str) -> None:
    assert filled(one, other) == filled(other, one) > 0.6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ferry strikes a bridge in fog", "Ferry hits a bridge in fog", id="another word for what is done"),
        pytest.param("Storm kills 3 in the hills", "Storm kills 5 in the hills", id="more are counted"),
        pytest.param("Ferry strikes a bridge in fog", "Ferry strikes a bridge in thick fog", id="a word more"),
        pytest.param("Amazon Web Services buys a boat", "AWS buys a boat", id="first letters"),
        pytest.param("A datacenter opens in Gozo today", "A data center opens in Gozo today", id="two words for one"),
        pytest.param("Ferry strikes a bridge in fog", "Fog: a ferry and the bridge it struck", id="another order"),
        pytest.param("", "", id="nothing"),
        pytest.param("微软宣布新的人工智能平台", "东京举行夏季音乐节", id="Chinese"),
    ],
)
def test_a_report_and_its_rewrite_are_no_form(one: str, other: str) -> None:
    assert filled(one, other) == filled(other, one) <= 0.1


def test_what_an_article_says_elsewhere_is_not_its_own() -> None:
    titles = ("Hartwell wins the vote in Ohio", "Hartwell wins the vote in Iowa")
    assert filled(*titles, "So she does in Iowa.", "So she does in Ohio.") == 0


def test_a_headline_that_tells_of_a_series_is_a_form_the_sooner() -> None:
    assert filled("Podcast: of a boat and a goat", "Podcast: of a bell and a book") > filled(
        "Lecture: of a boat and a goat", "Lecture: of a bell and a book"
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_headlines_can_be_compared(one: str, other: str) -> None:
    assert 0 <= filled(one, other) == filled(other, one) <= 1
    assert filled(one, one) == 0


_WORD = st.sampled_from(["ferry", "strikes", "bridge", "fog", "the", "Gozo", "12", "dead"])
_TITLE = (st.lists(_WORD, unique=True, min_size=3) | st.lists(_WORD)).map(" ".join)


@given(_TITLE, _TITLE)
def test_headlines_are_aligned_as_sequences_are(one: str, other: str) -> None:
    a, b = wording_of(one, "").form, wording_of(other, "").form
    changes = SequenceMatcher(None, a.spelled, b.spelled, autojunk=False).get_opcodes()
    same, replaced = aligned(a, b)
    assert same == sum(end - start for kind, start, end, _, _ in changes if kind == "equal")
    assert replaced == [tuple(places) for kind, *places in changes if kind == "replace"]


def test_of_a_long_headline_the_beginning_is_looked_at() -> None:
    assert len(wording_of("ferry " * 5_000, "").form.tokens) == MOST_TOKENS


@given(st.text() | st.lists(st.sampled_from([*"aZ1.,:%’'s \n\x1c\u00a0", "COVID", "½"])).map("".join))
def test_no_word_of_a_form_reaches_over_a_space(title: str) -> None:
    form = wording_of(title, "").form
    assert [*form.spelled] == [token.word for token in form.tokens]
    parts = [wording_of(part, "").form.spelled for part in title.split()]
    assert [word for part in parts for word in part][:MOST_TOKENS] == [*form.spelled]
