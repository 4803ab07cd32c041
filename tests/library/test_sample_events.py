"""The events of the sample are those that its writers meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.base.paths import sample_folder
from reader.library.index.events.event_list import Event, EventSort
from reader.library.library import Library

EVENTS = {
    "the Met Police's announcement of 24 January 2020": (
        {
            "2020-01-24-met-police-own-watch-list", "2020-01-24-met-police-facial-recognition-everyday",
            "2020-01-24-london-live-facial-recognition-reuters", "2020-01-24-london-facial-recognition-permanent",
            "2020-01-24-london-live-facial-recognition-venturebeat", "2020-01-24-london-real-time-facial-recognition",
            "2020-01-24-london-cameras-false-matches", "2020-01-24-londoners-grumble-about-cameras",
            "2020-01-24-video-london-facial-recognition", "2020-01-26-london-live-facial-recognition-us-news",
        },
        {"Time", "New York Times", "KnowTechie", "BBC", "Reuters", "The Verge", "Telecoms"},
    ),
    "the cameras at Oxford Circus": (
        {"2020-02-20-oxford-circus-two-hours-notice", "2020-02-20-met-police-vans-oxford-circus"},
        {"The Independent", "The Register", "Forbes", "Sky"},
    ),
    "Facebook's settlement": ({"2020-01-29-facebook-settles-illinois-lawsuit"}, {"New York Times", "Forbes"}),
    "the NBA's contract with Microsoft": (
        {
            "2020-04-16-nba-microsoft-ai-streaming", "2020-04-16-microsoft-nba-several-seasons",
            "2020-04-16-nba-signs-microsoft-azure-surface",
        },
        {"Engadget", "TechSpot", "CNBC", "GeekWire", "TheStreet.com", "The Verge", "Digital Trends", "SiliconANGLE"},
    ),
    "the Pentagon's review of the JEDI contract": (
        {
            "2020-04-15-pentagon-review-backs-jedi", "2020-04-15-pentagon-inspector-leaves-jedi-standing",
            "2020-04-15-pentagon-watchdog-no-meddling-jedi",
        },
        {"Thurrott", "ZDNet", "Seattle Times", "Stars and Stripes"},
    ),
    "Uptake Fusion's wire copy": (
        {
            "2021-05-18-uptake-fusion-azure-marketplace-morningstar", "2021-05-18-uptake-fusion-azure-marketplace-ap",
            "2021-05-19-uptake-fusion-azure-marketplace-pr-newswire",
        },
        {"Morningstar, Inc.", "Associated Press", "PR Newswire"},
    ),
    "Power Apps' 38 million records": (
        {
            "2021-08-23-power-apps-default-38-million", "2021-08-23-power-apps-defaults-blamed",
            "2021-08-24-social-security-numbers-power-apps", "2021-08-26-microsoft-changes-power-apps",
        },
        {"ZDNet", "Neowin", "Windows Central", "Dark Reading", "Computing", "CRN"},
    ),
    "the Army's storm model": ({"2021-07-23-army-coastal-storm-model-cloud"}, {"GCN", "Defense Systems"}),
    "the end of Azure Blockchain": ({"2021-05-30-azure-blockchain-closes"}, {"CoinTelegraph", "Investing.com"}),
}  # fmt: skip
"""What happened → the files of all stories of the sample on it, and outlets of which an article is."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(sample_folder(), tmp_path_factory.mktemp("cache"), is_sample=True, in_process=True) as opened:
        opened.sync()
        yield opened


@pytest.fixture(scope="module")
def events(library: Library) -> list[Event]:
    return list(library.index.events(None, EventSort.NEWEST))


def files_of(event: Event) -> set[str]:
    return {Path(path.decode()).stem for member in event.members for path in member.paths}


@pytest.mark.parametrize("happening", sorted(EVENTS))
def test_an_event_has_its_stories_and_no_others(events: list[Event], happening: str) -> None:
    files, outlets = EVENTS[happening]
    (found,) = [event for event in events if files & files_of(event)]
    assert files_of(found) == files
    assert outlets <= {member.provider for member in found.members}


def test_the_wire_copy_is_one_text_of_three_outlets(events: list[Event]) -> None:
    files, _ = EVENTS["Uptake Fusion's wire copy"]
    (found,) = [event for event in events if files <= files_of(event)]
    assert (found.outlets, found.independent) == (3, 1)


@pytest.mark.parametrize(
    "title",
    [
        "Moscow turns on", "Privacy campaigners want universities", "Met Police tries to soothe",
        "Waterloo police used", "Nobody was paged", "Oxford University", "Scotland's contact tracing",
        "Video: AI Builder",
    ],
)  # fmt: skip
def test_a_happening_of_its_own_is_on_no_event(library: Library, events: list[Event], title: str) -> None:
    rows = library.index.rows(library.index.ids())
    (row,) = [row for row in rows.values() if row.title.startswith(title)]
    assert row.outlets == 1
    assert not [event for event in events if any(member.story == row.id for member in event.members)]
