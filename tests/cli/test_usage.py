"""How the command is used: its help, its configuration, what is wrong use, and which library it takes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.commands import lines, run
from reader import __version__
from reader.base.paths import cache_folder, config_file, sample_folder, views_file
from reader.settings.commented import commented

if TYPE_CHECKING:
    pass


pytestmark = pytest.mark.versions


def test_keys_are_told_with_their_names() -> None:
    outcome = run("keys")
    assert outcome.exit_code == 0
    for name in ("story.open", "list.search", "coverage.focus", "app.quit", "move.next"):
        assert name in outcome.stdout


def test_config_tells_places_and_where_the_library_comes_from(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("config").stdout
    assert str(config_file()) in told
    assert "not there" in told
    assert str(cache_folder() / "index") in told
    assert f"{sample_folder()}  (the sample)" in told
    config_file().parent.mkdir(parents=True)
    config_file().write_text(f'library = "{news}"\ntheme = "reader-light"\n', encoding="utf-8")
    told = run("config").stdout
    assert f"{news}  (configuration)" in told
    assert "reader-light" in told
    monkeypatch.setenv("READER_LIBRARY", str(news / "in"))
    assert f"{news / 'in'}  ($READER_LIBRARY)" in run("config").stdout


def test_config_writes_a_file_once_and_prints_it() -> None:
    outcome = run("config", "--print")
    assert (outcome.exit_code, config_file().exists()) == (0, False)
    assert outcome.stdout == commented()
    outcome = run("config", "--init")
    assert (outcome.exit_code, outcome.stdout) == (0, f"written: {config_file()}\n")
    assert config_file().read_text(encoding="utf-8") == commented()
    outcome = run("config", "--init")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "is there already, and stays as it is" in outcome.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Unraed", "config.toml:2: there is no view of this name; did you mean Unread?"),
        ("Sea", "config.toml:2: “Sea” cannot be listed: query, character 4: is needs one of"),
    ],
)
def test_config_tells_of_a_start_view_that_is_unknown_or_cannot_be_listed(name: str, told: str) -> None:
    config_file().parent.mkdir(parents=True)
    saved = {"views": [{"name": "Sea", "query": "is:wet"}, {"name": "Sky", "query": "sky"}]}
    views_file().parent.mkdir(parents=True)
    views_file().write_text(json.dumps(saved), encoding="utf-8")
    for start, code in ((name, 2), ("sky", 0)):
        config_file().write_text(f'theme = "reader-light"\nstart_view = "{start}"\n', encoding="utf-8")
        outcome = run("config")
        assert (outcome.exit_code, told in outcome.stderr) == (code, bool(code)), outcome.stderr


def test_config_tells_what_is_in_force_and_what_is_wrong() -> None:
    config_file().parent.mkdir(parents=True)
    text = 'preset = "newsboat"\nfetch_every = "2h"\nfound_coverage = false\noutlets = ["a.org", "b.org"]\n'
    text += '[keys]\nstory.zen = "f2"\n[[views]]\nname = "Lon\\u001bdon"\n'
    config_file().write_text(text, encoding="utf-8")
    told = lines(run("config"))
    for name, words in (
        ("preset", "newsboat"),
        ("keys", "1 of your own"),
        ("views", "Lon␛don"),
        ("fetch_every", "120 min"),
        ("found_coverage", "false"),
        ("outlets", "a.org, b.org"),
        ("density", "(auto)"),
        ("own_hosts", "(none)"),
    ):
        assert f"{name:<17}  {words}" in told
    assert re.search(r"^  N +story\.read ", run("keys").stdout, re.MULTILINE)
    assert re.search(r"^  f2 +story\.zen ", run("keys").stdout, re.MULTILINE)
    assert re.search(r"^  gg Home +move\.first ", run("keys", "--preset", "eilmeldung").stdout, re.MULTILINE)
    for more, words in (
        ('[[themes]]\nname = "a"\nprimary = "blu"\n', ":11: primary: 'blu' is no colour; did you mean blue?"),
        ('[[themes]]\nname = "a"\nprimary = "#00000080"\n', ":11: primary must be a plain colour"),
        ('[[themes]]\nname = "a"\nprimary = "ansi_red"\n', ":11: primary must be a plain colour"),
        ('[[themes]]\nname = "nord"\nprimary = "red"\n', ":10: 'nord' is the name of a theme that is always there"),
    ):
        config_file().write_text(text + more, encoding="utf-8")
        outcome = run("config")
        assert (outcome.exit_code, outcome.stdout) == (2, "")
        assert words in outcome.stderr
    config_file().write_text('\ntheme = "nrod"', encoding="utf-8")
    assert ":2: there is no theme 'nrod'; did you mean nord?" in run("config").stderr
    config_file().write_text(text.replace("f2", "A"), encoding="utf-8")
    for command in ("config", "keys"):
        assert ":6: story.zen takes the key A from list.read_all" in run(command).stderr


def test_a_regular_expression_is_no_missing_folder(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_LIBRARY", str(news))
    assert lines(run("list", "--paths", "/^[Kk]ite/")) == ["kite.md"]


def test_the_library_is_the_folder_given_else_the_variable_else_the_configuration_else_the_sample(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(lines(run("list", "--paths"))) == len(list(sample_folder().glob("*.md")))
    config_file().parent.mkdir(parents=True)
    config_file().write_text(f'library = "{news}"\n', encoding="utf-8")
    assert lines(run("list", "--paths")) == ["in/rain.md", "kite.md", "plain.md"]
    monkeypatch.setenv("READER_LIBRARY", str(news / "in"))
    assert lines(run("list", "--paths")) == ["rain.md"]
    assert lines(run("list", str(news / "plain.md"), "--paths")) == ["plain.md"]


@pytest.mark.parametrize(
    "args",
    [
        ("list", "/no/such"), ("list", "/no/such/"), ("list", "./no such"), ("topics", "gone"), ("check", "gone"),
        ("./gone",), ("/gone", "-q", "x"), ("show", "a.md", "--library", "gone"),
    ],
)  # fmt: skip
def test_a_missing_folder_is_code_2(args: Sequence[str]) -> None:
    outcome = run(*args)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("reader: no such folder: ")


@pytest.mark.parametrize(
    "args",
    [
        ("list", "--sort", "sideways"), ("list", "--limit", "-1"), ("list", "--limit", "x"), ("list", "--unknown"),
        ("show",), ("coverage",), ("topics", "a", "b"), ("--unknown",), ("-q",), ("keys", "extra"),
    ],
)  # fmt: skip
def test_wrong_usage_is_code_2(args: Sequence[str]) -> None:
    outcome = run(*args)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "Error: " in outcome.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("lst",), "no such folder or command: lst; did you mean list?"),
        (("Shwo", "a.md", "--json"), "no such folder or command: Shwo; did you mean show?"),
        (("gone", "-q", "x"), "no such folder or command: gone"),
    ],
)
def test_a_first_word_that_is_neither_folder_nor_command_is_told(args: Sequence[str], told: str) -> None:
    outcome = run(*args)
    assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (2, "", f"reader: {told}\n")


def test_the_help_names_the_options_of_the_screen_and_no_error_its_command() -> None:
    told = run("--help").stdout
    for option in ("-q, --query", "--fresh", "--no-watch", "--version"):
        assert told.count(option) == 1, option
    outcome = run("--fersh")
    assert outcome.exit_code == 2
    assert " read " not in outcome.stderr
    assert "[OPTIONS] [FOLDER]" in outcome.stderr


def test_a_wrong_configuration_is_code_2_with_its_line() -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text('theme = "x"\nlibary = "y"\n', encoding="utf-8")
    outcome = run("list")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr == f"reader: {config_file()}:2: unknown key 'libary'; did you mean library?\n"


def test_the_screen_needs_a_terminal(news: Path) -> None:
    for args in ((), (str(news),), (str(news), "-q", "kite")):
        outcome = run(*args)
        assert (outcome.exit_code, outcome.stdout) == (2, "")
        assert "needs a terminal" in outcome.stderr


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("list", "--help"), ("show", "-h")])
def test_help_is_code_0(args: Sequence[str]) -> None:
    outcome = run(*args)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("Usage: ")


def test_the_version_is_told() -> None:
    assert run("--version").stdout.strip().endswith(__version__)
