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

from library.packed import bonds_told, nearest_told
from reader.library.index.index import Index
from reader.library.library import Library
from reader.library.query.query import Sort, parse

NOBODY = 65534
PLACE = "reader-test-"


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
    place = Path(tempfile.mkdtemp(prefix=PLACE))
    place.chmod(0o777)
    yield place
    shutil.rmtree(place)


@contextmanager
def as_nobody(place: Path) -> Iterator[None]:
    """Act as a user without privileges where the tests run as the superuser, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    for folder, _, files in os.walk(place):  # what this user keeps is for this user alone
        for path in (Path(folder), *(Path(folder, name) for name in files)):
            os.chown(path, NOBODY, -1)
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
            with as_nobody(next(one for one in path.parents if one.name.startswith(PLACE))):
                yield
        finally:
            path.chmod(before)

    return lock


def _paths(index: Index, stories: object) -> list[bytes | None]:
    return [index.path(story) for story in stories]  # type: ignore[attr-defined]


def _story(index: Index, story: int, keys: dict[int | None, str]) -> dict[str, object]:
    """All that the index tells of a story, with paths and keys in the place of ids."""
    coverage = index.coverage(story)
    assert coverage is not None
    articles = {
        article.key: (
            *(article.title, article.excerpt, article.provider, article.outlet, article.published, article.quality),
            *(article.type, article.url),
            None if article.story is None else index.path(article.story),
            sorted(index.path(by) or b"" for by in article.named_by),
            *(keys.get(article.event), keys.get(article.copy), article.reason, article.relation, article.likeness),
        )
        for article in coverage.whole
    }
    row, text = index.rows([story])[story], index.text(story)
    assert text is not None
    return {
        "row": (row.title, row.provider, row.published, row.outlets, row.type, row.quality, row.coverage),
        "numbers": (row.outlets, row.linked, row.alike),
        "text": (text.topics, text.excerpt, text.body, text.url),
        "focus": coverage.focus.key,
        "coverage": articles,
        "group": _paths(index, index.event_stories(story)),
    }


def _events(index: Index) -> dict[str, object]:
    """All that the index keeps of events, with keys in the place of ids."""
    tables = {
        "events": """SELECT x.key, e.articles, e.stories, e.outlets, e.independent, e.began, e.ended
                     FROM events e LEFT JOIN articles x ON x.id = e.id""",
        "on": """SELECT x.key, e.key, c.key FROM articles x LEFT JOIN articles e ON e.id = x.event
                 LEFT JOIN articles c ON c.id = x.copy WHERE x.event IS NOT NULL OR x.copy IS NOT NULL""",
        "units": """SELECT x.key, (SELECT min(y.key) FROM articles y WHERE y.unit = x.unit) FROM articles x
                    WHERE x.unit IS NOT NULL""",
        "compared": """SELECT x.key, c.published, c.lot, c.words, c.headline
                       FROM compared c LEFT JOIN articles x ON x.id = c.article""",
        "counts": "SELECT word, headlines FROM headline_counts",
    }
    told = {name: sorted(map(repr, index.connection.execute(sql))) for name, sql in tables.items()}
    bonds, nearest = bonds_told(index.connection), nearest_told(index.connection)
    return {**told, "bonds": sorted(bonds), "nearest": sorted(nearest)}


@pytest.fixture(scope="session")
def content() -> Callable[[Index], dict[str, object]]:
    """Everything an index can be asked, in a form that does not depend on ids: two equal indexes answer alike."""

    def tell(index: Index) -> dict[str, object]:
        keys = dict(index.connection.execute("SELECT id, key FROM articles"))
        queries = [parse(text) for text in ("a", "coverage:a", "coverage:b", "topic:red", "title:b")]
        return {
            "counts": index.counts(),
            "orders": {sort: _paths(index, index.ids(sort=sort)) for sort in Sort},
            "found": [_paths(index, index.ids(query)) for query in queries],
            "facets": [index.topics(), *(index.topics(query) for query in queries)],
            "problems": index.problems(),
            "stories": {index.path(story): _story(index, story, keys) for story in index.ids()},
            "events": _events(index),
        }

    return tell
