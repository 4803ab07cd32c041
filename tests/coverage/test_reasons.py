from __future__ import annotations

from datetime import timedelta

import pytest

from reader.coverage.likeness.evidence import Evidence
from reader.coverage.reasons import (
    AGREED,
    COPIED,
    Basis,
    Reason,
    basis_of,
    names_in_common,
    words_in_common,
)

NAMES, WORDS = ("Oxford Circus", "Met Police"), ("quillwort", "ferry")


def reason(hours: float, names: tuple[str, ...] = (), words: tuple[str, ...] = (), linked_by: int = 0) -> Reason:
    return Reason(Basis.WORDS, "Forbes", timedelta(hours=hours), names, words, linked_by)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            reason(3, NAMES, WORDS, 4),
            "3 hours from Forbes, both name Oxford Circus and Met Police · linked by 4 of the event",
        ),
        (reason(1, NAMES[:1]), "1 hour from Forbes, both name Oxford Circus"),
        (reason(3, (), WORDS), "3 hours from Forbes, both say quillwort and ferry"),
        (reason(0.4, (), WORDS[:1]), "within the hour of Forbes, both say quillwort"),
        (reason(47), "47 hours from Forbes"),
        (reason(48), "2 days from Forbes"),
        (reason(95), "4 days from Forbes"),
        (Reason(Basis.SAME_HEADLINE, "Reuters", timedelta(hours=3), NAMES), "same headline as Reuters"),
        (Reason(Basis.SAME_TEXT, "Wire", timedelta(0), (), (), 1), "same text as Wire · linked"),
    ],
)
def test_a_reason_is_told_in_words_that_a_person_reads(known: Reason, expected: str) -> None:
    assert str(known) == expected


def test_names_in_common_are_told_as_they_are_written_the_rarest_first_and_two_at_most() -> None:
    one = (
        "Cameras come to the crossing at Oxford Circus next week",
        "There the Bank of England and Quillwort Ltd watch.",
    )
    other = ("Oxford Circus gets cameras", "Near the Bank of England the firm Quillwort Ltd sets them up.")
    assert names_in_common(one, other) == ("Quillwort Ltd", "Oxford Circus")
    assert names_in_common(one, ("Oxford circus gets cameras", "")) == ()
    assert names_in_common(("", ""), other) == names_in_common(one, ("", "")) == ()


def test_a_word_that_begins_a_sentence_and_is_written_small_elsewhere_is_no_name() -> None:
    one = ("Ferry tickets of Quillwort to cost more", "The fares rise in May.")
    other = ("Harbour of Quillwort raises its fares", "Ferry lines follow; no ferry sails for less.")
    assert names_in_common(one, other) == ("Quillwort",)


def test_a_part_of_a_name_is_not_told_beside_it() -> None:
    text = ("", "so it is near Oxford Circus and in Oxford as well")
    assert names_in_common(text, text) == ("Oxford Circus",)


def test_a_name_is_told_without_what_makes_it_a_possessive() -> None:
    one, other = ("", "it is Oxford's bridge and the Dutch players’ boat"), ("", "it is Oxford's now, and Dutch")
    assert set(names_in_common(one, other)) == {"Oxford", "Dutch"}


def test_where_one_name_is_in_common_a_word_beside_it_is_told() -> None:
    words = ("quillwort", "ferry", "bridge")
    assert str(reason(3, ("Saint Quillwort",), words)).endswith("both name Saint Quillwort and say ferry")
    assert str(reason(3, ("Saint Quillwort", "Oxford"), words)).endswith("both name Saint Quillwort and Oxford")
    assert str(reason(3, (), words)).endswith("both say quillwort and ferry")


def test_a_word_is_no_name_for_being_in_another() -> None:
    assert names_in_common(("", "the town of Ann"), ("", "the town of Annaberg")) == ()


def test_words_in_common_are_the_rarest_of_both_headlines() -> None:
    one, other = "Ferry Quillwort strikes harbour bridge", "Bridge in harbour hit by the ferry Quillwort"
    assert words_in_common(one, other) == ("quillwort", "ferry", "harbour", "bridge")
    assert words_in_common("The man and the new year", "The man and the new year") == ()
    assert words_in_common("", one) == ()


ALIKE = Evidence(*(0.0,) * len(Evidence._fields))._replace(headline=AGREED, excerpt=COPIED)


@pytest.mark.parametrize(
    ("evidence", "is_one_headline", "expected"),
    [
        (ALIKE, False, Basis.SAME_TEXT),
        (ALIKE, True, Basis.SAME_HEADLINE),
        (ALIKE._replace(outlet=1.0), True, Basis.WORDS),
        (ALIKE._replace(bare=1.0), False, Basis.WORDS),
        (ALIKE._replace(headline=AGREED - 0.01), False, Basis.WORDS),
        (ALIKE._replace(excerpt=COPIED - 0.01), False, Basis.WORDS),
    ],
)
def test_what_nearness_rests_on(evidence: Evidence, *, is_one_headline: bool, expected: Basis) -> None:
    assert basis_of(evidence, is_one_headline=is_one_headline) is expected
