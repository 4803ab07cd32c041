"""Briefings: what they claim, and that no headline breaks them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from reader.coverage.model import Coverage, CoverageArticle
from reader.coverage.reasons import Basis, Reason
from reader.outside import export
from reader.outside.briefing import (
    Making,
    briefing_json,
    briefing_markdown,
    briefing_name,
    files_of,
    library_name,
)

NOW = datetime(2020, 3, 1, 8, 30, tzinfo=UTC)
WHEN = datetime(2020, 2, 20, 16, 53, tzinfo=UTC)
MAKING = Making(NOW, UTC, "london", {7: "2020/police_flip.md"})

FOCUS = CoverageArticle(
    key="https://reg.test/a",
    title="Police flip the switch",
    provider="The Register",
    outlet="reg.test",
    published=WHEN,
    url="https://reg.test/a",
    story=7,
    event=1,
)


def other(name: str, published: datetime | date | None = None, **more: object) -> CoverageArticle:
    key = f"https://{name.lower().replace(' ', '')}.test/x"
    told: dict[str, object] = {"title": f"{name} says", "provider": name, "outlet": f"{name}.test", "url": key}
    return CoverageArticle(**{"key": key, "published": published, "event": 1, **told, **more})  # type: ignore[arg-type]


def lines(*others: CoverageArticle, making: Making = MAKING, focus: CoverageArticle = FOCUS) -> list[str]:
    return list(briefing_markdown(Coverage(focus, others), making))


def rendered(text: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").enable("strikethrough").render(text))


def test_a_briefing() -> None:
    assert lines(
        other("Forbes", WHEN - timedelta(hours=2)),
        other("BBC", WHEN + timedelta(days=1)),
        other("Elsewhere", WHEN - timedelta(days=40), event=None),
        other("Old Post", event=5),
    )[:-7] == [
        "# Police flip the switch",
        "",
        "3 outlets · 3 independent · 2 days · earliest known: Forbes, Thu 20 Feb 2020 14:53 UTC",
        "",
        "## Event, found by its words alone · 3 articles",
        "",
        "### Thu 20 Feb 2020",
        "",
        "- 14:53 **Forbes**: [Forbes says](https://forbes.test/x)",
        "- 16:53 **The Register**: [Police flip the switch](https://reg.test/a)",
        "",
        "### Fri 21 Feb 2020",
        "",
        "- 16:53 **BBC**: [BBC says](https://bbc.test/x)",
        "",
        "## Linked · 2 articles",
        "",
        "- Sat 11 Jan 2020 16:53 UTC **Elsewhere**: [Elsewhere says](https://elsewhere.test/x)",
        "- no date **Old Post**: [Old Post says](https://oldpost.test/x)",
        "",
    ]


def test_how_it_was_made_is_told_last() -> None:
    told = lines()
    made = told.index("## How this was made")
    assert "Sun 1 Mar 2020 08:30 UTC" in told[made + 2]
    assert "library london" in told[made + 2]
    assert told[-1] == "- 2020/police\\_flip.md: The Register"


def test_no_briefing_claims_who_was_first() -> None:
    assert "first" not in "\n".join(lines(other("Forbes", WHEN), other("X"))).lower()


def test_wire_copy_is_one_line() -> None:
    told = lines(
        other("Reuters", WHEN, copy=3),
        other("B", WHEN + timedelta(hours=1), copy=3),
        other("A", WHEN + timedelta(days=1), copy=3, url=""),
        other("C", copy=3, title="Not quite the same"),
    )
    assert (
        "- 16:53 **Reuters**: [Reuters says](https://reuters.test/x)"
        " · Reuters copy ×4: [B](https://b.test/x), A, [C](https://c.test/x)" in told
    )
    assert told[2].startswith("5 outlets · 2 independent · ")
    assert sum("Not quite" in line for line in told) == 0
    assert "### Fri 21 Feb 2020" not in told


def test_the_story_itself_may_be_the_copy() -> None:
    told = lines(other("Reuters", WHEN - timedelta(hours=1), copy=3), focus=replace(FOCUS, copy=3))
    assert any("Reuters copy ×2: [The Register](https://reg.test/a)" in line for line in told)


def test_missing_day_only_and_future_times_are_told_apart() -> None:
    told = lines(
        other("None"),
        other("Day", date(2020, 2, 20)),
        other("Later", NOW + timedelta(days=3)),
        other("Tomorrow", date(2020, 3, 3)),
    )
    assert told[2].endswith("1 day · earliest known: The Register, Thu 20 Feb 2020 16:53 UTC")
    assert told[4] == (
        "Times in doubt: 1 article without a date, 1 article with a day and no time, 2 articles dated in the future."
    )
    assert "- time not known **Day**: [Day says](https://day.test/x)" in told
    assert "- 08:30 (dated in the future) **Later**: [Later says](https://later.test/x)" in told
    assert "- time not known (dated in the future) **Tomorrow**: [Tomorrow says](https://tomorrow.test/x)" in told
    assert told[told.index("### No date") + 2] == "- **None**: [None says](https://none.test/x)"
    assert told.index("### Wed 4 Mar 2020") < told.index("### No date")


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "1 outlet · 1 independent · earliest not known"),
        (NOW + timedelta(days=1), "1 outlet · 1 independent · earliest not known"),
        (
            date(2020, 2, 20),
            "1 outlet · 1 independent · 1 day · earliest known: The Register, Thu 20 Feb 2020, time of day not known",
        ),
    ],
)
def test_a_story_alone_without_a_known_time(published: datetime | date | None, words: str) -> None:
    told = lines(focus=replace(FOCUS, published=published, event=None))
    assert told[2] == words
    assert told[4] == "No other article is known to be on this event."


def test_times_and_days_are_those_of_the_zone() -> None:
    told = lines(making=replace(MAKING, zone=timezone(timedelta(hours=9), "JST")))
    assert "### Fri 21 Feb 2020" in told
    assert any(line.startswith("- 01:53 **The Register**") for line in told)
    assert any("in JST." in line for line in told)


HOSTILE = [
    "[x](https://evil.test)",
    "![pixel](https://evil.test/p.png)",
    "a | b | c",
    "<script>alert(1)</script> <b>&amp; &lt;",
    "`code` ``more`` ~~gone~~ ```",
    "*a* _b_ **c** __d__ ***",
    "] ends (here) \\",
    "# heading",
    "- item",
    "1. one",
    "<https://evil.test>",
    "--- \n# two\n\nlines",
    "[^1]: note",
    "&#91;x&#93;",
    "tail!",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_headline_is_more_than_text(title: str) -> None:
    told = lines(
        other("Forbes", WHEN, title=title, provider=title),
        other("Wire", WHEN, title=title, provider=title, copy=2),
        other("Copy", WHEN, title=title, provider=title, copy=2),
        other("Bare", WHEN, title=title, provider=title, url=""),
        focus=replace(FOCUS, title=title),
        making=replace(MAKING, library=title, files={7: title}),
    )
    html = rendered("\n".join(told))
    plain = " ".join(title.split())
    shown = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert f"<h1>{shown}</h1>" in html
    assert f'<strong>{shown}</strong>: <a href="https://forbes.test/x">{shown}</a>' in html
    assert f"<strong>{shown}</strong>: {shown}</li>" in html
    assert f"<li>{shown}: The Register</li>" in html
    assert "<a href" in html
    assert 'href="https://evil' not in html
    assert "<img" not in html
    assert "<code>" not in html
    assert "<em>" not in html
    assert "<table>" not in html
    assert html.count("<li>") == 5
    assert all("\n" not in line for line in told)


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://a.test/(x)_[y]*z*", "https://a.test/%28x%29_%5By%5D*z*"),
        ("https://a.test/?a=1&copy=2&amp;b=3&#38;", "https://a.test/?a=1&amp;copy=2&amp;amp;b=3&amp;#38;"),
        ("https://a.test/ä", "https://a.test/%C3%A4"),
    ],
)
def test_an_address_leads_where_it_did(url: str, href: str) -> None:
    html = rendered("\n".join(lines(other("Forbes", WHEN, url=url))))
    assert f'<a href="{href}">Forbes says</a>' in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.test/a b", "https://a.test/<x>", "file:///etc", ""])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert "- 16:53 **Forbes**: Forbes says" in lines(other("Forbes", WHEN, url=url))


def test_what_has_no_name_is_told_as_such() -> None:
    told = lines(other("X", WHEN, title="", provider="", outlet="", url=""), focus=replace(FOCUS, title=" "))
    assert told[0] == "# (no headline)"
    assert "- 16:53 **outlet not known**: (no headline)" in told


def test_json_says_all_that_the_coverage_does_and_more() -> None:
    coverage = Coverage(
        FOCUS,
        (
            other("Forbes", WHEN, copy=90, reason=Reason(Basis.SAME_TEXT, "Wire", timedelta(0), linked_by=1)),
            other("Wire", WHEN - timedelta(hours=1), copy=90, story=9),
            other("Later", NOW + timedelta(1), event=None),
            other("Day", date(2020, 2, 20)),
        ),
    )
    told = briefing_json(coverage, MAKING)
    was = export.coverage_json(coverage)
    assert {key: told[key] for key in was if key != "articles"} == {
        key: value for key, value in was.items() if key != "articles"
    }
    assert [{key: one[key] for key in old} for one, old in zip(told["articles"], was["articles"], strict=True)] == was[
        "articles"
    ]
    assert told["event"] == {
        "articles": 4,
        "outlets": 4,
        "independent": 3,
        "earliest": "https://wire.test/x",
        "first_day": "2020-02-20",
        "last_day": "2020-02-20",
    }
    assert (told["independent"], told["library"], told["made"]) == (3, "london", "2020-03-01T08:30:00+00:00")
    by_name = {one["provider"]: one for one in told["articles"]}
    assert [by_name[name]["timing"] for name in ("Wire", "Later", "Day")] == ["time", "future", "day"]
    assert [by_name[name]["copy"] for name in ("Wire", "Forbes", "Day")] == [1, 1, None]
    assert [by_name[name]["on_event"] for name in ("The Register", "Later")] == [True, False]
    assert [by_name[name]["file"] for name in ("The Register", "Wire", "Day")] == ["2020/police_flip.md", None, None]
    assert by_name["Forbes"]["why"] == "same text as Wire · linked"
    assert json.loads(json.dumps(told)) == told


def test_json_of_a_story_alone_without_a_time() -> None:
    told = briefing_json(Coverage(replace(FOCUS, published=None, event=None), ()), MAKING)
    assert (told["event"]["earliest"], told["event"]["first_day"], told["event"]["articles"]) == (None, None, 1)
    assert told["articles"][0]["timing"] == "missing"


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Police flip the switch: Smile!", "police-flip-the-switch-smile-briefing.md"),
        ("../../etc/passwd", "etc-passwd-briefing.md"),
        ("日本経済 ニュース", "日本経済-ニュース-briefing.md"),
        ("!!! …", "event-briefing.md"),
        ("", "event-briefing.md"),
        ("x" * 300, f"{'x' * 80}-briefing.md"),
        ("日本" * 40, f"{'日本' * 13}-briefing.md"),
    ],
)
def test_a_name_for_the_file(headline: str, name: str) -> None:
    assert briefing_name(headline) == name


def test_a_files_name_is_never_too_long() -> None:
    assert len(briefing_name("ein sehr langes Wörtchen " * 30).encode()) < 120


def test_files_of_a_coverage() -> None:
    coverage = Coverage(FOCUS, (other("A", story=8), other("B", story=9), other("C")))
    paths = {7: b"a/b.md", 8: b"odd\xff\x1b[1m.md"}
    told = files_of(coverage, paths.get)
    assert told[7] == "a/b.md"
    assert set(told) == {7, 8}
    assert "\x1b" not in told[8]


def test_a_library_is_named_by_its_folder_alone(tmp_path: Path) -> None:
    assert library_name(tmp_path / "news", is_sample=False) == "news"
    assert library_name(tmp_path, is_sample=True) == "sample"
