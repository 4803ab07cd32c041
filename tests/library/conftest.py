"""What the library's tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from reader.library.index import Index
from reader.library.library import Library
from reader.library.query import Sort, parse

NOBODY = 65534


class OpenLibrary(Protocol):
    """Opens a library that a fixture closes; see `open_library`."""

    def __call__(self, root: Path, *, cache: Path | None = None, in_process: bool = True) -> Library: ...


class Locked(Protocol):
    """Takes the permissions of a file or folder for a while; see `locked`."""

    def __call__(self, path: Path, mode: int = 0) -> AbstractContextManager[None]: ...


@pytest.fixture
def open_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenLibrary]:
    """Open a library with its index in a folder of this test, and bring it up to date once."""
    own_cache = tmp_path_factory.mktemp("cache")
    opened: list[Library] = []

    def open_one(root: Path, *, cache: Path | None = None, in_process: bool = True) -> Library:
        library = Library(root, cache or own_cache, in_process=in_process)
        opened.append(library)
        library.sync()
        return library

    yield open_one
    for library in opened:
        library.close()


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that another user can reach and write: the superuser's temporary folders are closed to all others."""
    place = Path(tempfile.mkdtemp(prefix="reader-test-"))
    place.chmod(0o777)
    yield place
    shutil.rmtree(place)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as a user without privileges where the tests run as the superuser, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked() -> Locked:
    """Within its block a file or folder has other permissions (none), and they hold for the tests' user as well."""

    @contextmanager
    def lock(path: Path, mode: int = 0) -> Iterator[None]:
        before = path.stat().st_mode & 0o7777
        path.chmod(mode)
        try:
            with as_nobody():
                yield
        finally:
            path.chmod(before)

    return lock


def _paths(index: Index, stories: object) -> list[bytes | None]:
    return [index.path(story) for story in stories]  # type: ignore[attr-defined]


def _story(index: Index, story: int) -> dict[str, object]:
    """All that the index tells of a story, with paths in the place of ids."""
    coverage = index.coverage(story)
    assert coverage is not None
    articles = {
        article.key: (
            *(article.title, article.excerpt, article.provider, article.outlet, article.published, article.quality),
            *(article.type, article.url),
            None if article.story is None else index.path(article.story),
            sorted(index.path(by) or b"" for by in article.named_by),
        )
        for article in coverage.all
    }
    row, text = index.rows([story])[story], index.text(story)
    assert text is not None
    return {
        "row": (row.title, row.provider, row.published, row.outlets, row.type, row.quality, row.coverage),
        "text": (text.topics, text.excerpt, text.body, text.url),
        "focus": coverage.focus.key,
        "coverage": articles,
        "group": _paths(index, index.linked_group(story)),
    }


@pytest.fixture(scope="session")
def content() -> Callable[[Index], dict[str, object]]:
    """Everything an index can be asked, in a form that does not depend on ids: two equal indexes answer alike."""

    def tell(index: Index) -> dict[str, object]:
        queries = [parse(text) for text in ("a", "coverage:a", "coverage:b", "topic:red", "title:b")]
        return {
            "counts": index.counts(),
            "orders": {sort: _paths(index, index.ids(sort=sort)) for sort in Sort},
            "found": [_paths(index, index.ids(query)) for query in queries],
            "facets": [index.topics(), *(index.topics(query) for query in queries)],
            "problems": index.problems(),
            "stories": {index.path(story): _story(index, story) for story in index.ids()},
        }

    return tell
