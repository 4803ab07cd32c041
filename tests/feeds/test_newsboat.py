"""Coming over from newsboat: its own files, and what stands in them that it never wrote."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feed_files import item, rss
from reader.base.paths import marks_file
from reader.cli.main import cli
from reader.cli.printing import now
from reader.feeds.entries import process
from reader.feeds.model import Feed
from reader.feeds.subscriptions.newsboat import parse_urls
from reader.library.feeds.newsboat import NewsboatCache, NewsboatError
from reader.library.marks.marks import NO_MARKS, MarkKind, Marks
from reader.stories.files import read_story

from .conftest import FeedServer

URLS = r"""
# a comment
https://a.test/rss
https://b.test/rss "~My name" news "two words" !hidden  # not a comment's tag
  https://c.test/"quoted" tag\ with\ space
exec:~/bin/make-feed.sh tag
filter:~/bin/f.awk:https://d.test/rss
query:Unread:unread = "yes"
file:///home/me/feed.xml
"""

TABLE = """CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid VARCHAR(64), title VARCHAR(1024), author VARCHAR(1024),
    url VARCHAR(1024), feedurl VARCHAR(1024), pubDate INTEGER, content VARCHAR(65535), unread INTEGER(1),
    enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024), enqueued INTEGER(1), flags VARCHAR(52),
    deleted INTEGER(1), base VARCHAR(128))"""


def test_the_file_of_addresses() -> None:
    urls = parse_urls(URLS.encode())
    assert urls.feeds == (
        Feed("https://a.test/rss"),
        Feed("https://b.test/rss", "My name", ("news", "two words")),
        Feed("https://c.test/quoted", "", ("tag with space",)),
    )
    assert urls.not_taken == (
        "exec:~/bin/make-feed.sh (exec: only the web is asked)",
        "filter:~/bin/f.awk:https://d.test/rss (filter: only the web is asked)",
        "query:Unread:unread (a search; a view does that here)",
        "file:///home/me/feed.xml (file: only the web is asked)",
    )
    assert parse_urls(b'\xff\xfe "unclosed ~ \\').feeds == ()


def cache_of(path: Path, *rows: dict[str, object]) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(TABLE)
        connection.execute("CREATE TABLE rss_feed (rssurl VARCHAR(1024), url VARCHAR(1024), title VARCHAR(1024))")
        for row in rows:
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO rss_item ({names}) VALUES ({marks})", list(row.values()))
    return path


def test_stories_and_their_states_come_over(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    common = {"feedurl": "https://a.test/rss", "pubDate": 1_700_000_000, "author": "Ada", "deleted": 0, "flags": ""}
    rows = [
        {**common, "guid": "1", "title": "Read", "url": "https://a.test/1", "content": "<b>x</b>", "unread": 0},
        {**common, "guid": "2", "title": "Star", "url": "https://a.test/2", "content": "", "unread": 1, "flags": "sq"},
        {**common, "guid": "3", "title": "Gone", "url": "https://a.test/3", "content": "", "unread": 0, "deleted": 1},
        {**common, "guid": "4", "title": "No link \x1b[31m", "url": "", "content": "4", "unread": 0, "pubDate": "junk"},
        {**common, "guid": b"\xff", "title": None, "url": "javascript:x", "content": "5", "unread": "?", "flags": None},
        {**common, "guid": "6", "title": "Other feed", "url": "https://z.test/6", "feedurl": "https://z.test/"},
    ]
    (tmp_path / "urls").write_text('https://a.test/rss "~The A" news\nexec:x')
    cache_of(tmp_path / "cache.db", *rows)
    command = ["feeds", "import", str(tmp_path / "urls"), "--library", str(library)]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "1 feed added",
        "4 stories taken: 3 read, 1 starred (flag s), 1 with other flags as tags",
    ]
    assert "not taken: exec:x" in done.stderr
    assert "1 not taken: newsboat has them as deleted" in done.stderr
    stories = {story.title: story for file in library.rglob("*.md") if (story := read_story(file))}
    assert set(stories) == {"Read", "Star", "No link ␛[31m", "5"}
    assert (stories["Read"].topics, stories["Read"].authors) == (("news",), ("Ada",))
    assert stories["Read"].provider.name == "The A"
    with Marks(marks_file(), now) as marks:
        found = marks.of(story.key for story in stories.values())
    assert {title for title, story in stories.items() if story.key in found and found[story.key].read} == {
        "Read", "No link ␛[31m", "5",
    }  # fmt: skip
    assert found[stories["Star"].key].starred
    assert found[stories["Star"].key].tags == ("flag-q",)
    again = CliRunner().invoke(cli, command)
    assert again.stdout.splitlines()[1].startswith("0 stories taken")


COMMON = {"feedurl": "https://a.test/rss", "pubDate": 1_700_000_000, "deleted": 0, "unread": 0, "flags": "sq"}


def test_many_long_articles_come_over_and_one_that_is_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "FEED_BYTES", 4_000)
    words = ["word " * 300] * 6 + ["word " * 1_000]
    rows = [
        {**COMMON, "guid": str(n), "title": f"T{n}", "url": f"https://a.test/{n}", "content": text}
        for n, text in enumerate(words)
    ]
    cache_of(tmp_path / "cache.db", *rows)
    taken = take_in(tmp_path)
    assert taken.stdout.splitlines()[1].startswith("6 stories taken: 6 read")
    assert taken.stderr == "reader: https://a.test/rss: T6: larger than 0 MB\n"


def test_what_was_decided_here_since_stays(tmp_path: Path) -> None:
    cache_of(tmp_path / "cache.db", {**COMMON, "guid": "1", "title": "One", "url": "https://a.test/1", "content": ""})
    assert "1 read, 1 starred (flag s), 1 with" in take_in(tmp_path).stdout
    key = "https://a.test/1"
    with Marks(marks_file(), now) as marks:
        marks.set([key], MarkKind.READ, False)
        marks.set([key], MarkKind.STARRED, False)
        marks.set_tags([key], remove=["flag-q"])
    assert "0 read, 0 starred (flag s), 0 with" in take_in(tmp_path).stdout
    with Marks(marks_file(), now) as marks:
        assert marks.of([key]).get(key, NO_MARKS) == NO_MARKS


@pytest.mark.parametrize("guid", ["", "all"])
def test_stories_that_share_a_guid_keep_their_own_marks(tmp_path: Path, guid: str) -> None:
    rows: list[dict[str, object]] = [
        {**COMMON, "guid": guid, "title": f"T{n}", "url": f"https://a.test/{n}", "unread": unread, "flags": flags}
        for n, (unread, flags) in enumerate([(1, ""), (0, ""), (1, "s"), (0, "q")])
    ]
    rows.append({**rows[2], "content": "As it was", "unread": 0, "flags": "", "pubDate": 1_600_000_000})
    cache_of(tmp_path / "cache.db", *rows)
    assert take_in(tmp_path).stdout.splitlines()[1] == (
        "4 stories taken: 2 read, 1 starred (flag s), 1 with other flags as tags"
    )
    with Marks(marks_file(), now) as marks:
        found = [marks.of([key]).get(key, NO_MARKS) for key in (f"https://a.test/{n}" for n in range(4))]
    assert [(one.read, one.starred, one.tags) for one in found] == [
        (False, False, ()), (True, False, ()), (False, True, ()), (True, False, ("flag-q",)),
    ]  # fmt: skip


def take_in(folder: Path) -> Result:
    """Take over a cache of one feed."""
    library = folder / "library"
    library.mkdir(exist_ok=True)
    (folder / "urls").write_text("https://a.test/rss")
    done = CliRunner().invoke(cli, ["feeds", "import", str(folder / "urls"), "--library", str(library)])
    assert done.exit_code == 0, done.output
    return done


def test_what_is_no_cache_is_told(tmp_path: Path) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(b"no database at all" * 99)
    other = tmp_path / "other"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE precious (x)")
    before = other.read_bytes()
    for file in (noise, other, tmp_path / "none", tmp_path):
        with pytest.raises(NewsboatError, match=file.name):
            NewsboatCache(file)
    assert other.read_bytes() == before


@pytest.mark.long
@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
def test_files_of_a_real_newsboat(tmp_path: Path, server: FeedServer) -> None:
    urls, cache, library = tmp_path / "urls", tmp_path / "cache.db", tmp_path / "library"
    library.mkdir()
    first = server.serve("/a", rss(*map(item, range(12)), title="A"))
    second = server.serve("/b", rss(*(item(number, host="b.test") for number in range(20, 25)), title="B"))
    urls.write_text(f'{first} news "~The A"\n{second} "two words"\n')
    config = tmp_path / "config"
    config.write_text("")
    command = ["newsboat", "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload"]
    subprocess.run(command, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, check=True, timeout=60)
    with closing(sqlite3.connect(cache)) as connection, connection:  # keys of its screen do no more
        connection.execute("UPDATE rss_item SET unread = 0 WHERE guid IN ('id-1', 'id-2', 'id-21')")
        connection.execute("UPDATE rss_item SET flags = 's' WHERE guid = 'id-3'")
    done = CliRunner().invoke(cli, ["feeds", "import", str(urls), "--library", str(library)])
    assert done.stdout.splitlines() == [
        "2 feeds added",
        "17 stories taken: 3 read, 1 starred (flag s), 0 with other flags as tags",
    ]
    stories = {story.title: story for file in library.rglob("*.md") if (story := read_story(file))}
    assert len(stories) == 17
    assert stories["Story 3"].url == "https://news.test/story/3"
    assert stories["Story 21"].topics == ("two words",)
    with Marks(marks_file(), now) as marks:
        found = marks.of(story.key for story in stories.values())
    assert {title for title, story in stories.items() if story.key in found} == {
        "Story 1", "Story 2", "Story 21", "Story 3",
    }  # fmt: skip
    assert CliRunner().invoke(cli, ["fetch", str(library)]).stderr.endswith("2 feeds asked: 0 new stories\n")
