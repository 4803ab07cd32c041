"""The library that a command is about: choosing it, opening it, bringing its index up to date; and the marks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.base.errors import LibraryError
from reader.base.paths import cache_folder, config_file, marks_file, sample_folder
from reader.base.text import clean
from reader.cli import COMMANDS, SCREEN
from reader.cli.printing import now, say
from reader.library.library import Library
from reader.settings.config import Config
from reader.settings.file import load_config

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from reader.coverage.model import Coverage
    from reader.library.marks.marks import Marks


def choose(folder: str | None, config: Config) -> tuple[Path, str]:
    """The folder of the library to open, and where that comes from, in words.

    Raises:
        LibraryError: it is `~name`, and there is no user of that name.
    """
    if folder:
        return _expanded(folder), "given"
    if named := os.environ.get("READER_LIBRARY"):
        return _expanded(named), "$READER_LIBRARY"
    if config.library is not None:
        return config.library, "configuration"
    return sample_folder(), "the sample"


def _expanded(folder: str) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError as error:
        raise LibraryError(f"no such folder: {clean(folder)}") from error


def open_library(folder: str | None, config: Config, *, in_process: bool = False) -> Library:
    """Open the library of a folder, as it was given, without reading the folder. `in_process` is as in `Library`.

    Raises:
        LibraryError: the folder is missing or may not be read.
    """
    root, _ = choose(folder, config)
    is_sample = root == sample_folder()
    return Library(root, cache_folder(), is_sample=is_sample, in_process=in_process, limits=config.limits)


def synced(folder: str | None, *, glance: bool = False) -> Library:
    """Open a library and bring its index up to date; it is closed when the command ends.

    Args:
        folder: the folder, as it was given.
        glance: as in `Library.sync`.

    Raises:
        LibraryError: as in `open_library` and `Library.sync`.
    """
    import click

    library = open_library(folder, load_config(config_file()), in_process=True)
    click.get_current_context().call_on_close(library.close)
    library.sync(workers=os.cpu_count() or 1, heal=True, glance=glance)
    if library.note:
        say(f"reader: {library.note}", err=True)
    return library


@contextmanager
def own_marks() -> Iterator[Marks]:
    """The reader's marks, opened. If they were damaged, prints what was mended: later commands could not say it."""
    from reader.library.marks.marks import Marks

    with Marks(marks_file(), now) as marks:
        try:
            yield marks
        finally:
            if marks.note:
                say(f"reader: {marks.note}", err=True)


def as_configured(coverage: Coverage | None) -> Coverage | None:
    """A coverage as it is shown: without the stories that are alike, if the configuration says so."""
    if coverage is None or load_config(config_file()).found_coverage:
        return coverage
    return coverage.without_found


def library_of(story: str, folder: str | None) -> str | None:
    """The library to look for a story in: the one given, the usual one if it has the file, or the file's folder."""
    usual, whence = choose(folder, load_config(config_file()))
    if folder is not None or not exists(story) or not Path(story).is_file():
        if usual == sample_folder():
            say(f"reader: no library is named: looked for in {whence}; --library FOLDER names yours", err=True)
        return folder
    real = Path(story).resolve()
    return str(usual) if real.is_relative_to(usual.resolve()) else str(real.parent)


_PATTERN_SIGNS = frozenset("^$*+?()[]{}|\\")
"""Signs that a regular expression between slashes may have, and a folder's name hardly has."""


def folder_and_query(first: str | None, words: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The library and the query of a command, of which both may be left out.

    Args:
        first: the first argument. It is the query's first word, unless it is a folder or was meant as one.
        words: all other arguments.
    """
    if first is None or exists(first) or looks_like_path(first):
        return first, words
    return None, (first, *words)


def exists(word: str) -> bool:
    """Whether a file or folder of a name exists; False as well where no file could have the name."""
    try:
        return Path(word).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


def looks_like_path(word: str) -> bool:
    """Whether a word that is no folder was meant as one: so a typo is an error, and is not searched for."""
    within = word[1:-1]
    is_pattern = word[:1] == word[-1:] == "/" not in within and not _PATTERN_SIGNS.isdisjoint(within)
    return word.startswith(("/", "./", "../", "~")) and not is_pattern


def asks_for_screen(arguments: Sequence[str]) -> bool:
    """Whether arguments only ask for the screen, of the usual library or of the folder that they name."""
    if any(name.startswith("_") and name.endswith("_COMPLETE") for name in os.environ):
        return False  # the shell asks what may come next, by a name made of that under which the program was installed
    return not arguments or (len(arguments) == 1 and may_be_folder(arguments[0]))


def may_be_folder(word: str) -> bool:
    """Whether a first word is no command and no option, but a folder that is there, or was meant as one."""
    if not word or word.startswith("-") or word in (SCREEN, *COMMANDS):
        return False
    return os.sep in word or looks_like_path(word) or exists(word)


def complete_folders(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Has the shell complete the name of a folder."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def complete_files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Has the shell complete the name of a file."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]
