"""What is known of feeds, and what is done with a file that is not ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.library.feeds.schema import VERSION
from reader.library.feeds.state import FeedFacts, FeedState, FeedStateError, KnownArticle, SeenEntry

ARTICLE = KnownArticle(0, "https://a.test/1", b"feeds/a/\xff.md", b"d", "https://a.test/1", 7, "a.test/feed")


def test_facts_stay_and_those_of_other_versions_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "feeds.sqlite3"
    with FeedState(file) as state:
        state.keep_facts("a", FeedFacts(etag='W/"x"', failures=2))
        state.keep_facts("a", FeedFacts(etag='W/"y"'))
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("""INSERT INTO feeds VALUES ('b', '{"etag": "e", "of_tomorrow": 1}')""")
    with FeedState(file) as state:
        assert state.facts() == {"a": FeedFacts(etag='W/"y"'), "b": FeedFacts(etag="e")}
    assert file.stat().st_mode & 0o777 == 0o600


def test_articles_and_entries(tmp_path: Path) -> None:
    with FeedState(tmp_path / "f") as state:
        number = state.add_article(ARTICLE)
        seen = SeenEntry("a.test/feed", "id", number, None, b"t", 5, ("Ä", "b"))
        state.keep_entry(seen)
        assert state.entry("a.test/feed", "id") == state.entry_saying("a.test/feed", b"t", 5) == seen
        assert state.entry("b.test/feed", "id") is state.entry_saying("a.test/feed", b"t", 6) is None
        assert state.entries_of(number) == [seen]
        assert state.articles_named(ARTICLE.key) == [ARTICLE._replace(id=number)] == [state.article(number)]
        assert state.paths() == {ARTICLE.path}


def test_a_feed_that_moves_takes_all_with_it(tmp_path: Path) -> None:
    with FeedState(tmp_path / "f") as state:
        number = state.add_article(ARTICLE)
        for feed in ("a.test/feed", "b.test/feed"):
            state.keep_entry(SeenEntry(feed, "id", number, None, b"t", None, ()))
        state.keep_entry(SeenEntry("a.test/feed", "own", number, None, b"t", None, ()))
        state.keep_facts("a.test/feed", FeedFacts(etag="e"))
        state.move("a.test/feed", "b.test/feed")
        assert state.facts() == {"b.test/feed": FeedFacts(etag="e")}
        assert {(seen.feed, seen.id) for seen in state.entries_of(number)} == {
            ("b.test/feed", "id"),
            ("b.test/feed", "own"),
        }
        assert state.article(number).owner == "b.test/feed"


def test_changes_are_made_all_or_none(tmp_path: Path) -> None:
    with FeedState(tmp_path / "f") as state:
        with pytest.raises(ZeroDivisionError), state.changing():
            assert 1 / (state.add_article(ARTICLE) - 1)
        assert state.paths() == set()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not SQLite at all " * 99, "damaged"),
        ("another", "in a file of another program"),
        ("newer", "of another version of this program"),
    ],
    ids=["noise", "another", "newer"],
)
def test_a_file_that_is_not_ours_is_set_aside_and_that_is_told(tmp_path: Path, content: bytes | str, why: str) -> None:
    file = tmp_path / "feeds.sqlite3"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        with closing(sqlite3.connect(file)) as other, other:
            other.execute("CREATE TABLE precious (x)")
            if content == "newer":
                other.execute("PRAGMA application_id = 0x72646631")
                other.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = file.read_bytes()
    with FeedState(file) as state:
        assert state.facts() == {}
        assert state.note == f"what was known of the feeds is {why}: it begins anew; the old file is {file}.damaged"
    assert file.with_name("feeds.sqlite3.damaged").read_bytes() == before
    with FeedState(file) as again:
        assert again.note == ""


def test_a_place_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedStateError, match="file"):
        FeedState(tmp_path / "file" / "feeds.sqlite3")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FeedStateError, match="folder"):
        FeedState(tmp_path / "folder")
