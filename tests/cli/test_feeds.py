"""`reader feeds` and `reader fetch`, as a person and as a timer run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.commands import end as run
from feed_files import PAGE, item, rss
from reader.base.locks import locked
from reader.base.paths import config_file, feeds_file, marks_file
from reader.cli.printing import now
from reader.library.marks.marks import MarkKind, Marks
from reader.stories.files import read_story
from web import Web


@pytest.fixture
def news(empty_library: Path) -> Path:
    return empty_library


def test_from_a_page_to_a_story(web: Web, news: Path) -> None:
    web.serve("/feed", rss(item(1), item(2), title="The Post"), "application/rss+xml")
    page = b"<html><head><link rel='alternate' type='application/rss+xml' href='feed' title='All'></head></html>"
    web.serve("/", page, "text/html")
    added = run("feeds", "add", f"{web.url}/", "--topic", "Local", "-t", "Harbour, Sea")
    assert added.stdout == "added: The Post (2 entries); `reader fetch` brings them in\n"
    assert web.url in (news / "feeds.opml").read_text()
    fetched = run("fetch")
    assert fetched.stdout == "The Post: 2 new stories\n"
    assert fetched.stderr == "1 feed asked: 2 new stories\n"
    assert run("fetch").stderr == "1 feed asked: 0 new stories\n"
    listed = run("list", "topic:Local").stdout.splitlines()
    assert [line.partition("  ")[2] for line in listed] == ["The Post: Story 2", "The Post: Story 1"]
    assert run("check").stderr == "2 stories read; 0 errors, 0 notes\n"


@pytest.mark.parametrize("command", [("feeds", "list"), ("fetch",)])
def test_a_memory_of_feeds_that_is_of_no_use_is_told(web: Web, news: Path, command: tuple[str, ...]) -> None:
    web.serve("/feed", rss(item(1)))
    run("feeds", "add", "--unseen", f"{web.url}/feed")
    feeds_file(news).parent.mkdir(parents=True, exist_ok=True)
    feeds_file(news).write_bytes(b"no memory")
    assert "reader: what was known of the feeds is damaged: it begins anew" in run(*command).stderr
    assert run(*command).stderr.startswith(("1 feed asked", "")[command == ("feeds", "list")])


def test_a_page_with_several_feeds_offers_them(web: Web, news: Path) -> None:
    link = "<link rel='alternate' type='application/{0}+xml' href='/{0}' title='{0} \x1b[31m'>"
    web.serve("/", (link.format("rss") + link.format("atom")).encode(), "text/html")
    told = run("feeds", "add", web.url, code=2)
    assert f"  1  {web.url}/rss  rss" in told.stderr
    assert "several feeds: name the address of one" in told.stderr
    assert not (news / "feeds.opml").exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("{web}/page", "a web page, no feed"),
        ("{web}/gone", "the server says 404 Not Found"),
        ("file:///etc/passwd", "this is no web address"),
        ("javascript:alert(1)", "this is no web address"),
        ("http://127.0.0.1:1/feed", "refused"),
    ],
)
def test_what_is_no_feed_is_not_added(web: Web, news: Path, url: str, told: str) -> None:
    web.serve("/page", PAGE, "text/html")
    assert told in run("feeds", "add", url.format(web=web.url), code=2).stderr
    assert not (news / "feeds.opml").exists()


def test_ones_own_hosts_are_reached_where_the_configuration_says_so(web: Web, news: Path) -> None:
    web.serve("/feed", rss(item(1), title="Good"))
    url = web.redirect("/in", f"http://localhost:{web.url.rpartition(':')[2]}/feed")
    assert "it is not asked: localhost is a name of this machine" in run("feeds", "add", url, code=2).stderr
    config_file().parent.mkdir(parents=True)
    config_file().write_text('own_hosts = ["localhost"]\n')
    run("feeds", "add", url)
    assert run("fetch").stdout == "Good: 1 new story\n"


def test_a_password_stays_where_the_feed_has_moved(web: Web, news: Path) -> None:
    feed = web.serve("/feed", rss(item(1), title="Good"))
    url = web.redirect("/in", feed, 301).replace("://", "://me:secret@")
    assert "secret" not in run("feeds", "add", url).stdout
    assert f'xmlUrl="{url}"' in (news / "feeds.opml").read_text()


def test_a_page_leads_to_no_feed_of_one_s_own_network(web: Web, news: Path) -> None:
    web.serve("/feed", rss(item(1), title="Good"))
    feed = f"http://localhost:{web.url.rpartition(':')[2]}/feed"
    web.serve("/", f"<link rel=alternate type='application/rss+xml' href='{feed}'>".encode(), "text/html")
    assert "it is not asked: localhost is a name of this machine" in run("feeds", "add", web.url, code=2).stderr
    assert web.asked == ["/"]
    run("feeds", "add", feed)


def test_adding_unseen_asks_nobody_and_twice_is_told(web: Web, news: Path) -> None:
    assert run("feeds", "add", "--unseen", "news.test/feed", "-n", "Mine").stdout == "added: Mine\n"
    assert "https://news.test/feed" in (news / "feeds.opml").read_text()
    assert run("feeds", "add", "--unseen", "http://NEWS.test/feed", code=1).stderr.startswith("there already:")
    assert web.asked == []


def test_the_list_says_what_is_known(web: Web, news: Path) -> None:
    assert run("feeds", "list", code=1).stderr == "no feed; `reader feeds add URL` adds one\n"
    web.serve("/good", rss(item(1), title="Good"))
    run("feeds", "add", f"{web.url}/good", "-t", "Sea")
    run("feeds", "add", "--unseen", f"{web.url}/gone", "--name", "Gone")
    run("feeds", "add", "--unseen", "https://me:secret@never.test/")
    run("fetch", "--feed", "good")
    assert run("fetch", "--feed", "Gone", code=1).stderr.startswith("reader: Gone: the server says 404")
    listed = run("feeds", "list").stdout
    assert listed.splitlines() == [
        "      1  Good · news just now",
        f"         {web.url}/good",
        "         topics: Sea",
        "      0  Gone · no news yet",
        f"         {web.url}/gone",
        "         ! the server says 404 Not Found",
        "      0  https://never.test/ · never asked",
    ]
    good, gone, never = (json.loads(line) for line in run("feeds", "list", news, "--json").stdout.splitlines())
    assert (good["stories"], good["topics"], good["error"]) == (1, ["Sea"], "")
    assert (gone["error"], gone["failures"], gone["ended"]) == ("the server says 404 Not Found", 1, False)
    assert (never["url"], never["asked"]) == ("https://never.test/", None)


def test_a_feed_is_removed_and_its_stories_stay(web: Web, news: Path) -> None:
    web.serve("/good", rss(item(1), title="Good"))
    run("feeds", "add", f"{web.url}/good")
    run("fetch")
    assert "no feed answers to it" in run("feeds", "remove", "other", code=2).stderr
    assert run("feeds", "remove", "goo").stdout == "removed: Good\n"
    assert run("feeds", "list", code=1).stdout == ""
    assert len(list(news.rglob("*.md"))) == 1


def test_subscriptions_go_out_and_come_in(news: Path, tmp_path: Path) -> None:
    run("feeds", "add", "--unseen", "news.test/a", "-t", "Sea", "-n", "A")
    file = tmp_path / "out.opml"
    run("feeds", "export", file)
    assert run("feeds", "export", "-").stdout == file.read_text()
    assert "there is a file of this name" in run("feeds", "export", file, code=2).stderr
    other = tmp_path / "other"
    other.mkdir()
    assert run("feeds", "import", file, "--library", other).stdout == "1 feed added\n"
    assert run("feeds", "import", file, "--library", other).stdout == "0 feeds added, 1 were there already\n"
    assert '"topics": ["Sea"]' in run("feeds", "list", other, "--json").stdout


def test_an_export_with_passwords_is_for_its_owner_and_says_so(news: Path, tmp_path: Path) -> None:
    run("feeds", "add", "--unseen", "https://news.test/")
    assert "it holds" not in run("feeds", "export", str(tmp_path / "open.opml")).stderr
    run("feeds", "add", "--unseen", "https://me:secret@own.test/")
    assert "it holds passwords of feeds" in run("feeds", "export", str(tmp_path / "shut.opml")).stderr
    assert "it holds passwords of feeds" in run("feeds", "export", "-").stderr
    assert (tmp_path / "open.opml").stat().st_mode & 0o044
    assert not (tmp_path / "shut.opml").stat().st_mode & 0o077


def test_what_cannot_be_imported_is_told(news: Path, tmp_path: Path) -> None:
    file = tmp_path / "some.opml"
    assert "No such file" in run("feeds", "import", file, code=2).stderr
    file.write_text("<opml><body><outline xmlUrl='https://a.test/'/></opml>")
    assert "line 1: mismatched tag" in run("feeds", "import", file, code=2).stderr
    assert "Is a directory" in run("feeds", "import", tmp_path, code=2).stderr
    assert not (news / "feeds.opml").exists()


def test_failures_are_told_and_change_the_exit_code(web: Web, news: Path) -> None:
    web.serve("/good", rss(item(1), "<pubDate>x</pubDate>", title="Good"))
    web.serve("/page", PAGE, "text/html")
    for name in ("good", "page"):
        run("feeds", "add", "--unseen", f"{web.url}/{name}", "-n", name)
    told = run("fetch", code=1)
    assert told.stdout == "good: 1 new story\n"
    assert told.stderr.splitlines() == [
        "good: 1 entry left out",
        "reader: page: a web page, no feed",
        "2 feeds asked, 1 failed: 1 new story",
    ]
    assert run("fetch", "--due").stderr.splitlines()[-1] == "0 feeds asked: 0 new stories"
    quiet = run("fetch", "--quiet", code=1)
    assert (quiet.stdout, quiet.stderr) == ("", "reader: page: a web page, no feed\n")


def test_where_nothing_can_be_asked_the_code_is_another(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no feeds; `reader feeds add URL`" in run("fetch").stderr
    assert "no such folder" in run("fetch", tmp_path / "none", code=2).stderr
    with locked(feeds_file(news).with_suffix(".lock")):
        assert "another copy of the program" in run("fetch", code=2).stderr
    (news / "feeds.opml").write_text("<opml>")
    assert "feeds.opml: line 1" in run("fetch", code=2).stderr
    monkeypatch.delenv("READER_LIBRARY")
    assert "a library of your own" in run("fetch", code=2).stderr
    assert "a library of your own" in run("feeds", "add", "news.test", code=2).stderr
    assert not config_file().exists()


def test_tidying_moves_what_is_done_with_and_deletes_nothing(web: Web, news: Path) -> None:
    web.serve("/good", rss(*map(item, range(6)), title="Good"))
    run("feeds", "add", f"{web.url}/good")
    run("fetch")
    (news / "own.md").write_text("---\ntitle: Mine\npublishedDateTime: 2001-01-01\n---\n")
    files = sorted(news.rglob("feeds/*/*.md"))
    keys = [story.key for file in files if (story := read_story(file))]
    with Marks(marks_file(), now) as marks:
        marks.set(keys[:5], MarkKind.READ, True)
        marks.set(keys[:1], MarkKind.STARRED, True)
        marks.set_tags(keys[1:2], add=["keep"])
        marks.set(keys[2:3], MarkKind.NOTE, "why")
    assert "nothing to put away" in run("feeds", "tidy", "--older", "99y", code=1).stderr
    for odd, told in (("soon", "90d, 8w, 6mo"), ("6m", "6m is minutes; months are 6mo"), ("999999y", "too long ago")):
        assert told in run("feeds", "tidy", "--older", odd, code=2).output
    assert "nothing to put away" in run("feeds", "tidy", "--older", "600MO", code=1).stderr
    asked = run("feeds", "tidy", "--older", "0d", code=1)
    assert asked.stdout.splitlines()[0] == f"2 stories to be moved to {news}/.tidied"
    assert len(list(news.rglob("*.md"))) == 7
    assert run("feeds", "tidy", "--older", "0d", "--yes").stdout.splitlines()[1] == "2 moved"
    assert sorted(news.rglob("feeds/*/*.md")) != files
    assert [file.name for file in sorted(news.rglob(".tidied/feeds/*/*"))] == [file.name for file in files[3:5]]
    assert run("fetch").stderr == "1 feed asked: 0 new stories\n"
