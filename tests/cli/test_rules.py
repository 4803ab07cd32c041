"""Rules: what is done to stories as they come in, and to those that are there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feed_files import item, rss
from reader.base.errors import IndexBusyError
from reader.base.paths import config_file, marks_file
from reader.cli.main import cli
from reader.cli.printing import now
from reader.library.library import Library
from reader.library.marks.marks import Marks
from web import Web

RULES = """
[[rules]]
when = "title:sponsored"
then = "hide"

[[rules]]
when = "title:storm is:unread"
then = ["star", "tag:sea"]
"""


def run(*args: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == code, result.output
    return result


def titles(*query: str, code: int = 0) -> set[str]:
    return {line.rpartition(": ")[2] for line in run("list", *query, code=code).stdout.splitlines()}


def configure(text: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text)


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: Web) -> Path:
    """A library with a feed of three entries that were not fetched yet."""
    folder = tmp_path / "news"
    folder.mkdir()
    monkeypatch.setenv("READER_LIBRARY", str(folder))
    entries = [item(1, title="Sponsored ferry"), item(2, title="Storm at sea"), item(3, title="Quiet day")]
    web.serve("/feed", rss(*entries, title="Post"))
    run("feeds", "add", "--unseen", f"{web.url}/feed")
    return folder


def test_rules_hold_for_what_comes_in(news: Path) -> None:
    configure(RULES)
    assert run("fetch").stderr == "1 feed asked: 3 new stories (1 hidden by rules)\n"
    assert titles() == {"Storm at sea", "Quiet day"}
    assert titles("is:hidden") == titles("is:hidden is:read") == {"Sponsored ferry"}
    assert titles("is:starred tag:sea") == {"Storm at sea"}
    run("mark", "is:hidden", "--untag", "hidden")
    assert "Sponsored ferry" in titles()
    run("fetch")
    assert "Sponsored ferry" in titles(), "a rule holds once, for what is new"


def test_a_fetch_that_mends_the_marks_says_so(news: Path) -> None:
    configure(RULES)
    marks_file().write_bytes(b"no marks")
    assert "reader: the marks were damaged" in run("fetch").stderr
    assert titles("is:starred") == {"Storm at sea"}


def test_a_fetch_says_that_rules_wait(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(RULES)

    def is_held(*_: object, **__: object) -> None:
        raise IndexBusyError("another program holds the index")

    with monkeypatch.context() as patched:
        patched.setattr(Library, "sync", is_held)
        held = run("fetch", "--quiet", code=1).stderr
    assert held == "reader: 3 new stories wait for the rules: another program holds the index\n"
    assert run("fetch", "--quiet").stderr == ""
    assert titles("is:starred") == {"Storm at sea"}


def test_they_are_not_what_a_person_takes_back(news: Path) -> None:
    configure(RULES)
    run("fetch")
    with Marks(marks_file(), now) as marks:
        assert marks.undo() is None


def test_rules_hold_for_what_is_there_when_they_are_asked_to(news: Path) -> None:
    run("fetch")
    assert "no [[rules]]" in run("rules", "apply", code=1).stderr
    configure(RULES)
    told = run("rules", "apply", "--dry-run").stdout.splitlines()
    assert told[0] == "title:sponsored -> hide: 1 story"
    assert told[1].endswith("Post: Sponsored ferry")
    assert told[2] == "title:storm is:unread -> star, tag:sea: 1 story"
    assert len(titles()) == 3
    assert len(run("rules", "apply").stdout.splitlines()) == 2
    assert titles() == {"Storm at sea", "Quiet day"}


def test_a_command_gets_each_story_and_what_fails_is_told(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write = f"import sys; open({str(out)!r}, 'a').write(sys.argv[1] + chr(10))"
    command = [sys.executable, "-c", write, "{title}"]
    failing = ["false", "{title}"]
    configure(f"[[rules]]\nwhen = 'title:storm,quiet'\nrun = {command}\n[[rules]]\nwhen = 'ferry'\nrun = {failing}\n")
    told = run("fetch", "--quiet", code=1).stderr
    assert told == "reader: ferry -> run false {title}: false ended with code 1\n"
    assert sorted(out.read_text().splitlines()) == ["Quiet day", "Storm at sea"]
    run("rules", "apply")
    assert len(out.read_text().splitlines()) == 2
    run("rules", "apply", "--run", code=1)
    assert len(out.read_text().splitlines()) == 4


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("when = 'topcs:ai'\nthen = 'read'", "config.toml:2: .*topic"),
        ("then = 'read'", "config.toml:1: a rule needs a query"),
        ("when = 'topic:'\nthen = 'hide'", "config.toml:2: query, character 1: topic lacks its value"),
        ("when = 'a ()'\nthen = 'hide'", "config.toml:2: query, character 3: nothing is asked for in this bracket"),
        ("when = 'sort:date'\nthen = 'hide'", "config.toml:2: a rule needs a query that says which stories"),
        ("when = 'a'", "config.toml:1: a rule needs to do something"),
        ("when = 'a'\nthen = 'reed'", "config.toml:3: then must be any of .*did you mean read"),
        ("when = 'a'\nthen = 'tag:'", "config.toml:3: then must be any of"),
        ("when = 'a'\nthen = 5", "config.toml:3: then must be any of"),
        ("when = 'a'\nrun = 'rm'", "config.toml:3: run must be a list"),
        ("when = 'a'\nthem = 'read'", "config.toml:3: unknown key 'them'.*then"),
    ],
)
def test_a_wrong_rule_is_told_with_its_place(news: Path, rule: str, told: str) -> None:
    configure(f"[[rules]]\n{rule}\n")
    assert_told(run("list", code=2), told)


def assert_told(result: Result, pattern: str) -> None:

    assert re.search(pattern, result.output), result.output


def test_an_article_that_lies_elsewhere_in_the_library_gets_no_second_file(news: Path) -> None:
    mine = news / "mine.md"
    mine.write_text("---\ntitle: My storm\nwebUrl: https://www.news.test/story/2?utm_source=x\n---\nMy words.\n")
    before = mine.read_bytes()
    run("fetch")
    assert titles() == {"My storm", "Sponsored ferry", "Quiet day"}
    assert mine.read_bytes() == before
    run("fetch")
    mine.unlink()
    run("fetch")
    assert titles() == {"Sponsored ferry", "Quiet day"}, "what the person deletes stays away"
