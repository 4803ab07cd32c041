"""Files and folders that only this user may read, whatever the umask is or an earlier program allowed."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OURS = "story-reader"
"""The name of the folders that belong to this program alone."""


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and likewise the missing folders above it.

    A folder that exists is not changed, unless it belongs to this program alone: one that the environment names may
    serve others as well.

    Raises:
        OSError: it cannot be made.
    """
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    if OURS in (folder.name, folder.parent.name):
        tighten(folder, 0o700)


def tighten(path: Path, mode: int = 0o600) -> None:
    """Take from other users what they may do with a file or folder, if it exists and belongs to this user.

    A device is not changed: `/dev/null`, to which a link may lead, is everyone's.
    """
    with suppress(OSError):  # it is missing, or belongs to another user
        found = path.stat().st_mode
        now = found & 0o777
        if now & ~mode and (stat.S_ISREG(found) or stat.S_ISDIR(found)):
            path.chmod(now & mode)


def make_file(file: Path) -> None:
    """Make an empty file that only its owner may read; one that exists is not changed.

    A database that exists must not even be opened: closing it would release all locks that this process holds on it
    (https://www.sqlite.org/howtocorrupt.html), and another process would then remove its log.

    Raises:
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def tighten_database(file: Path) -> None:
    """`tighten` a database, and the files that SQLite has beside it."""
    for tail in ("", "-wal", "-shm", "-journal", ".lock"):
        tighten(file.with_name(file.name + tail))
