"""The report that is written when the program itself fails: where in the code, and on what system.

It has the types of the errors, and the lines of code that they went through, but nothing of a story. The message of an
error may quote one, and so is left out unless `READER_CRASH_DETAILS` asks for it.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import stat
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from importlib import metadata
from pathlib import Path

from reader import __version__
from reader.base.private_files import make_folder
from reader.base.text import clean

CRASHED = 3
"""Exit code: the program itself failed."""

DETAILS = "READER_CRASH_DETAILS"
"""The environment variable that asks for the messages of errors."""

_MOST_REPORTS = 10
_OURS = re.compile(r"story-reader-crash-\d{8}T\d{6}-[0-9a-f]{8}\.txt")
"""The names of reports: no other program gives such names."""

_TOLD = ("TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "NO_COLOR", "SSH_TTY", "TMUX", "STY")


def tell_crash(error: BaseException, folder: Path | None, when: datetime, *, doing: str) -> None:
    """Write a report, and say in one line on standard error where it is.

    Args:
        error: the error that ended the program.
        folder: the folder for the report; where it is None or cannot be written, the system's temporary folder.
        when: the present time, in UTC.
        doing: the name of the command that failed.
    """
    lines = list(report(error, when, os.environ, doing=doing))
    file = _write(lines, folder, when)
    kind = type(error).__name__
    where = f"a report without any story's text is in {clean(str(file))}" if file else "and no report could be written"
    with suppress(OSError, ValueError, AttributeError):  # standard error may be gone
        sys.stderr.write(f"reader: this is a bug, not your fault ({kind}); {where}\n")


def report(error: BaseException, when: datetime, environment: Mapping[str, str], *, doing: str) -> Iterator[str]:
    """The lines of a report; arguments as of `tell_crash`, and the environment's variables."""
    yield f"reader {__version__} failed while {doing}, {when:%Y-%m-%d %H:%M:%S} UTC"
    yield f"python {platform.python_version()}, {platform.platform()}, {_packages()}"
    yield f"terminal {_size()}, " + ", ".join(f"{name}={clean(environment.get(name, ''))}" for name in _TOLD[:5])
    yield (
        "over ssh: "
        + ("yes" if environment.get("SSH_TTY") else "no")
        + (", in tmux or screen" if environment.get("TMUX") or environment.get("STY") else "")
    )
    yield ""
    yield from _chain(error, with_words=bool(environment.get(DETAILS)))


def _chain(error: BaseException, *, with_words: bool) -> Iterator[str]:
    """The lines about an error and those that caused it, the first cause first."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain and len(chain) < 10:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    for one in reversed(chain):
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
        words = f": {clean(str(one))}" if with_words else ""
        yield f"{type(one).__module__}.{type(one).__qualname__}{words}"


def _place(file: str) -> str:
    """The path of a file of code without the folders in which it is installed, as these may name the person."""
    parts = Path(file).parts
    for root in ("site-packages", "src", "lib"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    return Path(file).name


def _packages() -> str:
    versions = [f"sqlite {sqlite.sqlite_version}"] if (sqlite := sys.modules.get("sqlite3")) else []
    for name in ("textual", "rich", "watchfiles", "PyYAML"):
        with suppress(metadata.PackageNotFoundError):
            versions.append(f"{name} {metadata.version(name)}")
    return ", ".join(versions)


def _size() -> str:
    try:
        size = os.get_terminal_size(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (OSError, ValueError):
        return "of unknown size"
    return f"{size.columns}x{size.lines}"


def _write(lines: list[str], folder: Path | None, when: datetime) -> Path | None:
    """Write a report that only this user may read; gives its file, None where it could be written nowhere."""
    for place in filter(None, (folder, Path(tempfile.gettempdir()))):
        with suppress(OSError):
            make_folder(place)
            file = place / f"story-reader-crash-{when:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.txt"
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write("\n".join(lines) + "\n")
            _drop_old(place)
            return file
    return None


def _drop_old(folder: Path) -> None:
    """Remove all but the last reports: only this user's files with such names, as others may use the folder too."""
    with suppress(OSError):
        for old in sorted(file for file in folder.iterdir() if _is_ours(file))[:-_MOST_REPORTS]:
            old.unlink(missing_ok=True)


def _is_ours(file: Path) -> bool:
    if not _OURS.fullmatch(file.name):
        return False
    status = file.lstat()
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid()
