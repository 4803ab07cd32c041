"""The platform's clipboard commands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.outside import clipboard
from reader.outside.clipboard import Clipboard, ClipboardError, copy, find_clipboard

Install = Callable[..., dict[str, str]]
TEXT = "Ünï 😀\n-n `id` $(id)"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put programs on a path that holds nothing else; gives the environment with it."""
    monkeypatch.setattr(sys, "platform", "linux")

    def make(*names: str, script: str = "exit 0") -> dict[str, str]:
        for name in names:
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
        return {"PATH": str(tmp_path)}

    return make


ALL = ("pbcopy", "termux-clipboard-set", "wl-copy", "xclip", "xsel", "clip.exe")


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, None),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-copy"),
        ({"DISPLAY": ":0"}, "xclip"),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, None),
        ({"WSL_DISTRO_NAME": "Debian"}, "clip.exe"),
        ({"TERMUX_VERSION": "0.118"}, "termux-clipboard-set"),
        ({"SSH_CONNECTION": "1 2 3 4", "WSL_DISTRO_NAME": "Debian", "TERMUX_VERSION": "1"}, None),
        ({"SSH_TTY": "/dev/pts/1", "DISPLAY": "localhost:10.0"}, "xclip"),
    ],
)
def test_the_command_is_the_platform_s(install: Install, environment: dict[str, str], name: str | None) -> None:
    found = find_clipboard({**install(*ALL), **environment})
    assert (found.name if found else None) == name


def test_what_is_not_there_is_not_taken(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    path = install("xsel", "pbcopy")
    found = find_clipboard({**path, "WAYLAND_DISPLAY": "w", "DISPLAY": ":0"})
    assert found is not None
    assert found.name == "xsel"
    monkeypatch.setattr(sys, "platform", "darwin")
    for more, name in (({}, "pbcopy"), ({"SSH_TTY": "x"}, None)):
        found = find_clipboard({**path, **more})
        assert (found.name if found else None) == name


@pytest.mark.parametrize(("name", "encoding"), [("xclip", "utf-8"), ("clip.exe", "utf-16-le"), ("pbcopy", "utf-8")])
def test_a_text_reaches_it_as_it_is(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin" if name == "pbcopy" else "linux")
    environment = install(name, script=f"/bin/cat > {tmp_path}/taken; echo $LC_CTYPE > {tmp_path}/locale")
    more = {"DISPLAY": ":0"} if name == "xclip" else {"WSL_DISTRO_NAME": "D"} if name == "clip.exe" else {}
    found = find_clipboard({**environment, **more})
    assert found is not None
    copy(TEXT, found, environment)
    assert (tmp_path / "taken").read_bytes() == TEXT.encode(encoding)
    assert (tmp_path / "locale").read_text().strip() == ("UTF-8" if name == "pbcopy" else "")


def test_one_that_stays_in_the_background_is_not_waited_for(install: Install, tmp_path: Path) -> None:
    environment = install("xclip", script="/bin/cat > /dev/null; /bin/sleep 20 & exit 0")
    copy(TEXT, Clipboard((str(tmp_path / "xclip"),)), environment)


def test_what_goes_wrong_is_told(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = install("xclip", script='echo "Error: can\'t open\033 display" >&2; exit 1')
    with pytest.raises(ClipboardError, match=r"^xclip ended with code 1: Error: can't open␛ display$"):
        copy("x" * 1_000_000, Clipboard((str(tmp_path / "xclip"),)), environment)
    with pytest.raises(ClipboardError, match=r"^gone: No such file"):
        copy(TEXT, Clipboard((str(tmp_path / "gone"),)), environment)
    monkeypatch.setattr(clipboard, "_PATIENCE", 0.3)
    install("wl-copy", script="exec /bin/sleep 20")
    with pytest.raises(ClipboardError, match="took longer"):
        copy(TEXT, Clipboard((str(tmp_path / "wl-copy"),)), environment)
