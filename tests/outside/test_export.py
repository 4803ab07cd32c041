from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from reader.coverage.model import Coverage, CoverageArticle, Relation
from reader.library.index.rows import StoryRow, StoryText
from reader.outside import export
from reader.stories.errors import Flaw
from reader.stories.model import Article, Image, Link, LinkRole, Provider, Story

WHEN = datetime(2020, 2, 20, 16, 53, tzinfo=UTC)
EAST = timezone(timedelta(hours=9))

IMAGE = Image("/a.jpg", 3, 2, "Quay", {"isCached": "true"})
RELATED = Article(title="Order signed", links=(Link(LinkRole.SOURCE, "file:///x"),), published=date(2020, 2, 19))
STORY = Story(
    path=Path("news/ferries.md"),
    title="Ferries [go] *electric*",
    excerpt="Two lines\n- of <text>",
    published=WHEN,
    published_text="2020-02-20T16:53:00Z",
    type="article",
    provider=Provider("The Post", "post.test", (IMAGE,), {"founded": "1871"}),
    quality=61,
    links=(Link(LinkRole.SOURCE, "https://post.test/a_(b)"), Link(LinkRole.AMP, "https://post.test/amp/a")),
    images=(IMAGE,),
    topics=("Ferries", "Power & Light"),
    extra={"rank": "3"},
    body="# Timetable\n\nNot *yet*.",
    category="news",
    authors=("Ada Quay",),
    heat=-1,
    is_published=True,
    sealed_bytes=12,
    related=(RELATED,),
    flaws=(Flaw(3, "odd"),),
)
BARE = Story(path=Path("bare.md"), title="Bare")
FOCUS = CoverageArticle(
    key="https://post.test/a",
    title="Ferries",
    excerpt="Text.",
    provider="The Post",
    outlet="post.test",
    published=WHEN,
    quality=61,
    type="article",
    url="https://post.test/a",
    story=7,
    named_by=(7,),
    event=1,
    relation=Relation.EVENT,
)
LOCAL = CoverageArticle("k2", "Order", "", "Wire", "wire.test", WHEN - timedelta(hours=2, minutes=54), story=8, event=1)
DATED = CoverageArticle(
    "k3", "Plans | [old]", "", "", "yard.test", date(2020, 2, 21), url="https://yard.test/(x)", event=1
)
UNDATED = CoverageArticle("k4", "Someday", "", "Yard_Weekly", "yard.test", named_by=(7, 8), event=1)
LINKED = replace(LOCAL, key="k5", story=None, event=None)
NEAR = replace(LOCAL, key="k6", title="Near", event=None, relation=Relation.ALIKE, likeness=0.25)
COVERAGE = Coverage(FOCUS, (UNDATED, LOCAL, DATED))
ALONE = Coverage(FOCUS, ())

IMAGE_KEYS = ["url", "width", "height", "title", "extra"]
ARTICLE_KEYS = [
    "title", "excerpt", "published", "published_text", "type", "provider", "topics", "quality", "url", "key", "links",
    "images", "extra",
]  # fmt: skip
COVERAGE_KEYS = ["title", "key", "outlets", "linked", "alike", "earliest", "articles"]


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (None, None),
        (date(2020, 2, 20), "2020-02-20"),
        (WHEN, "2020-02-20T16:53:00+00:00"),
        (WHEN.astimezone(EAST), "2020-02-21T01:53:00+09:00"),
    ],
)
def test_times_are_iso_8601(when: datetime | date | None, text: str | None) -> None:
    assert export.time_json(when) == text


def test_a_row_of_the_list_as_json() -> None:
    text = StoryText(1, "Ferries", "The Post", WHEN, ("A", "B"), 61, "article", "Text.", "Body.", "https://post.test/a")
    row = StoryRow(1, "Ferries", "The Post", WHEN, 3, "article", 61, 5, 2, 4)
    told = export.row_json("news/ferries.md", text, row)
    assert told == {
        "path": "news/ferries.md",
        "title": "Ferries",
        "excerpt": "Text.",
        "provider": "The Post",
        "published": "2020-02-20T16:53:00+00:00",
        "type": "article",
        "topics": ["A", "B"],
        "quality": 61,
        "url": "https://post.test/a",
        "outlets": 3,
        "articles": 5,
        "linked": 2,
        "alike": 4,
    }
    bare = export.row_json("a", StoryText(1, "A", "", None, (), None, "", "", "", ""), row)
    assert (bare["published"], bare["quality"], bare["url"], bare["topics"]) == (None, None, None, [])


def test_an_article_as_json() -> None:
    told = export.article_json(STORY)
    assert list(told) == ARTICLE_KEYS
    assert told["provider"] == {
        "name": "The Post",
        "domain": "post.test",
        "images": [export.image_json(IMAGE)],
        "extra": {"founded": "1871"},
    }
    assert told["links"] == [
        {"role": "source", "url": "https://post.test/a_(b)"},
        {"role": "AMP", "url": "https://post.test/amp/a"},
    ]
    assert (told["url"], told["key"]) == ("https://post.test/a_(b)", STORY.key)
    assert (told["published"], told["published_text"]) == ("2020-02-20T16:53:00+00:00", "2020-02-20T16:53:00Z")
    assert (told["topics"], told["quality"], told["extra"]) == (["Ferries", "Power & Light"], 61, {"rank": "3"})


def test_a_link_that_is_never_opened_is_among_the_links_and_no_url() -> None:
    told = export.article_json(RELATED)
    assert (told["url"], told["published"]) == (None, "2020-02-19")
    assert told["links"] == [{"role": "source", "url": "file:///x"}]


def test_a_picture_as_json() -> None:
    told = export.image_json(IMAGE)
    assert list(told) == IMAGE_KEYS
    assert told == {"url": "/a.jpg", "width": 3, "height": 2, "title": "Quay", "extra": {"isCached": "true"}}


def test_a_story_as_json() -> None:
    told = export.story_json(STORY, COVERAGE)
    assert list(told) == [
        "path", *ARTICLE_KEYS, "body", "category", "authors", "heat", "is_published", "sealed_bytes", "related",
        "flaws", "format", "coverage",
    ]  # fmt: skip
    assert told["path"] == "news/ferries.md"
    assert [list(article) for article in told["related"]] == [ARTICLE_KEYS]
    assert told["flaws"] == [{"line": 3, "reason": "odd"}]
    assert list(told["coverage"]) == COVERAGE_KEYS
    assert (told["authors"], told["heat"], told["is_published"], told["sealed_bytes"]) == (["Ada Quay"], -1, True, 12)
    assert json.loads(json.dumps(told)) == told
    bare = export.story_json(BARE, ALONE)
    assert list(bare) == list(told)
    assert [bare[key] for key in ("heat", "is_published", "sealed_bytes", "published", "quality")] == [None] * 5


def test_a_coverage_as_json() -> None:
    told = export.coverage_json(COVERAGE)
    assert list(told) == COVERAGE_KEYS
    assert (told["title"], told["key"], told["outlets"], told["earliest"]) == ("Ferries", FOCUS.key, 3, "k2")
    assert [article["key"] for article in told["articles"]] == ["k2", FOCUS.key, "k3", "k4"]
    assert told["articles"][1] == {
        "key": "https://post.test/a",
        "title": "Ferries",
        "excerpt": "Text.",
        "provider": "The Post",
        "outlet": "post.test",
        "published": "2020-02-20T16:53:00+00:00",
        "offset_seconds": 10_440,
        "quality": 61,
        "type": "article",
        "url": "https://post.test/a",
        "is_local": True,
        "is_this_story": True,
        "named_by": 1,
        "relation": "event",
        "likeness": None,
    }
    last = told["articles"][3]
    assert [last[key] for key in ("published", "offset_seconds", "quality", "url")] == [None] * 4
    assert (last["is_local"], last["is_this_story"], last["named_by"]) == (False, False, 2)
    assert [article["offset_seconds"] for article in told["articles"]] == [0, 10_440, None, None]
    assert json.loads(json.dumps(told)) == told


def test_what_is_not_on_the_event_counts_apart_and_has_no_offset() -> None:
    told = export.coverage_json(Coverage(FOCUS, (LOCAL, LINKED), (NEAR,)))
    assert (told["outlets"], told["linked"], told["alike"], told["earliest"]) == (2, 1, 1, "k2")
    by_key = {article["key"]: article for article in told["articles"]}
    assert [(by_key[key]["relation"], by_key[key]["offset_seconds"]) for key in ("k5", "k6")] == [
        ("linked", None),
        ("alike", None),
    ]
    assert by_key["k6"]["likeness"] == 0.25


def test_a_coverage_without_any_time_has_no_earliest() -> None:
    assert export.coverage_json(Coverage(UNDATED, ()))["earliest"] is None


def test_a_coverage_as_text() -> None:
    assert list(export.coverage_text(COVERAGE, UTC)) == [
        "3 outlets, earliest known Wire",
        "",
        "event, found by its words alone · 4 articles",
        "Thu 20 Feb 2020",
        "  13:59  earliest  ⌂ Wire         Order",
        "  16:53  +2h 54m   ▸ The Post     Ferries",
        "Fri 21 Feb 2020",
        "    –              ↗ yard.test    Plans | [old]",
        "no date",
        "    –              ↗ Yard_Weekly  Someday",
    ]


def test_the_sections_of_a_coverage_as_text() -> None:
    assert list(export.coverage_text(Coverage(replace(FOCUS, event=None), (LINKED,), (NEAR,)), UTC)) == [
        "on no event with others, 1 linked, 1 alike",
        "Thu 20 Feb 2020",
        "  16:53            ▸ The Post  Ferries",
        "",
        "linked · 1 article",
        "Thu 20 Feb 2020",
        "  13:59            ↗ Wire      Order",
        "",
        "alike, found by their words · 1 story",
        "Thu 20 Feb 2020",
        "  13:59            ⌂ Wire      Near",
    ]


def test_the_sections_of_a_coverage_as_markdown() -> None:
    told = list(export.coverage_markdown(Coverage(FOCUS, (LOCAL, LINKED), (NEAR,)), UTC))
    assert [line for line in told if line.startswith("#")] == [
        "### Event, found by its words alone · 2 articles",
        "#### Thu 20 Feb 2020",
        "### Linked · 1 article",
        "#### Thu 20 Feb 2020",
        "### Alike, found by their words · 1 story",
        "#### Thu 20 Feb 2020",
    ]


def test_the_hours_of_a_coverage_are_those_of_the_zone() -> None:
    lines = list(export.coverage_text(COVERAGE, EAST))
    assert lines[3:7] == [
        "Thu 20 Feb 2020",
        "  22:59  earliest  ⌂ Wire         Order",
        "Fri 21 Feb 2020",
        "  01:53  +2h 54m   ▸ The Post     Ferries",
    ]
    assert lines[7] == "    –              ↗ yard.test    Plans | [old]"


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (ALONE, "on no event with others"),
        (Coverage(FOCUS, (UNDATED,)), "2 outlets, earliest known The Post"),
        (Coverage(UNDATED, (replace(UNDATED, key="k7"),)), "1 outlet"),
        (Coverage(UNDATED, (DATED,)), "1 outlet, earliest known yard.test"),
        (Coverage(FOCUS, (LOCAL, LINKED), (NEAR,)), "2 outlets, 1 linked, 1 alike, earliest known Wire"),
    ],
)
def test_a_coverage_in_one_line(coverage: Coverage, words: str) -> None:
    assert export.coverage_summary(coverage) == words


def test_a_story_as_text() -> None:
    lines = list(export.story_text(STORY, COVERAGE, UTC))
    assert lines[:14] == [
        "Ferries [go] *electric*",
        "The Post · Thu 20 Feb 2020 16:53 UTC",
        "Ferries · Power & Light · quality 61",
        "",
        "Two lines",
        "- of <text>",
        "",
        "# Timetable",
        "",
        "Not *yet*.",
        "",
        "source: https://post.test/a_(b)",
        "AMP: https://post.test/amp/a",
        "",
    ]
    assert lines[14:] == list(export.coverage_text(COVERAGE, UTC))


def test_a_bare_story_as_text() -> None:
    assert list(export.story_text(BARE, ALONE, UTC)) == ["Bare", "no date", ""]


def test_a_story_as_markdown() -> None:
    lines = list(export.story_markdown(STORY, COVERAGE, UTC))
    assert lines[:18] == [
        "# Ferries \\[go\\] \\*electric\\*",
        "",
        "**The Post** · Thu 20 Feb 2020 16:53 UTC",
        "",
        "*Ferries* · *Power \\& Light*",
        "",
        "> Two lines",
        "> \\- of \\<text\\>",
        "",
        "# Timetable\n\nNot *yet*.",
        "",
        "<https://post.test/a_(b)>",
        "",
        "## Coverage",
        "",
        "3 outlets, earliest known Wire.",
        "",
        "### Event, found by its words alone · 4 articles",
    ]
    assert lines[15:] == list(export.coverage_markdown(COVERAGE, UTC))


def test_a_coverage_as_markdown() -> None:
    assert [line for line in export.coverage_markdown(COVERAGE, UTC) if line.startswith("-")] == [
        "- 13:59 **Wire**: Order",
        "- 16:53 **The Post**: [Ferries](https://post.test/a)",
        "- **yard.test**: [Plans \\| \\[old\\]](https://yard.test/%28x%29)",
        "- **Yard\\_Weekly**: Someday",
    ]


def test_a_bare_story_as_markdown() -> None:
    assert list(export.story_markdown(BARE, ALONE, UTC)) == ["# Bare", "", "no date"]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain – text (1) 2.0!", "plain – text (1) 2.0!"),
        ("*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"),
        ("[a](https://b.test)", "\\[a\\](https://b.test)"),
        ("<script> & &amp;", "\\<script\\> \\& \\&amp;"),
        ("# a | b \\", "\\# a \\| b \\\\"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("  - a", "  \\- a"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("-5 degrees", "-5 degrees"),
        ("1.5 million", "1.5 million"),
        ("2020 was long", "2020 was long"),
        ("", ""),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, escaped: str) -> None:
    assert export.escape_markdown(text) == escaped


def test_a_link_as_markdown() -> None:
    assert export.markdown_link("A [b]", "https://a.test/(c)") == "[A \\[b\\]](https://a.test/%28c%29)"
