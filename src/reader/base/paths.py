"""Where the program's files are: in the platform's usual folders, or in those that the environment names.

Each function raises `HomeError` where that depends on a home folder and there is none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_from_bytes

import platformdirs

from reader.base.errors import HomeError
from reader.base.text import clean

_NAME = "story-reader"
_LONGEST_NAME = 200
_NO_HOME = (
    "no home folder is known for the program's files; set HOME, or READER_CONFIG_DIR, READER_DATA_DIR and "
    "READER_CACHE_DIR to folders of your own"
)


def _folder(variable: str, usual: Callable[[str], Path]) -> Path:
    named = os.environ.get(variable)
    try:
        folder = Path(named).expanduser() if named else usual(_NAME)
    except RuntimeError as error:
        if named:
            raise HomeError(f"{variable}: no home folder is known for {clean(named)}") from error
        raise HomeError(_NO_HOME) from error
    if not named and not folder.is_absolute():  # else a folder named `~` would be made in the current folder
        raise HomeError(_NO_HOME)
    return folder


def cache_folder() -> Path:
    """The folder of the indexes: `READER_CACHE_DIR`, else the platform's cache folder. All of it can be made again."""
    return _folder("READER_CACHE_DIR", platformdirs.user_cache_path)


def data_folder() -> Path:
    """The folder of the marks: `READER_DATA_DIR`, else the platform's data folder. Its files cannot be made again."""
    return _folder("READER_DATA_DIR", platformdirs.user_data_path)


def marks_file() -> Path:
    """The file of the marks."""
    return data_folder() / "marks.sqlite3"


def state_file() -> Path:
    """The file that says where the person was: see `settings.place`."""
    return data_folder() / "state.json"


def views_file() -> Path:
    """The file of saved views: see `settings.views`."""
    return data_folder() / "views.json"


def config_file() -> Path:
    """The configuration file: in `READER_CONFIG_DIR`, else in the platform's configuration folder."""
    return _folder("READER_CONFIG_DIR", platformdirs.user_config_path) / "config.toml"


def sample_folder() -> Path:
    """The sample library that comes with the program."""
    return Path(__file__).parents[1] / "data" / "sample"


def name_of(folder: Path) -> str:
    """A file's name for what belongs to a folder: its real path, or a digest of it where that is too long."""
    path = os.fsencode(os.path.realpath(folder))
    name = quote_from_bytes(path.lstrip(b"/"), safe="") or "root"
    if len(name) > _LONGEST_NAME:
        from hashlib import sha256

        name = sha256(path).hexdigest()
    return name


def feeds_file(library: Path) -> Path:
    """The file of what is known of a library's feeds besides their addresses: see `library.feeds.state`."""
    return data_folder() / "feeds" / f"{name_of(library)}.sqlite3"
