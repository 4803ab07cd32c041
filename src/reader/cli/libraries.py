"""Which library a command is about: choosing it, opening it, having its index up to date; and the marks on it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.base.errors import LibraryError
from reader.base.paths import cache_folder, config_file, marks_file, sample_folder
from reader.base.text import clean
from reader.cli.printing import now, say
from reader.library.library import Library
from reader.settings.config import Config
from reader.settings.file import load_config

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from reader.coverage.model import Coverage
    from reader.library.marks.marks import Marks


def choose(folder: str | None, config: Config) -> tuple[Path, str]:
    """The library to open, and where its name comes from.

    Raises:
        LibraryError: its name is that of nobody's home folder.
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
    """The library of a folder as it was given; its index is as it is. `in_process` as in `Library`.

    Raises:
        LibraryError: the folder is missing or may not be read.
    """
    root, _ = choose(folder, config)
    is_sample = root == sample_folder()
    return Library(root, cache_folder(), is_sample=is_sample, in_process=in_process, limits=config.limits)


def synced(folder: str | None, *, glance: bool = False) -> Library:
    """A library whose index is up to date, or as `glance` of `Library.sync`; closed when the command ends.

    Raises:
        LibraryError: as in `open_library` and `Library.sync`.
    """
    library = open_library(folder, load_config(config_file()), in_process=True)
    click.get_current_context().call_on_close(library.close)
    library.sync(workers=os.cpu_count() or 1, heal=True, glance=glance)
    if library.note:
        say(f"reader: {library.note}", err=True)
    return library


@contextmanager
def own_marks() -> Iterator[Marks]:
    """The reader's marks, open. Where they were damaged, it is said what became of them: no other command will know."""
    from reader.library.marks.marks import Marks

    with Marks(marks_file(), now) as marks:
        try:
            yield marks
        finally:
            if marks.note:
                say(f"reader: {marks.note}", err=True)


def as_configured(coverage: Coverage | None) -> Coverage | None:
    """A coverage as far as the configuration has it shown."""
    if coverage is None or load_config(config_file()).found_coverage:
        return coverage
    return coverage.without_found


def library_of(story: str, folder: str | None) -> str | None:
    """The library a story is looked for in: the one given, else the usual one if the file is in it, else its folder."""
    usual, whence = choose(folder, load_config(config_file()))
    if folder is not None or not exists(story) or not Path(story).is_file():
        if usual == sample_folder():
            say(f"reader: no library is named: looked for in {whence}; --library FOLDER names yours", err=True)
        return folder
    real = Path(story).resolve()
    return str(usual) if real.is_relative_to(usual.resolve()) else str(real.parent)


_PATTERN_SIGNS = frozenset("^$*+?()[]{}|\\")
"""Signs of a regular expression between slashes that a folder's name hardly has."""


def folder_and_query(first: str | None, words: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The library and the query of a command that takes both, of which the library may be left out.

    Args:
        first: its first argument, which is the query's first word where it is no folder and was not meant as one.
        words: all others.
    """
    if first is None or exists(first) or looks_like_path(first):
        return first, words
    return None, (first, *words)


def exists(word: str) -> bool:
    """Whether a word names something of the file system; one that no file could have as its name does not."""
    try:
        return Path(word).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


def looks_like_path(word: str) -> bool:
    """Whether a word that is no folder was meant as one, so that a typo is told and not searched for."""
    within = word[1:-1]
    is_pattern = word[:1] == word[-1:] == "/" not in within and not _PATTERN_SIGNS.isdisjoint(within)
    return word.startswith(("/", "./", "../", "~")) and not is_pattern


def complete_folders(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a shell completes a folder with: it finds folders itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def complete_files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """As `complete_folders`, of files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]
