from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.likeness.pairs import Pair, basis, evidence, in_large, in_small, is_one_event, odds, pair
from coverage.likeness.rewrites import REWRITES
from reader.coverage.likeness.evidence import Evidence
from reader.coverage.likeness.odds import likeness, log_odds
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.weights import BEFORE_ANY, WEIGHTS
from reader.coverage.reasons import Basis

LIBRARIES = pytest.mark.parametrize("rarity_in", [in_large, in_small])
RarityIn = Callable[[Pair], Rarity]

NOTHING = Evidence(*(0.0,) * len(Evidence._fields))
FOR = ("headline", "rarest", "excerpt", "numbers", "details")


@LIBRARIES
@pytest.mark.parametrize("known", REWRITES.values(), ids=REWRITES)
def test_a_report_and_its_rewrite_are_on_one_event(known: Pair, rarity_in: RarityIn) -> None:
    assert is_one_event(known, rarity_in), (odds(known, rarity_in), evidence(known, rarity_in))


def test_a_pair_starts_with_what_is_held_against_any() -> None:
    assert log_odds(NOTHING) == BEFORE_ANY < 0


@pytest.mark.parametrize("name", Evidence._fields)
def test_evidence_speaks_for_an_event_or_against_it(name: str) -> None:
    assert (log_odds(NOTHING._replace(**{name: 1.0})) > BEFORE_ANY) == (name in FOR)
    assert getattr(WEIGHTS, name) != 0 or name == "bare"


def test_log_odds_are_rounded() -> None:
    assert log_odds(NOTHING._replace(headline=1 / 3)) == round(BEFORE_ANY + WEIGHTS.headline / 3, 4)


@given(st.floats(-40, 40), st.floats(-40, 40))
def test_likeness_is_from_0_to_1_and_grows_with_the_odds(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert 0 <= likeness(less) <= likeness(more) <= 1
    assert likeness(0.0) == 0.5


TEXT = "The ferry Saint Olave hit a pillar of the harbour bridge in fog; all on board are safe."


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(
            pair(("Ferry strikes bridge in fog", TEXT), ("Ferry strikes bridge in fog", "Other words.")),
            Basis.SAME_HEADLINE,
            id="one headline",
        ),
        pytest.param(
            pair(("Ferry strikes bridge in fog", ""), ("FERRY strikes bridge, in fog | Daily Gull", "")),
            Basis.SAME_HEADLINE,
            id="signs, case and the site",
        ),
        pytest.param(
            pair(("Ferry strikes bridge in fog", TEXT), ("Ferry strikes bridge in thick fog", TEXT)),
            Basis.SAME_TEXT,
            id="wire copy",
        ),
        pytest.param(
            pair(("Ferry strikes bridge in fog", TEXT), ("Saint Olave afloat again", "A tug came.")),
            Basis.WORDS,
            id="other words",
        ),
        pytest.param(
            pair(("Ferry strikes bridge in fog", TEXT), ("Ferry strikes bridge in fog", TEXT), outlet="one.example"),
            Basis.WORDS,
            id="of one outlet",
        ),
        pytest.param(pair(("Morning briefing", ""), ("Morning briefing", "")), Basis.WORDS, id="too short a headline"),
        pytest.param(pair(("", ""), ("", "")), Basis.WORDS, id="nothing"),
        pytest.param(
            pair(("微软宣布新的人工智能平台", ""), ("微软宣布新的人工智能平台", "")), Basis.SAME_HEADLINE, id="Chinese"
        ),
    ],
)
def test_what_the_nearness_of_two_articles_rests_on(known: Pair, expected: Basis) -> None:
    assert basis(known) is expected
    assert is_one_event(known) or expected is Basis.WORDS


@LIBRARIES
@pytest.mark.parametrize(
    "known",
    [
        pytest.param(pair(("", ""), ("", "")), id="nothing"),
        pytest.param(pair(("", TEXT), ("", "Another text.")), id="no headlines"),
        pytest.param(pair(("…", ""), ("…", "")), id="signs"),
        pytest.param(pair(("微软宣布新的人工智能平台", ""), ("东京举行夏季音乐节", "")), id="Chinese"),
        pytest.param(pair(("Паром врезался в мост", ""), ("Опера продала занавес", "")), id="Russian"),
        pytest.param(pair(("Ferry strikes bridge", TEXT), ("Opera sells curtain", "It was red.")), id="English"),
    ],
)
def test_what_has_nothing_in_common_is_on_no_event(known: Pair, rarity_in: RarityIn) -> None:
    assert not is_one_event(known, rarity_in)


@LIBRARIES
def test_very_long_texts_are_compared_by_their_beginnings(rarity_in: RarityIn) -> None:
    long = " ".join(f"quillwort{number}" for number in range(20_000))
    known = pair(("Ferry strikes harbour bridge", f"{TEXT} {long}"), ("Harbour bridge hit by ferry", f"{TEXT} {long}"))
    assert is_one_event(known, rarity_in)
