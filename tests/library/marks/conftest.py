"""Files of marks for the tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.marks.files import KEYS, LONG
from library.marks_support import noon
from reader.library.marks.marks import MarkKind, Marks


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "marks.sqlite3"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file of every sort of page: inner and outer ones, a long note, a list of changes."""
    file = tmp_path_factory.mktemp("full") / "marks.sqlite3"
    with Marks(file, noon) as marks:
        marks.set(KEYS, MarkKind.READ, True)
        marks.set(KEYS[:90], MarkKind.TAG, True, "a tag")
        marks.set(KEYS[50:51], MarkKind.NOTE, LONG)
        marks.set(KEYS[:40], MarkKind.READ, False)
    return file


@pytest.fixture
def filled(full: Path, file: Path) -> Path:
    """The same in a place of its own."""
    file.parent.mkdir()
    shutil.copy(full, file)
    return file


@pytest.fixture
def marks(file: Path) -> Iterator[Marks]:
    with Marks(file, noon, patience=0.1) as marks:
        yield marks
