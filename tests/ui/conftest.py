"""Apps for the tests of the screen: a fixed clock, an index that is up to date, no browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.config import Config
from reader.library.library import Library
from reader.paths import sample_folder
from reader.ui.app import ReaderApp
from reader.ui.listing import Listing
from support import DEFAULT_CONFIG, MakeApp

CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """The factory; the libraries are closed at the end."""
    libraries: list[Library] = []

    def make(folder: Path | None = None, *, query: str = "", config: Config = DEFAULT_CONFIG) -> ReaderApp:
        is_sample = folder is None
        library = Library(folder or sample_folder(), tmp_path / "cache", is_sample=is_sample, in_process=True)
        libraries.append(library)
        library.sync()
        listing, marks = Listing(text=query), tmp_path / "data" / "marks.sqlite3"
        views = tmp_path / "data" / "views.json"
        return ReaderApp(
            library, config, lambda: CLOCK, zone=UTC, listing=listing, environment={}, marks=marks, views=views
        )

    yield make
    for library in libraries:
        library.close()
