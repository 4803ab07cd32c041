"""One meaning for every number: each place that shows one says the same as `sum_up` of the story's event."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from reader.base.paths import sample_folder
from reader.base.wording import plural
from reader.coverage.grouping import grouped
from reader.coverage.model import Coverage
from reader.coverage.sections import ON_NO_EVENT
from reader.coverage.summary import Summary, sum_up
from reader.coverage.timeline import place
from reader.coverage.ways import Grouping
from reader.library.index.events.event_list import EventSort
from reader.library.library import Library
from reader.library.query.query import Sort, parse
from reader.outside import briefing, export
from reader.ui.dialogs.story.headlines import HeadlinesDialog
from reader.ui.look import themes
from reader.ui.widgets.coverage.coverage_tree import CoverageTree
from reader.ui.widgets.stories.event_line import event_words

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SLICE = 250
"""Stories of each topic of the corpus."""


@dataclass(frozen=True)
class Counted:
    """A library, and of each story the coverage with what its event amounts to."""

    library: Library
    coverages: dict[int, Coverage]
    told: dict[int, Summary]


def folder_of(name: str, request: pytest.FixtureRequest, root: Path) -> Path:
    if name == "sample":
        return sample_folder()
    shared: Path = request.getfixturevalue("shared")
    if name == "seeds":
        return shared / "seeds"
    for topic in sorted((shared / "corpus").iterdir()):
        for file in islice(sorted(topic.rglob("*.md")), SLICE):
            shutil.copy(file, root)
    return root


@pytest.fixture(scope="module", params=["sample", "seeds", pytest.param("corpus", marks=pytest.mark.long)])
def counted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    folder = folder_of(request.param, request, tmp_path_factory.mktemp("stories"))
    library = Library(folder, tmp_path_factory.mktemp("cache"), in_process=True)
    library.sync()
    coverages = {story: library.index.coverage(story) for story in library.index.ids()}
    whole = {story: coverage for story, coverage in coverages.items() if coverage is not None}
    assert whole
    yield Counted(library, whole, {story: sum_up(one.event, NOW, UTC) for story, one in whole.items()})
    library.close()


def test_the_list_s_rows(counted: Counted) -> None:
    rows = counted.library.index.rows(counted.coverages)
    for story, coverage in counted.coverages.items():
        row = rows[story]
        assert (row.outlets, row.linked, row.alike) == (
            counted.told[story].outlets,
            len(coverage.linked),
            len(coverage.alike),
        )
        assert coverage.outlets == row.outlets
    assert max(row.outlets for row in rows.values()) > 1


def test_an_events_row_tells_the_counted_numbers(counted: Counted) -> None:
    facts = counted.library.index.event_facts(list(counted.coverages), NOW, UTC)
    for story, coverage in counted.coverages.items():
        told = counted.told[story]
        if told.articles == 1:
            assert story not in facts
            continue
        said = [words for _, words in event_words(facts[story], facts[story].stories)]
        assert said == [
            plural(told.outlets, "outlet"),
            f"{told.independent} independent",
            f"{facts[story].stories} stories",
            *([plural(told.days, "day")] if told.days else []),
        ]
        assert facts[story].stories >= sum(article.is_local for article in coverage.event)


def test_reader_events(counted: Counted) -> None:
    by_key = {coverage.focus.key: story for story, coverage in counted.coverages.items()}
    told_of = set()
    for event in counted.library.index.events(None, EventSort.NEWEST):
        for story in {by_key[member.key] for member in event.members if member.key in by_key}:
            told = counted.told[story]
            assert (event.outlets, event.independent, len(event.members)) == (
                told.outlets,
                told.independent,
                told.articles,
            )
            assert {member.key for member in event.members} == {one.key for one in counted.coverages[story].event}
            told_of.add(story)
    assert told_of == {story for story, told in counted.told.items() if told.articles > 1}


def test_the_order_and_the_conditions(counted: Counted) -> None:
    index = counted.library.index
    order = list(index.ids(sort=Sort.COVERED))
    outlets = [counted.told[story].outlets for story in order]
    assert outlets == sorted(outlets, reverse=True)
    linked = [len(counted.coverages[story].linked) for story in index.ids(parse("sort:-linked"))]
    assert linked == sorted(linked, reverse=True)
    for least in (1, 2, 4):
        assert set(index.ids(parse(f"outlets:>={least}"))) == {
            story for story, told in counted.told.items() if told.outlets >= least
        }
        assert set(index.ids(parse(f"linked:>={least}"))) == {
            story for story, coverage in counted.coverages.items() if len(coverage.linked) >= least
        }
    for part, has in (
        ("event", lambda coverage: len(coverage.event) > 1),
        ("linked", lambda coverage: coverage.linked),
        ("alike", lambda coverage: coverage.alike),
    ):
        assert set(index.ids(parse(f"has:{part}"))) == {
            story for story, coverage in counted.coverages.items() if has(coverage)
        }


def test_the_command_line_tells_the_counted_numbers(counted: Counted) -> None:
    index = counted.library.index
    rows = index.rows(counted.coverages)
    for story, coverage in counted.coverages.items():
        told = counted.told[story]
        text = index.text(story)
        assert text is not None
        row = export.row_json("", text, rows[story])
        making = briefing.Making(NOW, UTC, "news", {})
        whole = briefing.briefing_json(coverage, making)
        assert row["outlets"] == whole["outlets"] == whole["event"]["outlets"] == told.outlets
        assert whole["independent"] == whole["event"]["independent"] == told.independent
        assert row["linked"] == whole["linked"] == len(coverage.linked)
        assert row["alike"] == whole["alike"] == len(coverage.alike)
        first = told.earliest.key if told.earliest else None
        assert whole["earliest"] == whole["event"]["earliest"] == first
        relations = [article["relation"] for article in whole["articles"]]
        assert [relations.count(relation) for relation in ("event", "linked", "alike")] == [
            told.articles,
            len(coverage.linked),
            len(coverage.alike),
        ]
        summary = export.coverage_summary(coverage, NOW)
        assert next(iter(export.coverage_text(coverage, UTC, NOW))) == summary
        assert next(iter(export.coverage_markdown(coverage, UTC, NOW))) == f"{summary}."
        assert summary.startswith(plural(told.outlets, "outlet") if told.articles > 1 else ON_NO_EVENT)
        written = list(briefing.briefing_markdown(coverage, making))
        assert written[2].startswith(f"{plural(told.outlets, 'outlet')} · {told.independent} independent")
        assert told.days == 0 or f" · {plural(told.days, 'day')} · " in written[2]


def test_offsets_are_counted_from_the_earliest_of_the_event(counted: Counted) -> None:
    for coverage in counted.coverages.values():
        offsets = {one.article.key: one.offset for one in place(coverage.event, NOW)}
        whole = briefing.briefing_json(coverage, briefing.Making(NOW, UTC, "news", {}))
        for article in whole["articles"]:
            offset = offsets.get(article["key"])
            assert article["offset_seconds"] == (None if offset is None else int(offset.total_seconds()))
        for fold in (False, True):
            shown = [one for group in grouped(coverage, Grouping.TIME, UTC, fold=fold, now=NOW) for one in group.placed]
            if len(coverage.event) > 1:
                assert all(one.offset == offsets.get(one.article.key) for one in shown)
            else:
                assert all(one.offset is None for one in shown)


def test_an_event_is_the_same_from_whichever_story_one_looks(counted: Counted) -> None:
    seen: dict[str, frozenset[str]] = {}
    for coverage in counted.coverages.values():
        event = frozenset(article.key for article in coverage.event)
        for article in coverage.event:
            assert seen.setdefault(article.key, event) == event


class Screen(App[None]):
    """The coverage tree alone, wide enough for all that its title says."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(themes.DARK)
        self.theme = themes.DARK.name

    def get_css_variables(self) -> dict[str, str]:
        return themes.complete(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield CoverageTree(lambda: NOW, UTC)


async def test_the_pane_s_title_and_the_headlines_side_by_side(counted: Counted) -> None:
    app = Screen()
    async with app.run_test(size=(200, 20)):
        tree = app.query_one(CoverageTree)
        for story, coverage in islice(counted.coverages.items(), 120):
            told = counted.told[story]
            tree.show_coverage(coverage)
            facts = str(tree.border_title).split(" · ")
            if coverage.is_alone:
                assert facts == ["Coverage"]
                continue
            expected = [plural(told.outlets, "outlet") if told.articles > 1 else ON_NO_EVENT]
            if told.independent != told.outlets:
                expected.append(f"{told.independent} independent")
            if told.articles > 1:
                expected += [plural(told.days, "day")] if told.days else []
            expected += [f"{len(coverage.linked)} linked"] if coverage.linked else []
            expected += [f"{len(coverage.alike)} alike"] if coverage.alike else []
            if told.articles > 1 and told.earliest:
                expected.append(f"earliest known {told.earliest.provider or told.earliest.outlet}")
            assert facts[1:] == expected
            beside = HeadlinesDialog(coverage, NOW, UTC).counts
            assert beside == [
                plural(told.articles, "headline"),
                plural(told.outlets, "outlet"),
                f"{told.independent} independent",
                *([plural(told.days, "day")] if told.days else []),
            ]


def test_each_heading_counts_what_stands_under_it(counted: Counted) -> None:
    for coverage in counted.coverages.values():
        groups = [*grouped(coverage, Grouping.TIME, UTC, now=NOW)]
        starts = [number for number, group in enumerate(groups) if group.heading]
        for start, end in pairwise([*starts, len(groups)]):
            count = sum(len(group.placed) for group in groups[start:end])
            said = re.search(r"· ([\d,]+) (?:article|stor)", groups[start].heading)
            assert said is not None
            assert int(said[1].replace(",", "")) == count
