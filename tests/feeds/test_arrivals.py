"""Entries become files: each article one, written whole, and never against the person's will."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import feed_files
from examples import examples
from feed_files import item, rss
from reader.base.paths import feeds_file
from reader.base.whole_files import add_file, remove_drafts
from reader.feeds.arrivals import arrivals
from reader.feeds.arrivals.arrivals import Arrivals, Arrived, WriteError
from reader.feeds.arrivals.folder import FeedFolder
from reader.feeds.arrivals.stories import with_full_text
from reader.feeds.entries.feed import parse_feed
from reader.feeds.model import Feed
from reader.library.feeds.state import FeedState
from reader.stories.files import read_story
from reader.stories.model import Image, LinkRole, Provider, Story

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
POST = Feed("https://harbour.test/feed", topics=("Local",))
NEWS = Feed("https://news.test/feed", "The News")


def fetch(library: Path, *sent: tuple[Feed, bytes], now: datetime = NOW, are_news: bool = False) -> list[Arrived]:
    """Take in what feeds send, as one run of the program does."""
    folder = FeedFolder(library)
    with FeedState(feeds_file(library)) as state:
        folder.adopt(state, now)
        remove_drafts(folder.place, now)
        arrivals = Arrivals(folder, state, now, are_news=are_news)
        return [arrivals.take_in(feed, parse_feed(data, feed.url, "")) for feed, data in sent]


def files(library: Path) -> list[str]:
    return sorted(str(path.relative_to(library)) for path in (library / "feeds").rglob("*") if path.is_file())


def story(library: Path, file: str) -> Story:
    read = read_story(library / file)
    assert read is not None
    assert read.flaws == ()
    return read


def forget(library: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        feeds_file(library).with_name(feeds_file(library).name + tail).unlink(missing_ok=True)


def test_an_entry_is_a_story_with_all_that_its_feed_says(tmp_path: Path) -> None:
    assert fetch(tmp_path, (POST, feed_files.RSS_2)) == [Arrived(new=2)]
    assert files(tmp_path) == [
        "feeds/the-harbour-post/2026-11-13-harbour-wall-to-be-raised-widened.md",
        "feeds/the-harbour-post/2026-11-28-ferry-late.md",
    ]
    read = story(tmp_path, files(tmp_path)[0])
    assert (read.title, read.excerpt) == ("Harbour wall to be raised & widened", "The council votes on Monday.")
    assert read.published == datetime(2026, 11, 13, 7, 30, tzinfo=UTC)
    assert read.url == "https://harbour.test/2026/wall?utm_source=rss"
    assert (read.type, read.provider) == ("audio", Provider("The Harbour Post", "harbour.test"))
    assert (read.topics, read.authors) == (("Coast", "Building", "Local"), ("Ada Quay", "Ben Pier"))
    assert read.images == (Image("https://harbour.test/lead.jpg", 640, 360),)
    assert read.body.startswith("The council votes **on Monday**.")
    assert read.extra == {
        "commentsUrl": "https://harbour.test/2026/wall#talk",
        "enclosures": [{"url": "https://harbour.test/talk.mp3", "type": "audio/mpeg", "length": "1234"}],
        "feed": "https://harbour.test/feed",
        "guid": "post-17",
    }


def test_a_second_time_nothing_is_new_whatever_is_forgotten(tmp_path: Path) -> None:
    sent = [(POST, feed_files.RSS_2), (NEWS, rss(*map(item, range(5))))]
    fetch(tmp_path, *sent)
    before = {file: (tmp_path / file).read_bytes() for file in files(tmp_path)}
    assert len(before) == 7
    assert fetch(tmp_path, *sent) == [Arrived(), Arrived()]
    forget(tmp_path)
    assert fetch(tmp_path, *sent, now=NOW + timedelta(days=3)) == [Arrived(), Arrived()]
    assert {file: (tmp_path / file).read_bytes() for file in files(tmp_path)} == before


def test_a_missing_or_future_time_is_that_of_arrival_and_told(tmp_path: Path) -> None:
    future = "<title>To come</title><link>https://news.test/x</link><pubDate>Mon, 01 Jan 2035 00:00:00 GMT</pubDate>"
    sent = (NEWS, rss("<title>No date</title><link>https://news.test/y</link>", future))
    fetch(tmp_path, sent)
    none, ahead = (story(tmp_path, file) for file in files(tmp_path))
    assert none.published == ahead.published == NOW
    assert none.extra["dateNote"] == "the feed gives no time; this is when it came in"
    assert "2035-01-01 00:00 UTC" in str(ahead.extra["dateNote"])
    assert fetch(tmp_path, sent, now=NOW + timedelta(days=1)) == [Arrived()]
    changed = (NEWS, rss("<title>No date</title><link>https://news.test/y</link><description>More.</description>"))
    assert fetch(tmp_path, changed, now=NOW + timedelta(days=2)) == [Arrived(changed=1)]
    assert story(tmp_path, files(tmp_path)[0]).published == NOW


def test_what_changes_is_written_anew_unless_the_person_edited_it(tmp_path: Path) -> None:
    fetch(tmp_path, (NEWS, rss(item(1), item(2))))
    one, two = files(tmp_path)
    (tmp_path / two).write_text((tmp_path / two).read_text() + "\nMy own words.\n")
    mine = (tmp_path / two).read_bytes()
    new = (NEWS, rss(item(1, title="Better", body="New."), item(2, body="New.")))
    assert fetch(tmp_path, new) == [Arrived(changed=1, left=1)]
    assert (story(tmp_path, one).title, story(tmp_path, one).excerpt) == ("Better", "New.")
    assert (tmp_path / two).read_bytes() == mine
    assert fetch(tmp_path, new) == [Arrived()]


def test_a_whole_text_that_was_edited_stays_so(tmp_path: Path) -> None:
    long = "word " * 200
    fetch(tmp_path, (NEWS, rss(item(1, body=long))))
    (only,) = files(tmp_path)
    mine = with_full_text((tmp_path / only).read_bytes(), "All of it, and my own words.", NOW)
    (tmp_path / only).write_bytes(mine)
    fetch(tmp_path, (NEWS, rss(item(1, body=f"{long} end"))))  # the file would say the same
    assert fetch(tmp_path, (NEWS, rss(item(1, title="Better", body=long)))) == [Arrived(left=1)]
    assert (tmp_path / only).read_bytes() == mine


def test_what_was_edited_stays_so_when_all_is_forgotten(tmp_path: Path) -> None:
    fetch(tmp_path, (NEWS, rss(item(1))))
    (only,) = files(tmp_path)
    (tmp_path / only).write_bytes((tmp_path / only).read_bytes().replace(b"Text 1.", b"My text."))
    forget(tmp_path)
    assert fetch(tmp_path, (NEWS, rss(item(1)))) == [Arrived(left=1)]
    assert fetch(tmp_path, (NEWS, rss(item(1, body="New.")))) == [Arrived(left=1)]
    assert story(tmp_path, only).excerpt == "My text."


@pytest.mark.parametrize(
    ("ours", "mine"),
    [
        (b'  - "Coast"\n', b'  - "Coast"  # mine\n'),
        (b'  - "Coast"\n', b'  - "Coast\n'),
        (b'  - "Coast"\n', b"  - Coast\n"),
        (b"topics:\n", b"topics: [Sea]\n"),
        (b"topics:\n", b'topics:\n  - "Mine"\n\ntopics:\n'),
        (b"feed:", b'feed: "https://mine.test/"\nfeed:'),
        (b"Text 1.", b"Text 1, caf\xe9."),
        (b"\n", b"\r\n"),
    ],
)
@pytest.mark.parametrize("sender", [NEWS, Feed("https://other.test/rss", topics=("World",))])
def test_a_file_that_was_edited_in_any_way_is_left_and_ends_nothing(
    tmp_path: Path, ours: bytes, mine: bytes, sender: Feed
) -> None:
    fetch(tmp_path, (NEWS, rss(item(1, more="<category>Coast</category>"))))
    (only,) = files(tmp_path)
    edited = (tmp_path / only).read_bytes().replace(ours, mine)
    assert mine in edited
    (tmp_path / only).write_bytes(edited)
    for body in ("New.", "Newer."):
        assert fetch(tmp_path, (sender, rss(item(1, body=body), item(2))))[0].left == 1
    assert (tmp_path / only).read_bytes() == edited
    assert len(files(tmp_path)) == 2


def test_what_was_deleted_or_moved_away_does_not_come_back(tmp_path: Path) -> None:
    fetch(tmp_path, (NEWS, rss(item(1), item(2), item(3))))
    one, two, three = files(tmp_path)
    (tmp_path / one).unlink()
    (tmp_path / two).rename(tmp_path / "kept.md")
    (tmp_path / "feeds/mine").mkdir()
    (tmp_path / three).rename(tmp_path / "feeds/mine/third.md")
    assert fetch(tmp_path, (NEWS, rss(item(1, body="New."), item(2), item(3, body="New.")))) == [Arrived(changed=1)]
    assert files(tmp_path) == ["feeds/mine/third.md"]
    assert story(tmp_path, "feeds/mine/third.md").excerpt == "New."
    (tmp_path / one).write_bytes((tmp_path / "kept.md").read_bytes().replace(b"story/2", b"story/9"))
    fetch(tmp_path, (NEWS, rss(item(1), item(2), item(3))))
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_an_article_of_two_feeds_is_one_file_with_the_topics_of_both(tmp_path: Path, *, is_forgotten: bool) -> None:
    other = Feed("https://other.test/rss", topics=("World",))
    same = "<title>Other words</title><link>http://m.news.test/story/1?utm_medium=x</link><category>Sea</category>"
    first, second = (NEWS, rss(item(1, more="<category>Coast</category>"))), (other, rss(same))
    assert fetch(tmp_path, first, second) == [Arrived(new=1), Arrived(changed=1)]
    (only,) = files(tmp_path)
    read = story(tmp_path, only)
    assert (read.title, read.topics) == ("Story 1", ("Coast", "Sea", "World"))
    assert read.extra["feed"] == ["https://news.test/feed", "https://other.test/rss"]
    if is_forgotten:
        forget(tmp_path)
    assert fetch(tmp_path, second, first, second) == [Arrived(), Arrived(), Arrived()]
    changed = (NEWS, rss(item(1, title="Now", more="<category>Harbour</category>")))
    assert fetch(tmp_path, changed) == [Arrived(changed=1)]
    read = story(tmp_path, only)
    assert read.title == "Now"
    assert set(read.topics) >= {"Harbour", "Sea", "World"}
    assert files(tmp_path) == [only]


def test_a_feed_that_gives_all_its_entries_new_guids_is_recognised(tmp_path: Path) -> None:
    fetch(tmp_path, (NEWS, rss(*map(item, range(20)))))
    before = {file: story(tmp_path, file).key for file in files(tmp_path)}
    again = rss(*(item(number, guid=f"new-{number}") for number in range(20)))
    assert fetch(tmp_path, (NEWS, again))[0].new == 0
    moved = rss(*(item(number, guid=f"newer-{number}", host="news2.test") for number in range(20)))
    assert fetch(tmp_path, (NEWS, moved))[0].new == 0
    assert {file: story(tmp_path, file).key for file in files(tmp_path)} == before
    links = {link.role: link.url for link in story(tmp_path, min(before)).links}
    assert links[LinkRole.ORIGINAL].startswith("https://news2.test/")


def test_entries_that_share_what_should_tell_them_apart_are_files_of_their_own(tmp_path: Path) -> None:
    same_guid = [item(number, guid="all") for number in range(3)]
    same_page = [
        f"<title>Status {number}</title><link>https://news.test/status</link><guid isPermaLink='false'>s{number}</guid>"
        for number in range(3)
    ]
    same_site = [f"<title>Site {number}</title><link>https://news.test/</link>" for number in range(3)]
    assert fetch(tmp_path, (NEWS, rss(*same_guid, *same_page, *same_site))) == [Arrived(new=9)]
    assert fetch(tmp_path, (NEWS, rss(*same_guid, *same_page, *same_site))) == [Arrived()]
    alone = same_page[0].replace("Status 0", "Status 7").replace(">s0<", ">s7<")
    assert fetch(tmp_path, (NEWS, rss(alone))) == [Arrived(new=1)]
    assert fetch(tmp_path, (NEWS, rss(alone.replace("7", "8")))) == [Arrived(new=1)]
    reused = [item(number, guid="latest") for number in (30, 31)]
    assert [fetch(tmp_path, (NEWS, rss(one)))[0].new for one in reused] == [1, 1]
    assert len(files(tmp_path)) == 13


def test_entries_that_come_twice_are_one(tmp_path: Path) -> None:
    assert fetch(tmp_path, (NEWS, rss(item(1), item(1), item(1, guid="other")))) == [Arrived(new=1)]


def test_one_headline_on_one_day_gives_files_of_their_own(tmp_path: Path) -> None:
    items = [f"<title>Picture of the day</title><link>https://news.test/{n}</link>" for n in range(3)]
    fetch(tmp_path, (NEWS, rss(*items)))
    stem = "feeds/the-news/2026-11-28-picture-of-the-day"
    assert files(tmp_path) == [f"{stem}-2.md", f"{stem}-3.md", f"{stem}.md"]


def test_outlets_of_what_is_gathered_from_elsewhere(tmp_path: Path) -> None:
    def one(host: str, more: str = "") -> str:
        return f"<title>{host}</title><link>https://{host}/story</link>{more}"

    source = "<source url='https://dot.test/'>The Dot</source>"
    sent = rss(
        one("a.test"), one("www.b.test"), one("gather.test", source), title="Gathered", link="https://gather.test/"
    )
    fetch(tmp_path, (Feed("https://gather.test/feed"), sent))
    providers = [story(tmp_path, file).provider for file in files(tmp_path)]
    assert providers == [Provider("a.test", "a.test"), Provider("b.test", "b.test"), Provider("The Dot", "dot.test")]


def test_nothing_hostile_gets_into_a_file(tmp_path: Path) -> None:
    odd = "a: [b] {c} \"d\" 'e' # f\x1b[31m &#8232; --- %x \\ @"
    sent = rss(
        f"<title>{odd}</title><link>https://news.test/../../../etc/passwd</link><guid>../../up</guid>"
        f"<description>---&#10;---</description><category>---</category>",
        "<title>../../../../tmp/x</title><link>https://news.test/1</link>",
        title="../../up",
    )
    feed = Feed("https://me:secret@news.test/feed", "../../up")
    assert fetch(tmp_path, (feed, sent)) == [Arrived(new=2)]
    assert all(file.startswith("feeds/up/2026-11-28-") for file in files(tmp_path))
    for file in files(tmp_path):
        data = (tmp_path / file).read_bytes()
        assert b"\x1b" not in data
        assert b"secret" not in data
        story(tmp_path, file)
    assert fetch(tmp_path, (feed, sent)) == [Arrived()]


def test_drafts_of_a_copy_that_was_killed_are_removed_when_they_are_old(tmp_path: Path) -> None:
    fetch(tmp_path, (NEWS, rss(item(1))))
    folder = (tmp_path / files(tmp_path)[0]).parent
    old, young, own = (folder / name for name in (f".{'0' * 16}.part", f".{'1' * 16}.part", ".mine.part"))
    for file in (old, young, own):
        file.write_bytes(b"half")
        os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    os.utime(old, (1, 1))
    fetch(tmp_path)
    assert [file.exists() for file in (old, young, own)] == [False, True, True]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds/the-news").write_text("a file")
    with pytest.raises(WriteError, match=r"feeds/the-news: not written, File exists"):
        fetch(tmp_path, (NEWS, rss(item(1))))


@pytest.mark.parametrize("end", [OSError(28, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("is_written", [False, True])
def test_a_run_that_ends_in_the_middle_is_taken_up_and_so_are_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException, *, is_written: bool
) -> None:
    written: list[Path] = []

    def fails(file: Path, data: bytes, mode: int) -> None:
        if len(written) == 3 and is_written:
            add_file(file, data, mode)
        if len(written) == 3:
            raise end
        written.append(file)
        add_file(file, data, mode)

    sent = (NEWS, rss(*map(item, range(6))))
    with monkeypatch.context() as patched:
        patched.setattr(arrivals, "add_file", fails)
        with pytest.raises((WriteError, KeyboardInterrupt)):
            fetch(tmp_path, sent, are_news=True)
    assert len(files(tmp_path)) == 3 + is_written
    assert fetch(tmp_path, sent, are_news=True) == [Arrived(new=3 - is_written)]
    with FeedState(feeds_file(tmp_path)) as state:
        assert sorted(map(os.fsdecode, state.unruled())) == files(tmp_path)


def test_a_damaged_memory_is_set_aside(tmp_path: Path) -> None:
    fetch(tmp_path, (NEWS, rss(item(1))))
    forget(tmp_path)
    feeds_file(tmp_path).write_bytes(b"nonsense" * 2_000)
    assert fetch(tmp_path, (NEWS, rss(item(1)))) == [Arrived()]
    assert feeds_file(tmp_path).with_name(feeds_file(tmp_path).name + ".damaged").exists()


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("fetch"), st.integers(0, 1), st.lists(st.integers(0, 5), max_size=6, unique=True)),
        st.tuples(
            st.just("change"), st.integers(0, 1), st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True)
        ),
        st.tuples(st.sampled_from(["edit", "delete", "forget"]), st.integers(0, 5), st.just([])),
    ),
    max_size=14,
)


Action = tuple[str, int, list[int]]

EDITED: list[Action] = [("fetch", 0, [0]), ("fetch", 1, [0]), ("edit", 0, [])]
"""An article of two feeds, and words of the person in its file."""


@example([*EDITED, ("change", 1, [0]), ("fetch", 0, [0])])
@example([*EDITED, ("forget", 0, []), ("fetch", 1, [0]), ("change", 0, [0])])
@example([("fetch", 0, [0]), ("edit", 0, []), ("forget", 0, []), ("fetch", 1, [0]), *[("change", 0, [0])] * 2])
@examples(40)
@given(ACTIONS)
def test_whatever_happens_each_article_is_one_file(
    tmp_path_factory: pytest.TempPathFactory, actions: Sequence[Action]
) -> None:
    play(tmp_path_factory.mktemp("library"), actions)


@pytest.mark.long
@settings(max_examples=600, derandomize=False, print_blob=True)
@given(ACTIONS)
def test_whatever_happens_that_nobody_has_looked_at_each_article_is_one_file(
    tmp_path_factory: pytest.TempPathFactory, actions: Sequence[Action]
) -> None:
    play(tmp_path_factory.mktemp("library"), actions)


def play(library: Path, actions: Sequence[Action]) -> None:
    """Let feeds, a person and a lost memory do what they do; what the person wrote, and deleted, stays so."""
    feeds = (NEWS, Feed("https://other.test/rss", topics=("World",)))
    texts = dict.fromkeys(range(6), "Text.")
    edited: dict[str, bytes] = {}
    known: set[str] = set()
    deleted: set[str] = set()
    for step, (action, number, numbers) in enumerate(actions):
        there = {story(library, file).url: file for file in files(library)}
        url = f"https://news.test/story/{number}"
        if action in ("fetch", "change"):
            if action == "change":
                texts.update(dict.fromkeys(numbers, f"Text of step {step}."))
            fetch(library, (feeds[number], rss(*(item(one, body=texts[one]) for one in numbers))))
            known.update(f"https://news.test/story/{one}" for one in numbers)
        elif action == "forget":
            forget(library)
            known.clear()
            deleted.clear()
        elif url in there and action == "delete":
            (library / there[url]).unlink()
            edited.pop(there[url], None)
            deleted.update({url} & known)  # of what it has forgotten, nobody can say that it was there
        elif url in there:
            edited[there[url]] = (library / there[url]).read_bytes() + f"\nEdit {step}.\n".encode()
            (library / there[url]).write_bytes(edited[there[url]])
        urls = [story(library, file).url for file in files(library)]
        assert len(urls) == len(set(urls))
        assert not deleted & set(urls)
        for file, data in edited.items():
            assert (library / file).read_bytes() == data
