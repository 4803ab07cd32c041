"""Copying by the command of the platform's clipboard, besides what the terminal does (OSC 52)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass

from reader.base.errors import ReaderError
from reader.base.text import clean

_PATIENCE = 3.0
"""The most seconds that a clipboard's command may take."""


class ClipboardError(ReaderError):
    """A clipboard's command did not take the text."""


@dataclass(frozen=True, slots=True)
class Clipboard:
    """A command that copies its standard input to the clipboard.

    Attributes:
        command: the path of the program, and its arguments.
        encoding: the encoding of its input.
    """

    command: tuple[str, ...]
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """The program's name."""
        return clean(self.command[0].rpartition("/")[2])


def find_clipboard(environment: Mapping[str, str]) -> Clipboard | None:
    """Find the command for the person's clipboard; None where there is none.

    Over ssh, only a display that the connection forwards is the person's: the clipboard of the remote computer itself
    is not where they are.

    Args:
        environment: the environment's variables.
    """
    is_remote = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
    candidates: list[tuple[str, ...]] = []
    if not is_remote and sys.platform == "darwin":
        candidates.append(("pbcopy",))
    if not is_remote and "TERMUX_VERSION" in environment:
        candidates.append(("termux-clipboard-set",))
    if environment.get("WAYLAND_DISPLAY"):
        candidates.append(("wl-copy",))
    if environment.get("DISPLAY"):
        candidates += [("xclip", "-in", "-selection", "clipboard"), ("xsel", "--input", "--clipboard")]
    if not is_remote and "WSL_DISTRO_NAME" in environment:
        candidates.append(("clip.exe",))
    for program, *arguments in candidates:
        found = shutil.which(program, path=environment.get("PATH"))
        if found:
            return Clipboard((found, *arguments), "utf-16-le" if program == "clip.exe" else "utf-8")
    return None


def copy(text: str, clipboard: Clipboard, environment: Mapping[str, str]) -> None:
    """Copy a text to a clipboard. It takes a moment, so do not call it in the screen's thread.

    Raises:
        ClipboardError: the command is gone, ended with an error, or takes too long.
    """
    # The command may stay in the background to serve the text, and would keep a pipe open: so its errors go to a file.
    with tempfile.TemporaryFile() as words:
        try:
            child = subprocess.Popen(  # noqa: S603 — an argument list, no shell; the text is its input
                clipboard.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=words,
                start_new_session=True,
                # pbcopy decodes by the locale, which a bare environment does not name
                env={"LC_CTYPE": "UTF-8", **environment} if clipboard.name == "pbcopy" else dict(environment),
            )
            with child:
                try:
                    child.communicate(text.encode(clipboard.encoding, "replace"), timeout=_PATIENCE)
                except subprocess.TimeoutExpired as error:
                    child.kill()
                    raise ClipboardError(f"{clipboard.name} took longer than {_PATIENCE:.0f} s") from error
        except OSError as error:
            raise ClipboardError(f"{clipboard.name}: {error.strerror}") from error
        if child.returncode:
            words.seek(0)
            said = clean(words.read(500).decode("utf-8", "replace"))
            raise ClipboardError(f"{clipboard.name} ended with code {child.returncode}" + (f": {said}" if said else ""))
