"""The commands: what they print, where they print it, and with which code they end."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from cli.commands import lines, objects, run
from reader.base.paths import cache_folder, config_file, marks_file, sample_folder
from reader.cli.main import cli
from reader.library.marks.marks import MarkKind, Marks

if TYPE_CHECKING:
    from conftest import WriteStory

pytestmark = pytest.mark.versions


def test_list_prints_a_story_a_line_newest_first(news: Path) -> None:
    outcome = run("list", str(news))
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert lines(outcome) == [
        "2021-05-07        Daily Rain: Rain ends kite festival",
        "2021-05-06 07:08  The Bay: Kite festival opens",
        "no date           A plain note",
    ]


def test_list_as_json_prints_an_object_a_line_with_every_key(news: Path) -> None:
    rain, kite, plain = objects(run("list", str(news), "--json"))
    assert kite == {
        "path": "kite.md",
        "title": "Kite festival opens",
        "excerpt": "Hundreds of kites.",
        "provider": "The Bay",
        "published": "2021-05-06T07:08:00+00:00",
        "type": "",
        "topics": ["Wind", "Bay Area"],
        "quality": 10,
        "url": "https://bay.example/kite",
        "outlets": 2,
        "articles": 2,
        "linked": 1,
        "alike": 0,
    }
    assert (rain["path"], rain["published"], rain["articles"]) == ("in/rain.md", "2021-05-07", 1)
    assert (plain["published"], plain["quality"], plain["url"], plain["topics"]) == (None, None, None, [])
    assert set(rain) == set(kite) == set(plain)


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ((), ["in/rain.md", "kite.md", "plain.md"]),
        (("--sort", "oldest"), ["kite.md", "in/rain.md", "plain.md"]),
        (("--sort", "quality"), ["in/rain.md", "kite.md", "plain.md"]),
        (("--sort", "covered"), ["kite.md", "in/rain.md", "plain.md"]),
        (("--sort", "provider"), ["in/rain.md", "kite.md", "plain.md"]),
        (("--limit", "1"), ["in/rain.md"]),
        (("--limit", "99"), ["in/rain.md", "kite.md", "plain.md"]),
        (("kite",), ["in/rain.md", "kite.md"]),
        (("kite", "opens"), ["kite.md"]),
        (("kite opens",), ["kite.md"]),
        (("topic:rain",), ["in/rain.md"]),
        (('topic:"bay area"',), ["kite.md"]),
        (("coverage:weekly",), ["kite.md"]),
        (("--limit", "1", "kite", "--sort", "oldest"), ["kite.md"]),
        (("--", "-opens"), ["in/rain.md", "plain.md"]),
        (("opens OR topic:rain",), ["in/rain.md", "kite.md"]),
        (("quality:>=0 sort:quality",), ["kite.md", "in/rain.md"]),
        (("age:>1m",), ["in/rain.md", "kite.md"]),
    ],
)
def test_list_sorts_limits_and_finds(news: Path, options: Sequence[str], paths: list[str]) -> None:
    outcome = run("list", str(news), "--paths", *options)
    assert (outcome.exit_code, lines(outcome)) == (0, paths)


@pytest.mark.parametrize("headline", ["Topic: kite", "Kite, OR", "kite - NOT"])
@pytest.mark.parametrize("command", ["list", "events"])
def test_a_copied_headline_is_a_query_of_what_only_prints(news: Path, command: str, headline: str) -> None:
    outcome, of_word = run(command, str(news), headline), run(command, str(news), "kite")
    assert (outcome.exit_code, outcome.stdout) == (0, of_word.stdout)


def test_a_copied_headline_is_a_query_of_the_screen() -> None:
    assert run("-q", "Topic: kite").stderr.startswith("reader: the screen needs a terminal")  # the query is not wrong


@pytest.mark.parametrize("args", [("list", "NEWS", "kite is:gone"), ("-q", "kite is:gone")])
def test_a_wrong_query_is_told_with_its_place_and_code_2(news: Path, args: Sequence[str]) -> None:
    outcome = run(*(str(news) if arg == "NEWS" else arg for arg in args))
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("reader: query, character 9: is needs one of unread, read")


def test_list_without_a_folder_takes_its_first_word_as_part_of_the_query(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_LIBRARY", str(news))
    assert lines(run("list", "--paths", "kite", "opens")) == ["kite.md"]
    assert lines(run("list", "--paths", "topic:rain")) == ["in/rain.md"]
    monkeypatch.chdir(news.parent)
    assert lines(run("list", "--paths", "news", "opens")) == ["kite.md"]


def test_nothing_found_is_told_on_standard_error_with_code_1(news: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for args in (
        ("list", str(news), "unfindable"),
        ("list", str(tmp_path / "empty")),
        ("topics", str(tmp_path / "empty")),
    ):
        outcome = run(*args)
        assert (outcome.exit_code, outcome.stdout) == (1, "")
        assert re.fullmatch(r"reader: no \w+ found\n", outcome.stderr)


@pytest.mark.parametrize("place", ["news/kite.md", "kite.md", "https://www.bay.example/kite/?utm_source=x"])
def test_show_prints_a_story_with_its_coverage(news: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.chdir(news.parent)
    outcome = run("show", place, "--library", str(news))
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    for words in (
        "Kite festival opens",
        "The Bay",
        "Wind · Bay Area",
        "Hundreds of kites.",
        "https://bay.example/kite",
    ):
        assert words in outcome.stdout
    assert "2 outlets, 1 linked, earliest known The Bay" in lines(outcome)
    assert any("⌂" in line and "Rain ends kite festival" in line for line in lines(outcome))
    assert any("↗" in line and "Kites over the bay" in line for line in lines(outcome))


def test_show_takes_the_files_own_folder_for_the_library(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "0 linked" not in run("show", str(news / "kite.md")).stdout
    in_its_folder = json.loads(run("coverage", str(news / "in/rain.md"), "--json").stdout)
    monkeypatch.setenv("READER_LIBRARY", str(news))
    in_the_library = json.loads(run("coverage", str(news / "in/rain.md"), "--json").stdout)
    local = [[one["title"] for one in told["articles"] if one["is_local"]] for told in (in_its_folder, in_the_library)]
    assert local == [["Rain ends kite festival"], ["Kite festival opens", "Rain ends kite festival"]]


def test_show_as_json_tells_all_of_the_file(news: Path) -> None:
    told = json.loads(run("show", str(news / "in/rain.md"), "--library", str(news), "--json").stdout)
    assert told["path"] == str(news / "in/rain.md")
    assert (told["title"], told["body"], told["quality"]) == ("Rain ends kite festival", "It *rained*.", 90)
    assert told["related"][0]["url"] == "https://www.bay.example/kite/"
    assert told["coverage"]["outlets"] == 2
    assert {"links", "topics", "provider", "flaws", "extra", "published", "key", "images"} <= set(told)


def test_show_and_coverage_as_markdown(news: Path) -> None:
    shown = run("show", str(news / "in/rain.md"), "--library", str(news), "--markdown")
    assert lines(shown)[0] == "# Rain ends kite festival"
    assert "It *rained*." in lines(shown)
    assert "<https://rain.example/1>" in lines(shown)
    coverage = run("coverage", str(news / "kite.md"), "--markdown")
    assert "[Kites over the bay](https://web.example/kites)" in coverage.stdout
    assert coverage.stdout.splitlines()[-1].startswith("- ")


def test_coverage_goes_by_time_and_tells_who_was_first(news: Path) -> None:
    told = json.loads(run("coverage", str(news / "kite.md"), "--json").stdout)
    assert (told["title"], told["outlets"], told["earliest"]) == ("Kite festival opens", 2, "https://bay.example/kite")
    assert [(one["provider"], one["offset_seconds"], one["is_this_story"]) for one in told["articles"]] == [
        ("Web Weekly", None, False),
        ("The Bay", 0, True),
        ("Daily Rain", None, False),
    ]
    assert [one["relation"] for one in told["articles"]] == ["linked", "event", "event"]
    assert len(lines(run("coverage", str(news / "kite.md")))) == 11


@pytest.mark.parametrize("command", ["show", "coverage"])
def test_what_is_alike_is_hidden_where_the_configuration_says_so(command: str) -> None:
    edsurge = next(one for one in objects(run("list", "--json", "universities")) if one["provider"] == "EdSurge")
    story = str(sample_folder() / edsurge["path"])
    assert edsurge["alike"] > 1
    assert "alike, found by their words" in run(command, story).stdout
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text("found_coverage = false\n")
    for options in ((), ("--markdown",), ("--json",)):
        assert "alike, found" not in run(command, story, *options).stdout.lower()
    told = json.loads(run(command, story, "--json").stdout)
    whole = told.get("coverage", told)
    assert whole["alike"] == 0
    assert {article["relation"] for article in whole["articles"]} == {"event", "linked"}


@pytest.mark.parametrize("command", ["show", "coverage"])
def test_an_unknown_story_is_code_1_on_standard_error(news: Path, command: str) -> None:
    for name in ("gone.md", str(news / "gone.md"), "https://gone.example/"):
        outcome = run(command, name, "--library", str(news))
        assert (outcome.exit_code, outcome.stdout) == (1, "")
        assert outcome.stderr.startswith("reader: no story ")


@pytest.mark.parametrize("command", ["show", "coverage"])
def test_a_file_that_could_not_be_read_is_told_with_the_reason(news: Path, command: str) -> None:
    (news / "in" / "bad.md").write_text("---\ntitle: a\n  b: [\n---\n", encoding="utf-8")
    outcome = run(command, str(news / "in" / "bad.md"), "--library", str(news))
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("reader: this file could not be read: in/bad.md:")
    assert (
        outcome.stderr.strip().removeprefix("reader: this file could not be read: ") in run("check", str(news)).stdout
    )


def test_the_sample_answers_for_no_other_library_in_silence(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "no library is named: looked for in the sample"
    outcome = run("show", "https://bay.example/kite")
    assert outcome.exit_code == 1
    assert told in outcome.stderr
    assert told not in run("show", "https://bay.example/kite", "--library", str(news)).stderr
    assert told not in run("show", str(news / "kite.md")).stderr
    monkeypatch.setenv("READER_LIBRARY", str(news))
    outcome = run("show", "https://bay.example/kite")
    assert (outcome.exit_code, outcome.stderr) == (0, "")


def test_topics_come_with_their_counts(news: Path) -> None:
    assert [line.split(maxsplit=1) for line in lines(run("topics", str(news)))] == [
        ["2", "Wind"],
        ["1", "Bay Area"],
        ["1", "Rain"],
    ]
    assert objects(run("topics", str(news), "--json"))[1] == {"topic": "Bay Area", "stories": 1}


def test_topics_count_no_story_that_is_hidden(news: Path) -> None:
    run("mark", str(news), 'topic:"bay area"', "--tag", "hidden")
    for told in lines(run("topics", str(news))):
        count, topic = told.split(maxsplit=1)
        assert int(count) == len(lines(run("list", str(news), f'topic:"{topic}"')))
        assert topic != "Bay Area"


def test_check_tells_errors_with_file_and_line_and_code_1(news: Path) -> None:
    (news / "broken.md").write_text("---\ntitle: fine\ntopics: [open\n---\n", encoding="utf-8")
    outcome = run("check", str(news))
    assert outcome.exit_code == 1
    assert re.fullmatch(r"broken\.md:[34]: .+", lines(outcome)[0])
    assert outcome.stderr == "3 stories read; 1 error, 0 notes\n"


def test_check_with_notes_alone_is_code_0(news: Path, write_story: WriteStory) -> None:
    write_story(news, "odd.md", published="some day")
    outcome = run("check", str(news))
    assert outcome.exit_code == 0
    assert re.fullmatch(r"odd\.md:3: note: .+“some day”", lines(outcome)[0])
    assert outcome.stderr == "4 stories read; 0 errors, 1 note\n"


def test_check_of_a_clean_library_prints_nothing(news: Path) -> None:
    outcome = run("check", str(news))
    assert (outcome.exit_code, outcome.stdout) == (0, "")


def test_an_index_that_cannot_be_kept_is_told_and_the_command_works(news: Path) -> None:
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    cache_folder().write_text("in the way", encoding="utf-8")
    outcome = run("list", str(news), "--paths")
    assert (outcome.exit_code, len(lines(outcome))) == (0, 3)
    assert outcome.stderr.startswith("reader: the index is kept in memory only")


def _marked(*keys: str) -> None:
    with Marks(marks_file(), lambda: datetime(2026, 3, 2, tzinfo=UTC)) as marks:
        marks.set(keys, MarkKind.READ, True)
        marks.set(keys[:1], MarkKind.WATCHED, True, "storm")


def test_a_list_knows_the_marks(tmp_path: Path, write_story: WriteStory) -> None:
    for name, title in zip("abc", ("Harbour closes", "Mayor resigns", "Bees return"), strict=True):
        when = f"2024-01-0{ord(name) - 96}T10:00:00Z"
        write_story(tmp_path, f"{name}.md", title=title, published=when, url=f"https://x.test/{name}")
    assert run("list", str(tmp_path), "is:read").exit_code == 1
    assert not marks_file().exists()
    _marked("https://x.test/a", "https://x.test/c")
    assert run("list", str(tmp_path), "is:read", "--paths").stdout.split() == ["c.md", "a.md"]
    assert run("list", str(tmp_path), "is:unread", "--paths").stdout.split() == ["b.md"]
    assert run("list", str(tmp_path), "is:watched", "--paths", "--limit", "5").stdout.split() == ["a.md"]


def test_marks_are_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _marked("https://x.test/a", "https://x.test/c")
    file = tmp_path / "marks.json"
    assert "3 marks written to" in run("marks", "export", str(file)).stderr
    assert json.loads(run("marks", "export", "-").stdout) == json.loads(file.read_text())
    again = run("marks", "export", str(file))
    assert (again.exit_code, "there is a file of this name" in again.stderr) == (2, True)
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "elsewhere"))
    assert run("marks", "import", str(file)).stderr == "3 marks changed\n"
    assert run("marks", "import", str(file)).stderr == "0 marks changed\n"
    with Marks(marks_file(), lambda: datetime(2026, 3, 2, tzinfo=UTC)) as marks:
        assert marks.keys(MarkKind.READ) == {"https://x.test/a", "https://x.test/c"}
    file.write_text("no JSON")
    wrong = run("marks", "import", str(file))
    assert (wrong.exit_code, "not JSON" in wrong.stderr) == (2, True)
    missing = run("marks", "import", str(tmp_path / "none.json"))
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (2, True)


def test_marks_come_in_by_standard_input() -> None:
    told = {"format": "story-reader marks", "version": 1, "marks": []}
    assert CliRunner().invoke(cli, ["marks", "import", "-"], input=json.dumps(told)).exit_code == 0
    wrong = CliRunner().invoke(cli, ["marks", "import", "-"], input="{")
    assert (wrong.exit_code, "standard input: not JSON" in wrong.stderr) == (2, True)
    assert not marks_file().exists()


def test_an_index_that_is_built_again_leaves_no_copy(news: Path) -> None:
    run("index", str(news))
    (index,) = cache_folder().rglob("*.sqlite3")
    outcome = run("index", str(news), "--rebuild")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert {path.name for path in index.parent.iterdir()} <= {index.name, f"{index.name}.lock"}


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("list", "NEWS", "--json", "--paths"), "--json and --paths"),
        (("show", "kite.md", "--library", "NEWS", "--json", "--markdown"), "--json and --markdown"),
        (("coverage", "kite.md", "--library", "NEWS", "--markdown", "--json"), "--json and --markdown"),
    ],
)
def test_of_two_ways_to_print_one_is_to_be_said(news: Path, args: tuple[str, ...], told: str) -> None:
    outcome = run(*(str(news) if word == "NEWS" else word for word in args))
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr == f"reader: {told} say different things: give one of them\n"


@pytest.fixture
def flood(tmp_path: Path, write_story: WriteStory) -> Path:
    """A library with two stories on one event, the second of them a day later."""
    for day, outlet in ((1, "one"), (2, "two")):
        write_story(
            tmp_path / "flood", f"{outlet}.md", title="Drimness bridge closes after the flood", provider=outlet,
            published=f"2024-05-0{day}T09:00:00Z", url=f"https://{outlet}.example/1",
        )  # fmt: skip
    return tmp_path / "flood"


def test_an_event_is_printed_with_its_days(flood: Path) -> None:
    (line,) = lines(run("events", str(flood)))
    assert line.split("  ")[:2] == ["2024-05-01 to 2024-05-02", "2 outlets"]


def test_the_days_of_an_event_are_those_of_one_s_own_zone(flood: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")  # 14 hours ahead
    time.tzset()
    assert lines(run("events", str(flood)))[0].startswith("2024-05-01 to 2024-05-02")
    monkeypatch.setenv("TZ", "Pacific/Niue")
    time.tzset()
    assert lines(run("events", str(flood)))[0].startswith("2024-04-30 to 2024-05-01")


def test_an_event_of_which_all_is_hidden_is_not_printed(flood: Path) -> None:
    run("mark", str(flood), "drimness", "--tag", "hidden")
    assert run("events", str(flood)).exit_code == 1
    assert len(lines(run("events", str(flood), "is:hidden"))) == 1
