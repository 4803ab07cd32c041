"""Files and folders for this user's eyes only, also where the umask or an earlier program was more generous."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OURS = "story-reader"
"""The name of the folders that are this program's alone."""


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and the folders that are missing above it alike.

    One that is there stays as it is, unless it is this program's alone: a folder that the environment names may serve
    others as well.

    Raises:
        OSError: it cannot be made.
    """
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    if OURS in (folder.name, folder.parent.name):
        tighten(folder, 0o700)


def tighten(path: Path, mode: int = 0o600) -> None:
    """Take from all others what they may do with a file or folder, where there is one and it is this user's.

    A device stays as it is: `/dev/null`, to which a link may lead, is everyone's.
    """
    with suppress(OSError):  # it is missing, or another user's: then it is not ours to shut
        found = path.stat().st_mode
        now = found & 0o777
        if now & ~mode and (stat.S_ISREG(found) or stat.S_ISDIR(found)):
            path.chmod(now & mode)


def make_file(file: Path) -> None:
    """Make an empty file that only its owner may read; one that is there stays as it is.

    A database that is there must not even be opened: to close it again would drop all locks that this process holds on
    it (https://www.sqlite.org/howtocorrupt.html), and another process would then take its log away.

    Raises:
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def tighten_database(file: Path) -> None:
    """`tighten` a database, and what SQLite has beside it."""
    for tail in ("", "-wal", "-shm", "-journal", ".lock"):
        tighten(file.with_name(file.name + tail))
