"""What is taken apart of a story is put together again, byte by byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.library.folder.scan import scan
from reader.library.index.storage import schema
from reader.library.index.storage.story_texts import MARK, columns_of, texts_of
from reader.library.sync.records import RecordReader, StoryRecord
from reader.library.sync.write import WHOLE, Writer

if TYPE_CHECKING:
    from conftest import WriteStory

SLUG = "volcano-wakes-up"


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """What is read of an index, and no more of it."""
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE TABLE prefixes (id INTEGER PRIMARY KEY, prefix)")
        opened.execute("CREATE TABLE known_stories (folder INTEGER, site INTEGER, name BLOB, slug TEXT, link TEXT)")
        yield opened


def put_together(connection: sqlite3.Connection, path: bytes, url: str) -> tuple[bytes, str]:
    """What the index gives of a path and a link that it keeps."""
    texts, columns = texts_of(path, url), columns_of("x")
    connection.execute("DELETE FROM prefixes")
    connection.execute("DELETE FROM known_stories")
    connection.execute("INSERT INTO prefixes VALUES (1, ?), (2, ?)", (texts.folder, texts.site))
    row = (texts.name, texts.slug, texts.link)
    connection.execute("INSERT INTO known_stories VALUES (1, 2, ?, ?, ?)", row)
    given_back: tuple[bytes, str] = connection.execute(
        f"SELECT {columns['path']}, {columns['url']} FROM known_stories x"
    ).fetchone()
    return given_back


@given(
    path=st.lists(
        st.sampled_from(["news/", "2020-02-20-", SLUG, "ü", "\udcff", MARK, ".", ".md", "-2", "a"]), min_size=1
    ).map(lambda parts: "".join(parts).encode("utf-8", "surrogateescape")),
    url=st.lists(st.sampled_from(["https://", "example.org", "/", "2020/02/20/", SLUG, "?", "-2", ".html", "a", MARK])),
)
@example(path=b"news/2020-02-20-volcano-wakes-up.md", url=["https://example.org/", SLUG, "/", SLUG])
def test_all_of_it_comes_back(connection: sqlite3.Connection, path: bytes, url: list[str]) -> None:
    assert put_together(connection, path, "".join(url)) == (path, "".join(url))


def test_a_headline_that_both_are_made_of_is_kept_once() -> None:
    told = texts_of(b"news/2020-02-20-volcano-wakes-up.md", "https://example.org/2020/02/volcano-wakes-up.html")
    assert told == (b"news/", b"2020-02-20-\x01.md", "https://example.org/", "2020/02/\x01.html", SLUG)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        (b"story.md", "https://example.org/story"),
        (b"volcano-wakes-up.md", "https://example.org/another-wakes-up"),
        ("vulkan-über-alles.md".encode(), "https://example.org/vulkan-%C3%BCber-alles"),
        (b"volcano-wakes-up\x01.md", "https://example.org/volcano-wakes-up\x01"),
        (b"volcano-wakes-up.md", ""),
    ],
)
def test_others_share_nothing(path: bytes, url: str) -> None:
    assert texts_of(path, url).slug is None


def test_what_was_taken_back_is_not_taken_for_known(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path / "news", "a.md", url="https://example.org/a", provider="Example", topics=["AI"])
    stamp = next(stamp for folder in scan(tmp_path / "news") for stamp in folder.stamps())
    ((record, _),) = RecordReader(tmp_path / "news").wholes([stamp.path])
    assert isinstance(record, StoryRecord)
    with closing(schema.connect(tmp_path / "index.sqlite3")) as connection:
        writer = Writer(connection)
        with suppress(KeyboardInterrupt), writer.transaction():
            writer.put(stamp, record, WHOLE)
            raise KeyboardInterrupt
        with writer.transaction():
            writer.put(stamp, record, WHOLE)
        told = connection.execute("SELECT path, url, provider FROM stories").fetchall()
    assert told == [(b"a.md", "https://example.org/a", "Example")]
