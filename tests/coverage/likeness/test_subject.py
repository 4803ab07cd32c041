"""What a library is about is in nearly all of its headlines: two of them that have no more in common are no event."""

from __future__ import annotations

from collections import Counter

import pytest

from coverage.likeness.pairs import Pair, evidence, is_one_event, odds, pair
from reader.coverage.likeness.rarity import Rarity

HEADLINES = 1_000
COUNTS = Counter(
    {"microsoft": 700, "azure": 450, "power": 500, "app": 520, "cloud": 130, "covid": 40, "365": 20, "tool": 20}
)


def about_cloud(_: Pair) -> Rarity:
    """How rare words are in a library of stories about cloud computing."""
    return Rarity(COUNTS.__getitem__, HEADLINES)


SUBJECTS = [
    pair(
        ("Microsoft Azure: a tool for those who run virtual machines", "It patches machines by itself at night."),
        ("Why Microsoft Azure bets on the hybrid cloud", "A platform that is open and secure suits most firms."),
    ),
    pair(
        ("Power Apps: links for developers", "Where to find the service endpoints and other developer tools."),
        ("What we think of the Power Apps leak", "Since last week many have asked how safe low-code platforms are."),
    ),
    pair(
        (
            "New Power Apps feature makes apps of sketches",
            "Microsoft showed the design feature, which reads a drawing.",
        ),
        (
            "Power Apps come to Teams with previews",
            "Those who develop with little code get controls for Microsoft 365.",
        ),
    ),
    pair(
        ("Microsoft 365 opens to everybody", "The free web version works on a desktop."),
        ("Microsoft 365: how to begin", "We may earn a commission from products on this page."),
    ),
    pair(
        ("How Azure helps in the fight against COVID-19", "The cloud lets firms and hospitals follow the disease."),
        ("Parravel and Azure launch COVID-19 data platform", "The contract researcher calls it Patients First."),
    ),
    pair(
        ("Microsoft updates Azure for partners", "The changes come into force in May."),
        ("Azure from Microsoft: a look at its costs", "Bills grow faster than budgets, analysts find."),
    ),
]


@pytest.mark.parametrize("known", SUBJECTS, ids=lambda known: known.one.title[:30])
def test_two_that_have_the_subject_in_common_are_no_event(known: Pair) -> None:
    assert not is_one_event(known, about_cloud), (odds(known, about_cloud), evidence(known, about_cloud))


@pytest.mark.parametrize(
    "known",
    [
        pair(
            ("Microsoft brings Azure to Malaysia", "Its first data centres there will stand near Kuala Lumpur."),
            ("Azure data centres planned in Malaysia", "Microsoft chose Kuala Lumpur for its new region."),
        ),
        pair(
            ("Power Apps portals exposed 38 million records", "The leak was found by the firm UpGuard."),
            ("38 million records in the open: Power Apps blamed", "UpGuard says that defaults were wrong."),
        ),
    ],
    ids=lambda known: known.one.title[:30],
)
def test_what_they_tell_beside_it_makes_one(known: Pair) -> None:
    assert is_one_event(known, about_cloud), (odds(known, about_cloud), evidence(known, about_cloud))


def test_a_few_files_about_one_event_are_not_held_to_its_words() -> None:
    known = SUBJECTS[0]
    few = Rarity(COUNTS.__getitem__, 20)
    assert evidence(known, lambda _: few).generic == 0 < evidence(known, about_cloud).generic


def test_the_subject_weighs_as_little_in_excerpts() -> None:
    known = pair(("Azure grows", "Azure and other clouds grew."), ("Costs of Azure", "Azure is dear, they say."))
    assert evidence(known, about_cloud).excerpt < evidence(known).excerpt
