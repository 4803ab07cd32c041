"""Writing files whole or not at all, and over another file only where that is wanted."""

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
"""Modes of files, before the umask: for a text that a person saves, and for private data."""

DRAFT = ".part"
"""The ending of a draft: a hidden file that is still being written, and useless once its writer is gone."""

_DRAFT_NAME = re.compile(r"\.[0-9a-f]{16}" + re.escape(DRAFT))
_DRAFT_LIVES = 3_600
"""The age in seconds from which a draft is taken for one that nobody will finish."""

_LONGEST_NAME = 80
"""The most bytes of a file's name that are taken from a headline."""

_WORD = re.compile(r"[^\W_]+")


class SaveError(ReaderError):
    """A file cannot be written; nothing has changed."""


class FileExistsAlreadyError(SaveError):
    """There is a file of this name already, and it was not to be overwritten."""


def place_of(typed: str) -> Path:
    """The path of the file that a person typed: `~` is the home folder, and a relative path is in the current folder.

    Raises:
        SaveError: nothing was typed, or there is no such folder.
    """
    if not typed.strip():
        raise SaveError("a file needs a name")
    try:
        return Path.cwd() / Path(typed.strip()).expanduser()
    except (OSError, RuntimeError, ValueError) as error:
        raise SaveError(f"no such folder: {clean(str(Path(typed.strip()).parent))}") from error


def free_name(folder: Path, name: str) -> str:
    """A name that no file in a folder has: the one given, or with `-2`, `-3` and so on before its ending."""
    number = free_number(lambda number: os.path.lexists(folder / numbered(name, number)))
    return numbered(name, number)


def numbered(name: str, number: int) -> str:
    """The name of the nth file of the same name: the first keeps it, the second gets `-2` before its ending."""
    return name if number == 1 else f"{Path(name).stem}-{number}{Path(name).suffix}"


def free_number(is_taken: Callable[[int], bool]) -> int:
    """A number from 1 that is not taken: the smallest, if the taken numbers have no gap.

    It tries few numbers, however many are taken: thousands of saved pages may have the headline of one bot check.
    """
    taken, free = 0, 1
    while is_taken(free):
        taken, free = free, 2 * free
    while free - taken > 1:
        between = (taken + free) // 2
        taken, free = (between, free) if is_taken(between) else (taken, between)
    return free


def name_for(headline: str, otherwise: str, ending: str) -> str:
    """A file's name made from a headline: `police-flip-the-switch.md`.

    Args:
        headline: any text.
        otherwise: the name to take where the headline has no word.
        ending: the ending of the name, with its dot.
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
    """Write a text file in UTF-8.

    Args:
        file: its path, in a folder that exists.
        lines: its lines, without line ends.
        overwrite: whether to replace a file of this name; for a symbolic link, the file that it leads to.
        mode: its mode, as far as the umask allows.

    Raises:
        FileExistsAlreadyError: there is a file of this name, and it was not to be replaced.
        SaveError: it cannot be written; what was there before is unchanged.
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
    """Create an empty file, so that no other file is replaced by mistake; says whether it was created."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    except FileExistsError:
        if not overwrite:
            raise FileExistsAlreadyError(f"there is a file of this name: {_shown(file)}") from None
        return False
    return True


def replace_file(file: Path, data: bytes, mode: int) -> None:
    """Write a file, in place of the one that may be there; it reaches the disk as a whole or not at all.

    Args:
        file: its path, in a folder that exists.
        data: what the file is to hold.
        mode: its mode, as far as the umask allows.

    Raises:
        OSError: it cannot be written; what was there before is unchanged.
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
    """Write a new file, never over another; it reaches the disk as a whole or not at all.

    Args:
        file: its path, in a folder that exists.
        data: what the file is to hold.
        mode: its mode, as far as the umask allows.

    Raises:
        FileExistsError: there is a file of this name, which is unchanged.
        OSError: it cannot be written.
    """
    draft = file.with_name(f".{secrets.token_hex(8)}{DRAFT}")
    try:
        _write_draft(draft, data, mode)
        try:
            os.link(draft, file)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: here a file that appears at this very moment is replaced
            if os.path.lexists(file):
                raise FileExistsError(str(file)) from None
            draft.replace(file)
    finally:
        with suppress(OSError):
            draft.unlink()


def remove_drafts(folder: Path, now: datetime) -> None:
    """Remove the drafts in a folder and below it, left by copies of the program that were killed.

    Args:
        folder: the folder; it need not exist.
        now: the time. Drafts younger than an hour stay: another copy may still be writing them.
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
