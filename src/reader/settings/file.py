"""The configuration file: TOML, every key optional, every mistake told with its place."""

from __future__ import annotations

from pathlib import Path

from reader.base.errors import ConfigError
from reader.settings.config import Config

_MOST_CHARACTERS = 1_000_000


def load_config(path: Path) -> Config:
    """Read the configuration file; where there is none, all is as by default.

    Raises:
        ConfigError: it cannot be read, is not TOML, or holds a key or value that means nothing.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_MOST_CHARACTERS + 1)
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        from reader.settings.source import shown

        raise ConfigError(f"{shown(path)}: cannot be read: {error}") from error
    if len(text) > _MOST_CHARACTERS:
        raise ConfigError(f"{path}: is too long for a configuration")
    from reader.settings.table import read

    return read(text, path)
