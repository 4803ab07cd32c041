"""Running commands of the person's own, as lists of arguments and never by a shell."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.stories.urls import is_web

EDITOR = "vi"
"""The editor to use where the environment names none: every Unix has it."""

SCREEN_PROGRAMS = frozenset(
    {
        "less", "more", "most", "bat", "vi", "vim", "nvim", "view", "nano", "emacs", "micro", "hx", "helix", "kak",
        "joe", "ne", "mcedit", "mutt", "neomutt", "alpine", "aerc", "meli", "glow", "frogmouth", "fzf", "tig",
        "w3m", "lynx", "links", "elinks", "links2", "www-browser", "browsh",
    }
)  # fmt: skip
"""Programs that draw on the whole terminal, until the person leaves them."""

_PLACE = re.compile(r"\{(url|title|path)\}")
_AT_ONCE = 0.7
"""A program that ended within so many seconds was not left by a person."""

_MOST_WORDS = 2_000
"""How many bytes at the end of a command's output are looked at for its last line."""


class RunError(ReaderError):
    """A command cannot be run, or failed."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values for the placeholders in a share target's command.

    Attributes:
        url: the link; empty where there is none.
        title: the headline.
        path: the story's file, absolute; empty where there is none.
    """

    url: str
    title: str
    path: str


def split(line: str) -> tuple[str, ...]:
    """The parts of a command as it was typed, with quotes as in a shell.

    Raises:
        RunError: there is no command, or a quote stays open.
    """
    try:
        words = tuple(shlex.split(line))
    except ValueError as error:
        raise RunError(f"{str(error).lower()}: {clean(line)}") from error
    if not words or not words[0]:
        raise RunError("a command is needed")
    if "\0" in line:
        raise RunError("a command cannot hold a NUL character")
    return (_program(words[0]), *words[1:])


def find(command: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Check that the program of a command exists.

    Raises:
        RunError: it does not.
    """
    if shutil.which(command[0], path=environment.get("PATH")) is None:
        raise RunError(f"no such command: {name_of(command)}")


def editor(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The person's editor: `$VISUAL`, else `$EDITOR`, else `vi`.

    Raises:
        RunError: the variable has no valid command.
    """
    return split(environment.get("VISUAL") or environment.get("EDITOR") or EDITOR)


def fill(command: Sequence[str], values: Values) -> tuple[str, ...]:
    """A share target's command with a story's values in the places of `{url}`, `{title}` and `{path}`.

    A value stays within its argument, whatever it holds. Where it would begin an argument with `-`, a space comes
    before it, so that it is not taken for an option. The name of the program is never filled in.

    Raises:
        RunError: the command asks for a link or a file, and there is none.
    """
    asked = {name for part in command[1:] for name in _PLACE.findall(part)}
    if "url" in asked and not is_web(values.url):
        raise RunError("there is no web address to hand over")
    if "path" in asked and not values.path:
        raise RunError("there is no file to hand over: this article is on the web only")
    held = {"url": values.url, "title": clean(values.title), "path": values.path}

    def filled(part: str) -> str:
        whole = _PLACE.sub(lambda match: held[match[1]], part)
        return f" {whole}" if whole.startswith("-") and not part.startswith("-") else whole

    return (_program(command[0]), *map(filled, command[1:]))


def _program(name: str) -> str:
    """The name by which a program is started, with `~` replaced by the home folder."""
    return os.path.expanduser(name) if name.startswith("~") else name  # noqa: PTH111 — a name is no path


def name_of(command: Sequence[str]) -> str:
    """The name of a command's program, for a person."""
    return clean(Path(command[0]).name) or clean(command[0])


def ending(command: Sequence[str], code: int) -> str:
    """How a command ended, for a person."""
    if code >= 0:
        return f"{name_of(command)} ended with code {code}"
    try:
        return f"{name_of(command)} was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"{name_of(command)} was ended by signal {-code}"


def draws_on_screen(command: Sequence[str]) -> bool:
    """Whether a command is known to draw on the whole terminal."""
    return Path(command[0]).stem.lower() in SCREEN_PROGRAMS


# On the terminal, to its end.


def run(command: Sequence[str], data: bytes | None = None) -> int:
    """Run a command on the terminal, to its end; gives its exit code, negative for a signal.

    Args:
        command: the program and its arguments.
        data: its standard input; None for the terminal.

    Raises:
        RunError: it cannot be started.
    """
    with _signals_are_for_the_child(), _terminal_kept():
        try:
            return subprocess.run(list(command), input=data, check=False).returncode  # noqa: S603 — theirs, no shell
        except (OSError, ValueError) as error:
            raise RunError(f"{name_of(command)}: {_reason(error)}") from error


def run_and_show(command: Sequence[str], data: bytes | None = None) -> int:
    """As `run`, but wait for a key at the end, so that the person can read what the command printed.

    It does not wait after a program that draws on the whole terminal, unless that ended at once or with an error.
    """
    begun = time.monotonic()
    code = run(command, data)
    if code or not draws_on_screen(command) or time.monotonic() - begun < _AT_ONCE:
        wait_for_key(ending(command, code))
    return code


def wait_for_key(words: str) -> None:
    """Print a line below what a command printed, and wait for a key. Without a terminal it does nothing."""
    out, stdin = sys.__stdout__, sys.__stdin__
    if out is None or stdin is None or not (out.isatty() and stdin.isatty()):
        return
    import termios
    import tty

    terminal = stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setraw(terminal)  # ctrl+c is a key as well; what was typed before is thrown away
        out.write(f"\r\n\x1b[0;7m {clean(words)} · press a key \x1b[0m")
        out.flush()
        os.read(terminal, 64)
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    out.write("\r\n")
    out.flush()


@contextmanager
def _signals_are_for_the_child() -> Iterator[None]:
    """Within it, ctrl+c ends the command on the terminal, and not this program, which gets the signal too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Not SIG_IGN, which the command would inherit.
    before = {one: signal.signal(one, lambda *_: None) for one in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _terminal_kept() -> Iterator[None]:
    """Restore the terminal's modes at the end: a command that was killed may have left others."""
    import termios

    before = None
    if sys.__stdin__ is not None:
        with suppress(termios.error, OSError, ValueError):
            before = termios.tcgetattr(sys.__stdin__.fileno())
    try:
        yield
    finally:
        if before is not None and sys.__stdin__ is not None:
            with suppress(termios.error):
                termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, before)


# Beside the screen.


class Started:
    """A command that runs without a terminal, beside the screen. It goes on when this program ends.

    Args:
        command: the program and its arguments.

    Raises:
        RunError: it cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self.command = tuple(command)
        self._words: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 — it lives as long as this
        try:
            self._child: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 — theirs, no shell
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=self._words,
                stderr=self._words,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            self._words.close()
            raise RunError(f"{name_of(command)}: {_reason(error)}") from error

    def close(self) -> None:
        """Forget its output, and leave it to itself."""
        self._words.close()

    @property
    def code(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._child.poll()

    def last_words(self) -> str:
        """The last line of its output, for a person; empty where there is none."""
        self._words.seek(0, os.SEEK_END)
        self._words.seek(max(self._words.tell() - _MOST_WORDS, 0))
        lines = self._words.read().decode("utf-8", "replace").strip().splitlines()
        return clean(lines[-1])[:200] if lines else ""


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
