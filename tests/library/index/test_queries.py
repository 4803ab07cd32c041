"""What the index answers: orders, topics, rows, texts, names, counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.index.index import Index
from reader.library.index.rows import Counts, Problem, StoryRow, StoryText, TopicCount
from reader.library.library import Library
from reader.library.query.query import Sort, parse
from reader.stories.dates import sort_time

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

TIMES = ["", "2021-05-06", "2021-05-06T00:00:00Z", "2021-05-06T12:00:00Z", "2021-05-06T14:00:00+02:00", "2019-01-01"]
PROVIDERS = ["", "zebra", "Zebra", "Ant", "ant weekly"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, write_story: WriteStory) -> Iterator[Index]:
    """Sixty stories with times, outlets, qualities and coverage in many combinations, equal ones among them."""
    root = tmp_path_factory.mktemp("orders") / "news"
    for number in range(60):
        related = [
            {"title": f"Entry {entry}", "url": f"https://web{entry}.example/1", "domain": f"web{entry // 2}.example"}
            for entry in range(number % 4)
        ]
        write_story(
            root,
            f"{'in/' if number % 3 else ''}{(number * 37) % 60:02}.md",
            published=TIMES[number % len(TIMES)],
            provider=PROVIDERS[number % len(PROVIDERS)],
            quality=[None, 0, 5, 50][number % 4],
            topics=[name for name, every in (("red", 2), ("green", 3), ("rare", 25)) if number % every == 0],
            related=related,
        )
    library = Library(root, root.parent / "cache", in_process=True)
    library.sync()
    yield library.index
    library.close()


def plain_key(sort: Sort, row: StoryRow, path: bytes) -> tuple[object, ...]:
    """The key by which plain Python puts stories in an order."""
    seconds = sort_time(row.published)
    newest = (seconds is None, -(seconds or 0), path)
    keys: dict[Sort, tuple[object, ...]] = {
        Sort.NEWEST: newest,
        Sort.OLDEST: (seconds is None, seconds or 0, path),
        Sort.QUALITY: (row.quality is None, -(row.quality or 0), *newest),
        Sort.PROVIDER: (row.provider == "", row.provider.lower(), *newest),
        Sort.COVERED: (-row.outlets, -row.coverage, *newest),
    }
    return keys[sort]


@pytest.mark.parametrize("text", ["", "0", "topic:red", "coverage:entry"])
@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_is_that_of_a_plain_sort(index: Index, sort: Sort, text: str) -> None:
    ids = list(index.ids(parse(text), sort))
    rows = index.rows(ids)
    assert ids
    assert ids == sorted(ids, key=lambda story: plain_key(sort, rows[story], index.path(story) or b""))


def test_the_usual_order_is_newest_first_with_dates_unknown_at_the_end(index: Index) -> None:
    published = [index.rows([story])[story].published for story in index.ids()]
    assert published[0] == datetime(2021, 5, 6, 12, tzinfo=UTC)
    assert published[-1] is None
    assert published[::-1].index(date(2019, 1, 1)) == published.count(None)


@pytest.mark.parametrize("chosen", [{"red"}, {"green"}, {"red", "green"}, {"rare"}, {"unknown"}, {"unknown", "red"}])
def test_a_choice_of_topics_lists_stories_with_any_of_them(index: Index, chosen: set[str]) -> None:
    listed = list(index.ids(topics=frozenset(chosen)))
    texts = {story: index.text(story) for story in index.ids()}
    assert listed == [story for story, text in texts.items() if text and chosen & set(text.topics)]
    assert index.count(parse(""), frozenset(chosen)) == len(listed)


def test_a_choice_of_topics_is_exact_in_case_and_length(index: Index) -> None:
    assert list(index.ids(topics=frozenset({"Red", "gree"}))) == []


def test_query_and_topics_must_both_hold(index: Index) -> None:
    both = set(index.ids(parse("topic:green"), topics=frozenset({"red"})))
    assert both == set(index.ids(parse("topic:green"))) & set(index.ids(topics=frozenset({"red"})))
    assert both


def test_topics_come_largest_first_and_keep_their_order_under_a_query(index: Index) -> None:
    assert index.topics() == [TopicCount("red", 30), TopicCount("green", 20), TopicCount("rare", 3)]
    assert index.topics(parse("topic:rare")) == [TopicCount("red", 2), TopicCount("green", 1), TopicCount("rare", 3)]
    assert [topic.stories for topic in index.topics(parse("unfindable"))] == [0, 0, 0]


def test_topics_of_equal_size_come_by_name(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", topics=["pear", "apple", "pear", "Cherry"])
    assert open_library(tmp_path).index.topics() == [
        TopicCount("Cherry", 1),
        TopicCount("apple", 1),
        TopicCount("pear", 1),
    ]


def test_a_row_tells_what_the_list_shows(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    related = [{"title": "Other", "url": "https://other.example/1", "domain": "other.example"}]
    write_story(
        tmp_path, "a.md", title="Tunnel done", provider="Daily", domain="daily.example", quality=42, type="video",
        published="2021-02-03T04:05:06+01:00", related=related,
    )  # fmt: skip
    index = open_library(tmp_path).index
    (story,) = index.ids()
    when = datetime(2021, 2, 3, 3, 5, 6, tzinfo=UTC)
    assert index.rows([story]) == {story: StoryRow(story, "Tunnel done", "Daily", when, 1, "video", 42, 1, 1)}


def test_a_text_tells_what_the_story_pane_shows(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(
        tmp_path, "a.md", title="Tunnel done", provider="Daily", quality=42, published="2021-02-03",
        excerpt="Dug.\nThrough.", topics=["Roads", "A, B"],
        url="https://daily.example/tunnel", body="# It\n\nis *done*.", type="article",
    )  # fmt: skip
    index = open_library(tmp_path).index
    (story,) = index.ids()
    assert index.text(story) == StoryText(
        story, "Tunnel done", "Daily", date(2021, 2, 3), ("Roads", "A, B"), 42, "article", "Dug.\nThrough.",
        "# It\n\nis *done*.", "https://daily.example/tunnel",
    )  # fmt: skip


def test_a_bare_story_has_empty_values(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", title="Bare")
    index = open_library(tmp_path).index
    (story,) = index.ids()
    assert index.text(story) == StoryText(story, "Bare", "", None, (), None, "", "", "", "")
    assert index.rows([story])[story] == StoryRow(story, "Bare", "", None, 1, "", None, 0)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-05-06T07:08:09.987Z", datetime(2021, 5, 6, 7, 8, 9, tzinfo=UTC)),
        ("1950-01-01T00:00:01Z", datetime(1950, 1, 1, 0, 0, 1, tzinfo=UTC)),
        ("0002-01-01T00:00:00Z", datetime(2, 1, 1, tzinfo=UTC)),
        ("9998-12-31T23:59:59Z", datetime(9998, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("2021-05-06T01:00:00+14:00", datetime(2021, 5, 5, 11, tzinfo=UTC)),
        ("1900-02-03", date(1900, 2, 3)),
        ("no day at all", None),
    ],
)
def test_times_come_back_from_the_index(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, written: str, read: object
) -> None:
    write_story(tmp_path, "a.md", published=written)
    index = open_library(tmp_path).index
    (story,) = index.ids()
    assert index.rows([story])[story].published == read


def test_what_is_gone_is_left_out_or_none(index: Index) -> None:
    assert index.rows([10_000]) == {}
    assert index.rows([]) == {}
    assert index.text(10_000) is None
    assert index.path(10_000) is None
    assert index.coverage(10_000) is None
    assert index.story_at(b"gone.md") is None
    assert index.story_named("https://gone.example/1") is None


def test_path_and_story_at_are_each_others_inverse(index: Index) -> None:
    assert all(index.story_at(index.path(story) or b"") == story for story in index.ids())


def test_a_name_that_is_not_utf8_is_kept_and_shown_safely(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    try:
        write_story(tmp_path, os.fsdecode(b"caf\xe9\x1b[31m.md"), title="Café", published="never")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    library = open_library(tmp_path)
    (story,) = library.index.ids()
    assert library.index.path(story) == b"caf\xe9\x1b[31m.md"
    assert library.index.story_at(b"caf\xe9\x1b[31m.md") == story
    assert library.read(story).title == "Café"
    (problem,) = library.index.problems()
    assert problem.path.encode()
    assert "\x1b" not in problem.path


def test_problems_come_by_file_and_line(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    (tmp_path / "b.md").write_text("---\nnever closed", encoding="utf-8")
    write_story(tmp_path, "a.md", published="never", quality="much")  # type: ignore[arg-type]
    library = open_library(tmp_path)
    problems = library.index.problems()
    assert [(problem.path, problem.unread) for problem in problems] == [
        ("a.md", False),
        ("a.md", False),
        ("b.md", True),
    ]
    assert problems[0].line < problems[1].line
    assert library.index.problems(unread_only=True) == problems[2:]
    assert str(Problem("a.md", 3, "odd", unread=False)) == "a.md:3: odd"
    assert str(Problem("a.md", 0, "odd", unread=True)) == "a.md: odd"


def test_counts_tell_stories_articles_and_unread_files(index: Index) -> None:
    assert index.counts() == Counts(stories=60, articles=3, unread=0)


def test_the_version_changes_when_another_connection_has_written(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    library = open_library(tmp_path)
    before = library.index.version
    assert library.index.version == before
    library.sync()
    assert library.index.version == before
    write_story(tmp_path, "a.md")
    library.sync()
    assert library.index.version != before


@given(st.timedeltas(timedelta(hours=-23), timedelta(hours=23)), st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)))
def test_zones_make_no_difference_to_the_order_of_times(offset: timedelta, when: datetime) -> None:
    zone = timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    aware = when.replace(tzinfo=UTC)
    assert sort_time(aware.astimezone(zone)) == sort_time(aware)
