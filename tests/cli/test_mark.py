"""`reader mark`: which stories it marks, what it says, and that a trial marks nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from reader.base.paths import marks_file
from reader.cli.main import cli

if TYPE_CHECKING:
    from conftest import WriteStory


def run(*args: str) -> Result:
    """Run a command in this process; what fails otherwise than by its code is raised."""
    result = CliRunner().invoke(cli, list(args))
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def found(news: Path, query: str) -> list[str]:
    """The headlines of the stories that answer a query."""
    return [line.rpartition(": ")[2] for line in run("list", str(news), query).stdout.splitlines()]


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Three stories with links of their own."""
    for day, title in enumerate(("Kite", "Rain", "Storm"), start=1):
        url = f"https://x.example/{day}"
        write_story(tmp_path / "news", f"{day}.md", title=title, published=f"2021-05-0{day}T08:00:00Z", url=url)
    return tmp_path / "news"


@pytest.mark.parametrize(
    "command", [["list", "{news}"], ["mark", "{news}", "kite", "--star"], ["marks", "export", "-"]], ids=" ".join
)
def test_whoever_mends_damaged_marks_says_what_became_of_them(news: Path, command: list[str]) -> None:
    run("mark", str(news), "kite", "--read")
    marks_file().write_bytes(b"no marks")
    command = [word.format(news=news) for word in command]
    assert "reader: the marks were damaged" in (told := run(*command).stderr)
    assert str(next(marks_file().parent.glob("*.damaged-*"))) in told
    assert "damaged" not in run(*command).stderr


def test_it_marks_what_answers_the_query(news: Path) -> None:
    outcome = run("mark", str(news), "kite", "OR", "rain", "--read", "--star", "--tag", "weather")
    assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (0, "", "2 stories of 2 marked\n")
    assert found(news, "is:unread") == ["Storm"]
    assert found(news, "is:starred tag:weather") == ["Rain", "Kite"]
    assert run("mark", str(news), "kite", "--read").stderr == "0 stories of 1 marked\n"


def test_two_files_of_one_article_are_two_stories_marked(news: Path) -> None:
    (news / "again.md").write_bytes((news / "1.md").read_bytes())
    for option in ("--tag=a", "--read"):
        assert run("mark", str(news), "kite", option).stderr == "2 stories of 2 marked\n"


def test_it_takes_marks_off(news: Path) -> None:
    run("mark", str(news), "kite", "--read", "--star", "--later", "--tag", "weather")
    assert found(news, "is:later") == ["Kite"]
    run("mark", str(news), "is:later", "--unread", "--unstar", "--not-later", "--untag", "weather")
    for query in ("is:later", "is:read", "is:starred", "tag:weather"):
        assert found(news, query) == []


def test_a_trial_prints_and_marks_nothing(news: Path) -> None:
    outcome = run("mark", str(news), "storm", "--read", "--dry-run")
    assert (outcome.exit_code, outcome.stdout.strip()) == (0, "2021-05-03 08:00  x.example: Storm")
    assert found(news, "is:read") == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--read",), 2, "say which stories"),
        (("kite",), 2, "say what to set"),
        (("nothing-like-it", "--read"), 1, "no story found"),
        (("foo:bar", "--read"), 2, "foo"),
        (("tag:", "--read"), 2, "query, character 1: tag lacks its value"),
        (("kite", "topic:", "--read"), 2, "query, character 6: topic lacks its value"),
        (("()", "--read"), 2, "query, character 1: nothing is asked for in this bracket"),
        (("kite", "--star", "--unstar"), 2, "--star and --unstar say different things: give one of them"),
        (("kite", "--not-later", "--later"), 2, "--later and --not-later say different things"),
        (("kite", "--read", "--tag", "a", "--untag", "a"), 2, "--tag a and --untag a say different things"),
        (("...", "--read"), 2, "query, character 1: nothing is asked for"),
        (("is:unread", '" "', "--read"), 2, "query, character 11: no word stands between these quotation marks"),
        (("Topic:", "London", "--read"), 2, 'in quotation marks, "topic:", it is a word'),
        (("sort:date", "--read"), 2, "say which stories"),
    ],
)
def test_what_is_missing_is_said(news: Path, words: tuple[str, ...], code: int, told: str) -> None:
    outcome = run("mark", str(news), *words)
    assert outcome.exit_code == code
    assert told in outcome.stderr
    assert found(news, "is:read") == []
