"""Naughty strings in every field, and in what is given, come out of the commands as text."""

from __future__ import annotations

import itertools
import json
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from examples import thinned
from hostile.escapes import outside
from hostile.naughty import strings, write_library
from reader.cli.main import cli
from reader.cli.start import main


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with all the strings in every field."""
    folder = tmp_path_factory.mktemp("naughty") / "news \x1b[31m\u202e"
    write_library(folder, strings(), together=20)
    return folder


def run(*arguments: str) -> Result:
    """Run a command; it must not end by an exception, nor print what no terminal should be sent."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert outside(result.stdout_bytes) == []
    assert outside(result.stderr_bytes) == []
    return result


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])  # of six ways, each comes up in turn
def test_the_commands_print_nothing_that_a_terminal_would_obey(library: Path, every: int) -> None:
    for options in ([], ["--paths"], ["--json"], ["--sort", "oldest"]):
        assert run("list", str(library), *options).stdout
    assert "broken ␛[31m.md:3: " in run("check", str(library)).stdout
    for options in ([], ["--json"]):
        assert run("topics", str(library), *options).stdout
    ways = itertools.product(sorted(library.iterdir()), ("show", "coverage"), ([], ["--json"], ["--markdown"]))
    for file, command, option in itertools.islice(ways, 0, None, every):
        run(command, str(file), "--library", str(library), *option)


def test_what_is_printed_as_json_is_what_was_read(library: Path) -> None:
    for line in run("list", str(library), "--json").stdout.splitlines():
        told = json.loads(line)
        assert told["title"].startswith("list")
        assert told["url"] is None or told["url"].startswith("https://")


@pytest.mark.parametrize("text", thinned(["\x1b[31m", "\u202e", "\udcff", "a\nb", "\x9b31m", "\x1b]0;a\x07"], every=2))
def test_what_is_given_is_told_as_text(
    text: str, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, library: Path
) -> None:
    for arguments in (
        ["list", f"--{text}"], ["list", "--sort", text], ["list", "--limit", text],
        ["list", str(library), f"title:{text}("],
        ["show", text], ["show", f"https://{text}"], ["coverage", f"./{text}"], ["topics", f"./{text}"],
        ["check", f"~{text}"],
        ["marks", "import", f"./{text}"], ["marks", "export", f"./none/{text}"], ["list", str(library), f"/{text}(/"],
        ["-q", f"/{text}(/"], [f"./{text}"], ["config"],
    ):  # fmt: skip
        monkeypatch.setattr("sys.argv", ["reader", *arguments])
        monkeypatch.setenv("READER_LIBRARY", f"/none/{text}")
        with suppress(SystemExit):
            main()
        told = capsysbinary.readouterr()
        assert outside(told.out) == []
        assert outside(told.err) == []


def test_the_list_is_long_enough_to_be_worth_it() -> None:
    assert len(strings()) > 150
