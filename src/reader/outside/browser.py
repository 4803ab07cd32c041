"""Opening a link: finding the browser's command, and starting it. No shell ever sees a link."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.base.errors import BrowserError
from reader.stories.urls import is_web

TEXT_BROWSERS = ("w3m", "lynx", "links", "elinks", "links2", "www-browser", "browsh")
"""Browsers that draw on the terminal."""

_PATIENCE = 2.0
"""Seconds for which a browser's command is watched: if it fails later, nobody is told."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A command that opens a link.

    Attributes:
        command: the program and its arguments, with the link.
        needs_terminal: whether the program draws on the terminal.
    """

    command: tuple[str, ...]
    needs_terminal: bool

    @property
    def name(self) -> str:
        """The program's name."""
        return Path(self.command[0]).name


def how_to_open(url: str, configured: Sequence[str], environment: Mapping[str, str]) -> Opening:
    """Find the command for a link: the configured one, else `$BROWSER`, else the platform's own.

    Args:
        url: the link.
        configured: the configured command, in whose parts `{url}` stands for the link; empty for none.
        environment: the environment's variables.

    Raises:
        BrowserError: the link is not http or https, or nothing here can open it.
    """
    if not is_web(url):
        raise BrowserError("only http and https links are opened")
    if configured:
        return _opening([part.replace("{url}", url) for part in configured])
    for entry in environment.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(entry)
        except ValueError:
            continue
        if words and shutil.which(words[0], path=environment.get("PATH")):
            filled = [word.replace("%s", url) for word in words]
            return _opening(filled if filled != words else [*words, url])
    for candidate in _platform_commands(environment):
        if shutil.which(candidate[0], path=environment.get("PATH")):
            return _opening([*candidate, url])
    raise BrowserError("no browser here: no display, no $BROWSER")


def _platform_commands(environment: Mapping[str, str]) -> list[list[str]]:
    if sys.platform == "darwin":
        return [["open"]]
    if sys.platform == "win32":
        return [["explorer"]]
    graphical = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    on_windows = "WSL_DISTRO_NAME" in environment
    commands = [["wslview"]] if on_windows else []
    commands += [["xdg-open"], ["gio", "open"]] if graphical else []
    return commands + [[name] for name in TEXT_BROWSERS]


def _opening(command: Sequence[str]) -> Opening:
    return Opening(tuple(command), Path(command[0]).stem.lower() in TEXT_BROWSERS)


def start(opening: Opening) -> None:
    """Start a browser that has a window of its own, and wait a moment to see whether it fails.

    Raises:
        BrowserError: the program is missing, or ended at once with an error.
    """
    try:
        child = subprocess.Popen(  # noqa: S603 — an argument list, no shell; the link is a web address
            opening.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise BrowserError(f"{opening.name}: {error.strerror}") from error
    try:
        code = child.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        return  # it is running: the usual case
    if code:
        raise BrowserError(f"{opening.name} ended with code {code}")


def run(opening: Opening) -> None:
    """Run a browser that draws on the terminal, until the person leaves it.

    Raises:
        BrowserError: the program is missing.
    """
    from reader.outside import programs

    try:
        programs.run(opening.command)
    except programs.RunError as error:
        raise BrowserError(str(error)) from error
