"""The configuration file to begin with: every setting with its default and an example, all commented out."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

from reader.base.errors import ConfigError
from reader.settings.source import shown
from reader.settings.table import SETTINGS, Setting

_HEAD = "Settings of reader. Each line that begins with # and no space is an example: take the # away to set it."
_WIDTH = 98


def commented() -> str:
    """The text of the file. Lines of words begin with `# `, lines of examples with `#` and no space."""
    blocks = ["\n".join(_words(_HEAD))]
    blocks += [_block(setting) for setting in sorted(SETTINGS, key=lambda setting: setting.is_table)]
    return "\n\n".join(blocks) + "\n"


def _block(setting: Setting) -> str:
    words = _words(f"{setting.doc}\nDefault: {setting.default}")
    return "\n".join([*words, *(f"#{line}" for line in setting.example.splitlines())])


def _words(text: str) -> list[str]:
    return [f"# {line}" for part in text.splitlines() for line in textwrap.wrap(part, _WIDTH)]


def write_commented(path: Path) -> None:
    """Write the file, readable by this user only, where there is none yet.

    Raises:
        ConfigError: there is one already, or it cannot be written.
    """
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(commented())
    except OSError as error:
        if os.path.lexists(path):
            raise ConfigError(f"{shown(path)}: is there already, and stays as it is") from error
        raise ConfigError(f"{shown(path)}: cannot be written: {error.strerror or error}") from error
