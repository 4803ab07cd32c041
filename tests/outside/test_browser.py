from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.base.errors import BrowserError
from reader.outside import browser
from reader.outside.browser import Opening, how_to_open, run, start

URL = "https://news.test/a?b=c&d=$(id);e"
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a program on the path, which holds nothing else. It is a shell script; by default it does nothing."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")

    def make(name: str, script: str = "exit 0") -> Path:
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        return program

    return make


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that a test starts; they are ended with it."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def recorded(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **kwargs))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", recorded)
    yield started
    for child in started:
        child.kill()
        child.wait()


def test_the_configured_command_comes_first(install: Install) -> None:
    install("firefox")
    environment = {"BROWSER": "firefox", "DISPLAY": ":0"}
    opening = how_to_open(URL, ["opener", "--new-tab", "{url}", "at={url}"], environment)
    assert opening == Opening(("opener", "--new-tab", URL, f"at={URL}"), needs_terminal=False)
    assert opening.name == "opener"


@pytest.mark.parametrize(
    ("value", "command"),
    [
        ("firefox", ("firefox", URL)),
        ("firefox --new-tab", ("firefox", "--new-tab", URL)),
        ("firefox %s --after", ("firefox", URL, "--after")),
        ("firefox --url=%s", ("firefox", f"--url={URL}")),
        ("'firefox' '--name=two words'", ("firefox", "--name=two words", URL)),
        ("missing:firefox", ("firefox", URL)),
        (":firefox", ("firefox", URL)),
        ("broken ':firefox", ("firefox", URL)),
        ("firefox:chromium", ("firefox", URL)),
    ],
)
def test_the_browser_of_the_environment_comes_next(install: Install, value: str, command: tuple[str, ...]) -> None:
    for name in ("firefox", "chromium", "xdg-open"):
        install(name)
    assert how_to_open(URL, [], {"BROWSER": value, "DISPLAY": ":0"}) == Opening(command, needs_terminal=False)


@pytest.mark.parametrize(
    ("programs", "environment", "command"),
    [
        (["xdg-open", "gio", "w3m"], {"DISPLAY": ":0"}, ("xdg-open",)),
        (["xdg-open"], {"WAYLAND_DISPLAY": "wayland-0"}, ("xdg-open",)),
        (["gio", "w3m"], {"DISPLAY": ":0"}, ("gio", "open")),
        (["wslview", "xdg-open"], {"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"}, ("wslview",)),
        (["wslview", "xdg-open"], {"DISPLAY": ":0"}, ("xdg-open",)),
        (["xdg-open", "w3m", "lynx"], {}, ("w3m",)),
        (["xdg-open", "lynx"], {"DISPLAY": ""}, ("lynx",)),
        (["lynx"], {"DISPLAY": ":0", "BROWSER": "missing"}, ("lynx",)),
    ],
)
def test_the_platform_s_own_comes_last(
    install: Install, programs: list[str], environment: dict[str, str], command: tuple[str, ...]
) -> None:
    for name in programs:
        install(name)
    opening = how_to_open(URL, [], environment)
    assert opening.command == (*command, URL)
    assert opening.needs_terminal is (command[0] in ("w3m", "lynx"))


@pytest.mark.parametrize(("platform", "program"), [("darwin", "open"), ("win32", "explorer")])
def test_other_platforms_have_one_command(
    install: Install, monkeypatch: pytest.MonkeyPatch, platform: str, program: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("shutil.which", lambda name, **_: f"/bin/{name}")
    assert how_to_open(URL, [], {}).command == (program, URL)


def test_without_any_browser_it_is_told(install: Install) -> None:
    install("xdg-open")
    for environment in ({}, {"BROWSER": ""}, {"BROWSER": "missing"}, {"BROWSER": "'"}):
        with pytest.raises(BrowserError, match="no browser here"):
            how_to_open(URL, [], environment)


@pytest.mark.parametrize("command", ["w3m", "/usr/bin/lynx", "links2", "www-browser", "browsh", "LYNX", "elinks.exe"])
def test_browsers_that_draw_on_the_terminal_are_known(install: Install, command: str) -> None:
    assert how_to_open(URL, [command, "{url}"], {}).needs_terminal


@pytest.mark.parametrize("command", ["firefox", "xdg-open", "/opt/lynx/firefox", "w3m-launcher"])
def test_browsers_with_a_window_are_known(install: Install, command: str) -> None:
    assert not how_to_open(URL, [command, "{url}"], {}).needs_terminal


@pytest.mark.parametrize(
    "url",
    ["", "news.test", "/a", "-h", "--version", "file:///etc/passwd", "javascript:alert(1)", "https://a b", "ftp://a/"],
)
def test_only_web_addresses_are_opened(install: Install, url: str) -> None:
    install("firefox")
    for configured in ([], ["firefox", "{url}"]):
        with pytest.raises(BrowserError, match="only http and https"):
            how_to_open(url, configured, {"BROWSER": "firefox"})


@pytest.mark.parametrize(
    "url", ["https://-rf/", "https://news.test/%20--help", "https://--new-window.test/'\"".rstrip('"')]
)
def test_an_address_is_one_argument_and_never_an_option(install: Install, url: str) -> None:
    install("firefox")
    for configured, value in (([], "firefox"), ([], "firefox %s"), (["firefox", "{url}"], "")):
        command = how_to_open(url, configured, {"BROWSER": value}).command
        assert command == ("firefox", url)
        assert not any(part.startswith("-") for part in command)


def test_a_started_browser_gets_the_address_as_it_is(
    install: Install, tmp_path: Path, children: list[subprocess.Popen[bytes]]
) -> None:
    told = tmp_path / "told"
    program = install("firefox", f"printf '%s\\n' \"$@\" > {shlex.quote(str(told))}")
    start(Opening((str(program), "--new tab", URL), needs_terminal=False))
    assert told.read_text(encoding="utf-8").splitlines() == ["--new tab", URL]
    assert len(children) == 1


def test_a_browser_that_fails_at_once_is_told(install: Install) -> None:
    program = install("firefox", "exit 3")
    with pytest.raises(BrowserError, match=r"^firefox ended with code 3$"):
        start(Opening((str(program), URL), needs_terminal=False))


def test_a_missing_browser_is_told(install: Install, tmp_path: Path) -> None:
    gone = Opening((str(tmp_path / "gone"), URL), needs_terminal=False)
    with pytest.raises(BrowserError, match=r"^gone: No such file or directory$"):
        start(gone)
    with pytest.raises(BrowserError, match=r"^gone: No such file or directory$"):
        run(gone)


def test_a_browser_that_may_not_be_run_is_told(install: Install) -> None:
    program = install("firefox")
    program.chmod(0o644)
    with pytest.raises(BrowserError, match="Permission denied"):
        start(Opening((str(program), URL), needs_terminal=False))


def test_a_browser_that_stays_is_not_waited_for(
    install: Install, monkeypatch: pytest.MonkeyPatch, children: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(browser, "_PATIENCE", 0.1)
    program = install("firefox", "exec /bin/sleep 60")
    started = time.monotonic()
    start(Opening((str(program), URL), needs_terminal=False))
    assert time.monotonic() - started < 10
    assert [child.poll() for child in children] == [None]
    assert os.getsid(children[0].pid) == children[0].pid


def test_a_browser_s_words_do_not_reach_the_terminal(install: Install, capfd: pytest.CaptureFixture[str]) -> None:
    program = install("firefox", "echo out; echo err >&2; read line || true")
    start(Opening((str(program), URL), needs_terminal=False))
    assert capfd.readouterr() == ("", "")


def test_a_browser_of_the_terminal_runs_to_its_end(install: Install, capfd: pytest.CaptureFixture[str]) -> None:
    program = install("w3m", "echo shown; exit 3")
    run(Opening((str(program), URL), needs_terminal=True))
    assert capfd.readouterr().out == "shown\n"
