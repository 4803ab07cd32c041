"""The start of the program: what shows the screen at once, and what the command line is read for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.cli import COMMANDS, screen
from reader.cli.libraries import asks_for_screen
from reader.cli.printing import INTERRUPTED, USAGE
from reader.cli.start import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with folders in it of which one has the name of a command."""
    monkeypatch.chdir(tmp_path)
    for name in ("news", "list", "read"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.mark.parametrize("arguments", [[], ["news"], ["./list"], ["~/nowhere"], ["a/b"], ["/"], ["."]])
def test_no_argument_or_a_folder_alone_asks_for_the_screen(arguments: Sequence[str]) -> None:
    assert asks_for_screen(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"], ["read"], ["nowhere"], [""], ["--help"], ["-q"], ["--"], ["news", "--fresh"], ["--fresh", "news"],
        ["-q", "ai"], ["news", "list"], *([name] for name in COMMANDS),
    ],
)  # fmt: skip
def test_the_command_line_is_read_for_all_else(arguments: Sequence[str]) -> None:
    assert not asks_for_screen(arguments)


@pytest.mark.parametrize("name", ["_READER_COMPLETE", "_READER_NEW_COMPLETE", "_NEWS_COMPLETE"])
def test_it_is_read_for_a_shell_that_completes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "bash_complete")
    assert not asks_for_screen([])


@pytest.mark.parametrize("given", [["./nowhere"], ["./nowhere", "--fresh"]], ids=["at once", "by the command line"])
def test_a_folder_that_is_not_there_is_told_in_the_same_way(
    given: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["reader", *given])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == USAGE
    assert capsys.readouterr().err == "reader: no such folder: nowhere\n"


@pytest.mark.parametrize("given", [[], ["--fresh"]], ids=["at once", "by the command line"])
def test_ctrl_c_before_the_screen_ends_without_a_word(
    given: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(screen, "load_config", interrupted)
    monkeypatch.setattr(sys, "argv", ["reader", *given])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == INTERRUPTED
    assert capsys.readouterr().err.strip() == ""
