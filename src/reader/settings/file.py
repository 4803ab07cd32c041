"""Reading the configuration file: TOML, in which every key is optional, and every mistake is reported with its line."""

from __future__ import annotations

from pathlib import Path

from reader.base.errors import ConfigError
from reader.base.plain_files import read_plain
from reader.settings.config import Config
from reader.stories.limits import CONFIG_BYTES


def load_config(path: Path) -> Config:
    """Read the configuration file; where there is none, the defaults.

    Raises:
        ConfigError: it cannot be read, is not TOML, or has a key that is not known or a value that is not valid.
    """
    try:
        text = read_plain(path, CONFIG_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        from reader.settings.source import shown

        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(f"{shown(path)}: cannot be read: {reason}") from error
    from reader.settings.table import read

    return read(text, path)
