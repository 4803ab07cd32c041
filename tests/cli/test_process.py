"""The command as a process of its own: exit codes, pipes, and what strangers' files and odd arguments do to it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import copies
from examples import thinned
from reader.base.paths import config_file

if TYPE_CHECKING:
    from conftest import WriteStory

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = "\x1b]0;owned\x07\x1b[31m\u009b2J\u202eevil\r\x08\x7f"


def reader(
    *args: str | bytes | Path, environment: dict[str, str] | None = None, stdin: int = subprocess.DEVNULL
) -> subprocess.CompletedProcess[bytes]:
    """Run the command; its output is UTF-8 as in most people's terminals."""
    command = [sys.executable, "-m", "reader", *args]
    variables = {**os.environ, "PYTHONIOENCODING": "utf-8:strict", **(environment or {})}
    done = copies.run(command, stdin=stdin, env=variables, timeout=50)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """A story in a folder."""
    write_story(tmp_path / "news", "a.md", title="Lighthouse sold", url="https://coast.example/1", topics=["Sea"])
    return tmp_path / "news"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A story that holds control characters wherever a file can hold text."""
    bad = json.dumps(f"x {HOSTILE}")
    text = f"""---
title: {bad}
excerpt: {bad}
publishedDateTime: {bad}
type: {bad}
webUrl: {json.dumps("https://bad.example/" + HOSTILE)}
provider: {{name: {bad}, domain: {bad}}}
topics: [{bad}]
quality: {bad}
{bad}: {bad}
related:
  - {{title: {bad}, excerpt: {bad}, webUrl: {bad}, provider: {{name: {bad}}}, images: [{{url: {bad}, title: {bad}}}]}}
  - {{title: {bad}, webUrl: "https://web.example/1"}}
---
Body {HOSTILE}
"""
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "a.md").write_text(text, encoding="utf-8")
    (folder / "broken.md").write_text(f"---\ntitle: {HOSTILE}\n- [{HOSTILE}\n---\n", encoding="utf-8")
    (folder / "odd \x1b[31m\x07name.md").write_text("---\ntitle: Odd name\nquality: x\n---\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "args",
    thinned([
        ("list", "."), ("list", ".", "--json"), ("list", ".", "--paths"), ("show", "a.md"), ("show", "a.md", "--json"),
        ("show", "a.md", "--markdown"), ("coverage", "a.md"), ("coverage", "a.md", "--json"),
        ("coverage", "a.md", "--markdown"), ("topics", "."), ("topics", ".", "--json"), ("check", "."),
    ], every=2),
)  # fmt: skip
def test_no_file_controls_the_terminal(hostile: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]) -> None:
    monkeypatch.chdir(hostile)
    done = reader(*args)
    assert done.returncode == (1 if args[0] == "check" else 0)
    assert done.stdout
    for output in (done.stdout, done.stderr):
        assert not CONTROLS.search(output.decode())


def test_the_name_of_a_file_cannot_control_the_terminal_through_json(news: Path) -> None:
    named = news / "b\u009b31m\u202e.md"
    (news / "a.md").rename(named)
    assert not CONTROLS.search(reader("show", named, "--json").stdout.decode())


def test_the_exit_code_tells_finding_nothing_from_wrong_usage(news: Path) -> None:
    assert reader("list", news).returncode == 0
    assert reader("list", news, "unfindable").returncode == 1
    assert reader("list", news / "missing").returncode == 2
    assert reader("list", "--sort", "sideways").returncode == 2
    assert reader("--version").returncode == 0


def test_errors_are_one_line_on_standard_error(news: Path) -> None:
    done = reader("show", "https://gone.example/", "--library", news)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)


@pytest.mark.parametrize("args", [(), ("-q", "x")])
def test_the_screen_without_a_terminal_is_code_2(news: Path, args: tuple[str, ...]) -> None:
    done = reader(news, *args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"needs a terminal" in done.stderr
    assert reader(news, *args, environment={"TERM": "dumb"}).returncode == 2


def read_one_line(news: Path, write_story: WriteStory) -> tuple[int, bytes]:
    """List more than a pipe can hold, and go away after the first line, as `head -1` does."""
    for number in range(60):
        write_story(news, f"{number}.md", excerpt="Wave after wave. " * 250)
    command = [sys.executable, "-m", "reader", "list", str(news), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        error = process.stderr.read()
    return process.returncode, error


def test_a_reader_that_goes_away_ends_the_command_without_a_word(news: Path, write_story: WriteStory) -> None:
    assert read_one_line(news, write_story)[1] == b""


def test_a_reader_that_goes_away_ends_the_command_as_it_ends_others(news: Path, write_story: WriteStory) -> None:
    assert read_one_line(news, write_story)[0] in (0, -signal.SIGPIPE)


def test_the_sample_is_read_by_default() -> None:
    done = reader("list", "--json", "--limit", "3")
    assert done.returncode == 0
    assert all(json.loads(line)["title"] for line in done.stdout.splitlines())
    assert reader("check").returncode == 0


def test_names_that_are_not_utf8_are_listed(news: Path) -> None:
    try:
        (news / "a.md").rename(news / os.fsdecode(b"caf\xe9.md"))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    for args in (("list", news), ("list", news, "--paths"), ("list", news, "--json"), ("check", news)):
        assert reader(*args).returncode == 0
    for option in ((), ("--markdown",)):
        assert reader("show", bytes(news) + b"/caf\xe9.md", *option).returncode == 0


def test_a_story_whose_name_is_not_utf8_is_shown_as_json(news: Path) -> None:
    try:
        (news / "a.md").rename(news / os.fsdecode(b"caf\xe9.md"))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    done = reader("show", bytes(news) + b"/caf\xe9.md", "--json")
    assert json.loads(done.stdout)["title"] == "Lighthouse sold"


def test_a_library_whose_name_is_not_utf8_is_told_by_config() -> None:
    assert reader("config", environment={"READER_LIBRARY": os.fsdecode(b"/caf\xe9")}).returncode == 0


def test_a_query_that_is_not_utf8_finds_nothing(news: Path) -> None:
    assert reader("list", news, b"topic:caf\xe9").returncode == 1


@pytest.mark.parametrize("args", [("list", "~no-such-user"), ("topics", "~no-such-user"), ("~no-such-user/news",)])
def test_the_home_of_an_unknown_user_is_a_missing_folder(args: tuple[str, ...]) -> None:
    assert reader(*args).returncode == 2


def test_a_long_text_is_a_query_and_no_file(news: Path) -> None:
    environment = {"READER_LIBRARY": str(news)}
    assert reader("list", "lighthouse sold " * 30, environment=environment).returncode == 0


def test_a_very_long_story_name_is_an_unknown_story(news: Path) -> None:
    assert reader("show", "x" * 300, "--library", news).returncode == 1
    assert reader("show", "x" * 300).returncode == 1


def test_an_empty_argument_is_as_none(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news)
    environment = {"READER_LIBRARY": str(news)}
    assert reader("list", "", environment=environment).stdout == reader("list", news).stdout
    assert reader("show", "", environment=environment).returncode == 1


@pytest.mark.parametrize("command", thinned(["list", "show", "coverage"], every=3))
@pytest.mark.parametrize(
    ("published", "zone"), [("0001-01-01T00:00:00Z", "America/New_York"), ("9999-12-31T23:59:59Z", "Asia/Tokyo")]
)
def test_the_first_and_the_last_time_are_shown_in_every_zone(
    tmp_path: Path, write_story: WriteStory, command: str, published: str, zone: str
) -> None:
    file = write_story(tmp_path, "a.md", title="Never dated", published=published)
    done = reader(command, tmp_path if command == "list" else file, environment={"TZ": zone})
    assert done.returncode == 0
    assert b"Never dated" in done.stdout


def test_times_are_told_in_the_zone_of_the_reader(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path, "a.md", published="2021-01-01T23:30:00Z")
    assert reader("list", tmp_path, environment={"TZ": "Asia/Tokyo"}).stdout.startswith(b"2021-01-02 08:30")


def test_a_configuration_that_is_no_toml_is_code_2() -> None:
    config_file().parent.mkdir(parents=True)
    for data in (b"library = ", b"\xff\xfe", b"library = 3", b'theme = ["x"]'):
        config_file().write_bytes(data)
        done = reader("config")
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"reader: ")


@pytest.mark.long
def test_all_real_stories_are_read(shared: Path) -> None:
    checked = reader("check", shared / "corpus")
    assert checked.returncode == 0
    assert re.search(rb"\b0 errors\b", checked.stderr)
    listed = reader("list", shared / "corpus", "--json")
    stories = [json.loads(line) for line in listed.stdout.decode().split("\n")[:-1]]
    assert len(stories) == 1094
    assert len({story["path"] for story in stories}) == 1094
    assert all(story["title"] and story["provider"] and story["published"] for story in stories)
