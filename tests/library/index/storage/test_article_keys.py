"""The keys of articles, of which the index keeps a number, and makes the text again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index.storage.article_keys import kept_key, key_of_link, number_of_key, numbers_of_keys
from reader.library.library import Library
from reader.library.sync.sync import sync
from reader.library.sync.write import Writer
from reader.stories.limits import URL_CHARACTERS

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

AMP = "https://www.a.example/amp/1?utm_source=x"
TOO_LONG = "http://a.example/".ljust(URL_CHARACTERS, "x")


def kept(library: Library) -> list[str]:
    """The keys of which the index keeps the text."""
    rows = library.index.connection.execute("SELECT key FROM known_articles WHERE key IS NOT NULL ORDER BY key")
    return [row[0] for row in rows]


def keys(library: Library) -> set[str]:
    return {row[0] for row in library.index.connection.execute("SELECT key FROM articles")}


@pytest.mark.parametrize(
    ("key", "url", "is_kept"),
    [
        ("https://a.example/1", AMP, False),
        ("https://a.example/1", "https://a.example/2", True),
        ("content:0123", "", True),
        ("https://a.example/1", "ftp://a.example/1", True),
    ],
)
def test_a_key_is_kept_where_the_link_does_not_tell_it(key: str, url: str, *, is_kept: bool) -> None:
    assert kept_key(key, url) == (key if is_kept else None)
    assert is_kept or key_of_link(url) == key


def test_numbers_go_by_their_size_and_stand_for_any_text() -> None:
    numbers = numbers_of_keys(["b", "a", "\udcff", "c" * 10_000])
    assert numbers == sorted(numbers)
    assert set(numbers) == {
        number_of_key("a"),
        number_of_key("b"),
        number_of_key("\udcff"),
        number_of_key("c" * 10_000),
    }
    assert all(-(2**63) <= number < 2**63 for number in numbers)


def test_keys_are_those_of_the_files(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    entries = [{"title": "Web", "url": "http://m.b.example/2/#top"}, {"title": "No link"}]
    write_story(tmp_path, "a.md", title="A", url=AMP, related=entries)
    write_story(tmp_path, "b.md", title="No link either")
    library = open_library(tmp_path)
    stories = {story: library.read(story) for story in library.index.ids()}
    assert library.index.keys(stories) == {story: read.key for story, read in stories.items()}
    assert keys(library) == {article.key for read in stories.values() for article in (read, *read.related)}
    assert len(kept(library)) == 2
    for story, read in stories.items():
        assert library.index.story_named(read.key) == story
        assert library.index.stories_with([read.key, "nobody's"]) == {story}
    assert library.index.story_named("https://a.example/1") is not None
    assert library.index.story_named("https://b.example/2") is None


def test_one_entry_whose_link_does_not_tell_is_enough_to_keep_the_key(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    long = {"title": "Web", "excerpt": "With more to say.", "url": TOO_LONG, "originalUrl": "https://b.example/2"}
    write_story(tmp_path, "a.md", title="A", related=[{"title": "Web", "url": "https://b.example/2"}])
    write_story(tmp_path, "b.md", title="B", related=[long])
    library = open_library(tmp_path)
    rows = library.index.connection.execute("SELECT key, url FROM articles WHERE title = 'Web'").fetchall()
    assert rows == [("https://b.example/2", TOO_LONG)]  # the link of the entry that says most
    assert "https://b.example/2" in kept(library)


def test_an_article_is_what_it_was_until_its_loss_is_resolved(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", title="A", excerpt="Of A.", url="https://a.example/1", provider="One", quality=3)
    write_story(tmp_path, "b.md", title="B", related=[{"title": "A", "url": "https://a.example/1"}])
    library = open_library(tmp_path)
    connection = library.index.connection
    asked = "SELECT key, title, excerpt, quality, url, provider, outlet, story IS NULL FROM articles WHERE number = ?"
    number = (number_of_key("https://a.example/1"),)
    *before, _ = connection.execute(asked, number).fetchone()
    writer = Writer(connection)
    with writer.transaction():
        writer.remove(b"a.md")
    assert connection.execute(asked, number).fetchall() == [(*before, True)]
    (tmp_path / "a.md").unlink()
    sync(connection, tmp_path)
    assert connection.execute(asked, number).fetchall() == [
        ("https://a.example/1", "A", "", None, "https://a.example/1", "a.example", "a.example", True)
    ]
