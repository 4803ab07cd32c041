"""Writing a file for a person to keep: whole or not at all, and over another only where that is wanted."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from reader.base.errors import ReaderError
from reader.base.text import clean

FOR_ALL, FOR_OWNER = 0o666, 0o600
"""Who may do what with a file, as far as the umask lets: a person's own text, and what is nobody else's business."""

DRAFT = ".part"
"""How the name of a file ends that is not whole yet: hidden, and of no use once the program that wrote it is gone."""

_DRAFT_NAME = re.compile(r"\.[0-9a-f]{16}" + re.escape(DRAFT))
_DRAFT_LIVES = 3_600
"""Seconds after which a draft is one that nobody will finish."""

_LONGEST_NAME = 80
"""Bytes of a file's name that come from the headline."""

_WORD = re.compile(r"[^\W_]+")


class SaveError(ReaderError):
    """A file cannot be written; nothing has changed."""


class FileExistsAlreadyError(SaveError):
    """There is a file of this name, and it was not to be overwritten."""


def place_of(typed: str) -> Path:
    """The file that a person means: `~` is the home folder, and what is relative lies in the current folder.

    Raises:
        SaveError: it names no file.
    """
    if not typed.strip():
        raise SaveError("a file needs a name")
    try:
        return Path.cwd() / Path(typed.strip()).expanduser()
    except (OSError, RuntimeError, ValueError) as error:
        raise SaveError(f"no such folder: {clean(str(Path(typed.strip()).parent))}") from error


def free_name(folder: Path, name: str) -> str:
    """A name that no file of a folder has: the one given, else with `-2`, `-3` … before its ending."""
    number = free_number(lambda number: os.path.lexists(folder / numbered(name, number)))
    return numbered(name, number)


def numbered(name: str, number: int) -> str:
    """A file's name where others have it: the first keeps it, the second has `-2` before its ending."""
    return name if number == 1 else f"{Path(name).stem}-{number}{Path(name).suffix}"


def free_number(is_taken: Callable[[int], bool]) -> int:
    """A number from 1 that is not taken: the first, where none before another was given back.

    Few are looked at, however many are taken: thousands of pages have the headline of the guard before them.
    """
    taken, free = 0, 1
    while is_taken(free):
        taken, free = free, 2 * free
    while free - taken > 1:
        between = (taken + free) // 2
        taken, free = (between, free) if is_taken(between) else (taken, between)
    return free


def name_for(headline: str, otherwise: str, ending: str) -> str:
    """A file's name for a headline: `police-flip-the-switch.md`.

    Args:
        headline: any text.
        otherwise: the name where the headline has no word.
        ending: what follows the words of the headline.
    """
    folded = unicodedata.normalize("NFKC", headline).casefold()
    name = ""
    for word in _WORD.findall(folded):
        longer = f"{name}-{word}" if name else word
        encoded = longer.encode("utf-8", "replace")
        if len(encoded) > _LONGEST_NAME:  # a first word is cut: some languages put no spaces between words
            name = name or encoded[:_LONGEST_NAME].decode("utf-8", "ignore")
            break
        name = longer
    return f"{name or otherwise}{ending}"


def save(file: Path, lines: Iterable[str], *, overwrite: bool = False, mode: int = FOR_ALL) -> None:
    """Write a text file, UTF-8.

    Args:
        file: where to; its folder is there.
        lines: without line ends.
        overwrite: whether a file of this name is replaced. A symbolic link stays, and what it leads to is replaced.
        mode: who may do what with it, as far as the umask lets.

    Raises:
        FileExistsAlreadyError: there is one, and it was not to be replaced.
        SaveError: it cannot be written; what was there before is there still.
    """
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    try:
        file = Path(os.path.realpath(file))
        if not file.parent.is_dir():
            raise SaveError(f"no such folder: {_shown(file.parent)}")
        if file.exists() and not file.is_file():
            raise SaveError(f"this is {'a folder' if file.is_dir() else 'no plain file'}: {_shown(file)}")
        is_ours = _claim(file, mode, overwrite=overwrite)
        try:
            replace_file(file, data, mode)
        except BaseException:
            if is_ours:
                with suppress(OSError):
                    file.unlink()
            raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SaveError(f"not written, {reason[:1].lower()}{reason[1:]}: {_shown(file)}") from error


def _claim(file: Path, mode: int, *, overwrite: bool) -> bool:
    """Make sure of a name, so that no one else's file is replaced; says whether the (empty) file is ours."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    except FileExistsError:
        if not overwrite:
            raise FileExistsAlreadyError(f"there is a file of this name: {_shown(file)}") from None
        return False
    return True


def replace_file(file: Path, data: bytes, mode: int) -> None:
    """Put a file with these bytes in the place of one that may be there, all at once: on the disk, or not at all.

    Args:
        file: its folder is there.
        data: what it is to hold.
        mode: who may do what with it, as far as the umask lets.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    draft = file.with_name(f".{secrets.token_hex(8)}{DRAFT}")
    try:
        _write_draft(draft, data, mode)
        draft.replace(file)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def add_file(file: Path, data: bytes, mode: int) -> None:
    """Put a new file with these bytes where none is, all at once: on the disk, or not at all.

    Args:
        file: its folder is there.
        data: what it is to hold.
        mode: who may do what with it, as far as the umask lets.

    Raises:
        FileExistsError: there is a file of this name; it is as it was.
        OSError: it cannot be written.
    """
    draft = file.with_name(f".{secrets.token_hex(8)}{DRAFT}")
    try:
        _write_draft(draft, data, mode)
        try:
            os.link(draft, file)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: there, a file that comes in this very moment is lost
            if os.path.lexists(file):
                raise FileExistsError(str(file)) from None
            draft.replace(file)
    finally:
        with suppress(OSError):
            draft.unlink()


def remove_drafts(folder: Path, now: datetime) -> None:
    """Remove from a folder, and those in it, files that were never finished: by a copy of the program that was killed.

    Args:
        folder: it need not be there.
        now: the time; what is younger than an hour may still be finished.
    """
    for place, _, names in os.walk(folder):
        for name in filter(_DRAFT_NAME.fullmatch, names):
            draft = Path(place, name)
            with suppress(OSError):  # another copy was first
                if now.timestamp() - draft.stat().st_mtime > _DRAFT_LIVES:
                    draft.unlink()


def _write_draft(draft: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _shown(path: Path) -> str:
    return clean(str(path))
