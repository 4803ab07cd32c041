"""Commands of the person's own."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from reader.outside import programs
from reader.outside.programs import (
    RunError,
    Started,
    Values,
    editor,
    ending,
    fill,
    find,
    run,
    run_and_show,
    split,
    wait_for_key,
)

URL = "https://news.test/a?b=c&d=$(id);e"
VALUES = Values(URL, "A title", "/news/a story.md")


def test_a_line_is_split_as_a_shell_reads_quotes() -> None:
    assert split(" pandoc -t 'two words' $HOME;ls ") == ("pandoc", "-t", "two words", "$HOME;ls")
    for line, words in (("", "a command is needed"), ("''", "a command is needed"), ("a 'b", "no closing quotation")):
        with pytest.raises(RunError, match=words):
            split(line)
    with pytest.raises(RunError, match="NUL"):
        split("a\0b")


def test_the_home_folder_is_known_in_the_program_s_name(own_home: Path) -> None:
    assert split("~/bin/x ~/y") == (f"{own_home}/bin/x", "~/y")
    assert fill(["~/bin/x", "~/y"], VALUES) == (f"{own_home}/bin/x", "~/y")


def test_a_missing_command_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"^no such command: gone$"):
        find(["gone"], {"PATH": str(tmp_path)})
    find([sys.executable])


def test_the_editor_is_that_of_the_environment() -> None:
    assert editor({"VISUAL": "code --wait", "EDITOR": "nano"}) == ("code", "--wait")
    assert editor({"VISUAL": "", "EDITOR": "nano"}) == ("nano",)
    assert editor({}) == ("vi",)
    with pytest.raises(RunError):
        editor({"EDITOR": "'"})


def test_values_are_put_into_the_parts() -> None:
    assert fill(["x", "{url}", "at={title}:{path}", "{other}"], VALUES) == (
        "x", URL, "at=A title:/news/a story.md", "{other}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "argument"),
    [
        ("-rf /", " -rf /"),
        ("--help", " --help"),
        ("{url}", "{url}"),
        ("{path} {title}", "{path} {title}"),
        ("two\nlines\x1b[31m", "two lines␛[31m"),
        ("$(id) `id` ; | &", "$(id) `id` ; | &"),
        ("", ""),
    ],
)
def test_a_title_is_one_argument_and_never_an_option(title: str, argument: str) -> None:
    values = Values(URL, title, "")
    assert fill(["x", "{title}"], values) == ("x", argument)
    assert fill(["x", "--subject={title}"], values)[1].startswith("--subject=")
    assert fill(["{title}", "-n"], values) == ("{title}", "-n")


@pytest.mark.parametrize("url", ["", "-h", "file:///etc/passwd", "javascript:alert(1)", "https://a b", "ftp://a/"])
def test_only_web_addresses_are_handed_over(url: str) -> None:
    with pytest.raises(RunError, match="no web address"):
        fill(["x", "{url}"], Values(url, "", "/a"))
    assert fill(["x", "{path}"], Values(url, "", "/a")) == ("x", "/a")


def test_what_has_no_file_is_not_handed_over_as_one() -> None:
    with pytest.raises(RunError, match="on the web only"):
        fill(["x", "--file={path}"], Values(URL, "", ""))


def test_an_ending_is_told() -> None:
    assert ending(["/bin/wc"], 3) == "wc ended with code 3"
    assert ending(["wc"], -signal.SIGKILL) == "wc was ended by SIGKILL"
    assert ending(["wc"], -200) == "wc was ended by signal 200"
    assert ending(["\x1b[31mwc"], 0) == "␛[31mwc ended with code 0"


def test_a_command_gets_its_input_and_its_code_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["sh", "-c", "cat; exit 4"], "a\nø\n".encode()) == 4
    assert capfd.readouterr().out == "a\nø\n"


def test_a_command_that_does_not_read_is_no_trouble() -> None:
    assert run(["true"], b"x" * 1_000_000) == 0


def test_a_command_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    file = tmp_path / "plain"
    file.write_text("x")
    for command, words in (
        ([str(tmp_path / "gone")], "gone: No such file or directory"),
        ([str(file)], "plain: Permission denied"),
        (["sh", "a\0b"], "sh: embedded null byte"),
    ):
        with pytest.raises(RunError, match=words):
            run(command)
        with pytest.raises(RunError, match=words):
            Started(command)


def test_ctrl_c_is_for_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    assert run(["sh", "-c", "kill -INT $PPID; kill -INT $$"]) == -signal.SIGINT
    assert signal.getsignal(signal.SIGINT) is before


def test_a_key_is_waited_for_where_something_is_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(programs, "wait_for_key", told.append)
    run_and_show(["true"])
    assert told.pop() == "true ended with code 0"
    monkeypatch.setattr(programs, "SCREEN_PROGRAMS", {"true", "false"})
    run_and_show(["true"])
    assert told.pop() == "true ended with code 0"  # it showed a page and ended at once
    monkeypatch.setattr(programs, "_AT_ONCE", 0)
    run_and_show(["true"])
    assert not told
    run_and_show(["false"])
    assert told == ["false ended with code 1"]


def test_any_key_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "r+b", buffering=0) as raw:
        stream = open(raw.fileno(), "w", closefd=False)  # noqa: SIM115
        monkeypatch.setattr(sys, "__stdout__", stream)
        monkeypatch.setattr(sys, "__stdin__", raw)
        waiting = threading.Thread(target=wait_for_key, args=("wc\x1b[2J",))
        waiting.start()
        seen = b""
        while b"press a key" not in seen:
            seen += os.read(ours, 1_000)
        assert b"\x1b[2J" not in seen
        os.write(ours, b"\x03")
        waiting.join(20)
        assert not waiting.is_alive()
        stream.close()
    os.close(ours)


def test_without_a_terminal_nobody_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdin__", None)
    wait_for_key("x")


def ended(started: Started) -> int:
    for _ in range(400):
        if started.code is not None:
            return started.code
        time.sleep(0.02)
    raise AssertionError("it does not end")


def test_a_command_beside_the_screen_says_how_it_ended() -> None:
    started = Started(["sh", "-c", "echo one; echo 't\033wo' >&2; exit 3"])
    assert ended(started) == 3
    assert started.last_words() == "t␛wo"
    started.close()
    started = Started(["sh", "-c", "read line || exit 7"])
    assert ended(started) == 7
    assert started.last_words() == ""
    started.close()
