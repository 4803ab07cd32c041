"""The file of subscriptions: what it says, what of others stays in it, and what it refuses."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.base.locks import locked
from reader.feeds.errors import SubscriptionsError, UnknownFeedError
from reader.feeds.model import Feed, feed_key, public_url
from reader.feeds.subscriptions import opml
from reader.feeds.subscriptions import subscriptions as module
from reader.feeds.subscriptions.opml import Opml, Outline
from reader.feeds.subscriptions.subscriptions import Subscriptions, change, subscriptions_file

FOREIGN = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- before -->
<opml version="1.1" xmlns:x="urn:other">
  <head><title>Mine</title><x:window left="3"/></head>
  <body>
    <outline text="Tech" x:open="yes">
      <!-- the best one -->
      <outline type="rss" text="Caf\u00e9 &amp; Co" xmlUrl="https://cafe.test/rss" x:own="1"
        htmlUrl="https://cafe.test/"/>
      <outline text="Linux"><outline xmlurl="https://linux.test/atom" title="L" text="other"/></outline>
    </outline>
    <outline text="News"><outline xmlUrl="http://cafe.test/rss" text="again" category="/Food/Coffee,Town"/></outline>
    <outline text="odd" xmlUrl="exec:rm -rf ~"/>
    <outline text="bare" xmlUrl="https://bare.test/x"/>
  </body>
</opml>
""".encode("latin-1")


def of(data: bytes) -> Subscriptions:
    return Subscriptions(Opml.parse(data))


def test_folders_and_categories_are_topics_and_a_feed_counts_once() -> None:
    assert of(FOREIGN).feeds == (
        Feed("https://cafe.test/rss", "Café & Co", ("Tech", "News", "Food", "Coffee", "Town"), "https://cafe.test/"),
        Feed("https://linux.test/atom", "L", ("Tech", "Linux")),
        Feed("https://bare.test/x", "bare", ()),
    )
    assert of(FOREIGN).not_taken == ("exec:rm -rf ~",)


def test_feeds_within_the_outline_of_another_stay_when_that_goes() -> None:
    within = '<outline xmlUrl="https://b.test/"/><outline xmlUrl="http://a.test/"><outline xmlUrl="https://c.test/"/>'
    known = of(f'<opml><body><outline xmlUrl="https://a.test/">{within}</outline></outline></body></opml>'.encode())
    known.remove(Feed("https://a.test/"))
    assert [feed.url for feed in known.feeds] == ["https://b.test/", "https://c.test/"]


def test_many_feeds_are_added_without_reading_all_for_each() -> None:
    class Counted(Opml):
        reads = 0

        def outlines(self) -> list[Outline]:
            self.reads += 1
            return super().outlines()

    document = Counted.empty("Feeds")
    assert isinstance(document, Counted)
    known = Subscriptions(document)
    for _ in range(2):
        added = [known.add(Feed(f"https://{number}.test/")) for number in range(20)]
    assert not any(added)
    assert document.reads == 1
    known.move(known.feeds[0], "https://new.test/")
    known.remove(known.feeds[1])
    assert [known.has(f"https://{name}.test/") for name in ("new", "0", "1", "2")] == [True, False, False, True]


def test_many_feeds_of_one_topic_are_added_without_a_look_at_each_other_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = Opml.empty("Feeds")
    for number in range(30):
        known.add(Feed(f"https://{number}.test/"))
    is_outline, looks = opml._is_outline, [0]

    def counted(element: Element) -> bool:
        looks[0] += 1
        return is_outline(element)

    monkeypatch.setattr(opml, "_is_outline", counted)
    for number in range(30):
        known.add(Feed(f"https://{number}.other.test/", "", ("News",)))
    assert looks[0] < 100
    assert [outline.parent.get("title") for outline in known.outlines()] == [None] * 30 + ["News"] * 30


def test_what_others_wrote_is_there_when_it_is_written(tmp_path: Path) -> None:
    file = subscriptions_file(tmp_path)
    file.write_bytes(FOREIGN)
    new = Feed("https://new.test/", "New", ("Linux", "A"))
    assert change(tmp_path, tmp_path / "lock", lambda feeds: feeds.add(new))
    text = file.read_text(encoding="utf-8")
    for kept in ("the best one", 'x:own="1"', 'x:open="yes"', '<x:window left="3"', 'xmlns:x="urn:other"', "exec:rm"):
        assert kept in text
    assert of(text.encode()).feeds == (*of(FOREIGN).feeds, new)


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    file = subscriptions_file(tmp_path)
    assert not change(tmp_path, tmp_path / "lock", lambda feeds: len(feeds.feeds))
    assert not file.exists()
    file.write_bytes(FOREIGN)
    change(tmp_path, tmp_path / "lock", lambda feeds: feeds.add(Feed("https://CAFE.test:443/rss#x")))
    assert file.read_bytes() == FOREIGN


def test_a_feed_is_removed_wherever_it_stands() -> None:
    feeds = of(FOREIGN)
    feeds.remove(feeds.find("https://cafe.test/rss"))
    assert [feed.name for feed in of(feeds.data()).feeds] == ["L", "bare"]


def test_a_feed_moves_but_never_onto_another() -> None:
    feeds = of(FOREIGN)
    linux = feeds.find("linux.test")
    assert not feeds.move(linux, "https://bare.test/x")
    assert not feeds.move(linux, "javascript:alert(1)")
    assert feeds.move(linux, "https://new.linux.test/atom")
    assert feeds.move(feeds.find("bare"), "https://bare.test/x#now")
    assert of(feeds.data()).find("L").url == "https://new.linux.test/atom"
    assert b'xmlurl="https://new.linux.test/atom"' in feeds.data()  # an attribute keeps its name


def test_a_feed_is_found_by_address_name_or_a_part_that_is_its_own() -> None:
    feeds = of(FOREIGN)
    assert feeds.find("http://cafe.test/rss").name == "Café & Co"
    assert feeds.find("CAFÉ & co").name == "Café & Co"
    assert feeds.find("linux").name == "L"
    for named, told in (("test", "3 feeds"), ("nowhere", "no feed"), ("", "no feed"), ("\x1b[31m", "no feed")):
        with pytest.raises(UnknownFeedError, match=told) as caught:
            feeds.find(named)
        assert "\x1b" not in str(caught.value)


def test_only_the_web_is_subscribed() -> None:
    for url in ("file:///etc/passwd", "ftp://a.test/", "a.test/rss", "", "https://"):
        with pytest.raises(SubscriptionsError, match="only http"):
            of(FOREIGN).add(Feed(url))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "line 1: no element found"),
        (b"<html><body/></html>", "no OPML, but <html>"),
        (b"<opml><head/></opml>", "no OPML"),
        (b"<opml><body></opml>", "line 1: mismatched tag"),
        (b"<opml><body>&nbsp;</body></opml>", "undefined entity"),
        (b'<!DOCTYPE opml [<!ENTITY a "aa">]><opml><body>&a;</body></opml>', "declares entities"),
        (
            b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body>&a;</body></opml>',
            "declares entities",
        ),
        (b"<opml><body>" + b"<outline>" * 5_000 + b"</outline>" * 5_000 + b"</body></opml>", "nested deeper than"),
        (b'<?xml version="1.0" encoding="nonsense"?><opml><body/></opml>', "encoding"),
        (b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_hostile_documents_end_in_an_error_of_ours(data: bytes, told: str) -> None:
    with pytest.raises(SubscriptionsError, match=told):
        Opml.parse(data)


def test_names_are_made_safe() -> None:
    feeds = of('<opml><body><outline xmlUrl="https://a.test/" text="a\u202eb&#x85;c"/></body></opml>'.encode())
    assert feeds.feeds[0].name == "ab c"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    subscriptions_file(tmp_path).mkdir()
    with pytest.raises(SubscriptionsError, match=r"feeds\.opml: Is a directory"):
        Subscriptions.of(subscriptions_file(tmp_path))
    other = tmp_path / "other.opml"
    other.write_bytes(b"<opml>")
    with pytest.raises(SubscriptionsError, match=r"other\.opml: line 1"):
        Subscriptions.of(other)


def test_a_password_is_for_the_owner_alone(tmp_path: Path) -> None:
    change(tmp_path, tmp_path / "lock", lambda feeds: feeds.add(Feed("https://a.test/1")))
    assert subscriptions_file(tmp_path).stat().st_mode & 0o044
    change(tmp_path, tmp_path / "lock", lambda feeds: feeds.add(Feed("https://me:secret@a.test/2")))
    assert not subscriptions_file(tmp_path).stat().st_mode & 0o077
    added = Subscriptions.of(subscriptions_file(tmp_path)).feeds[1]
    assert added.url == "https://me:secret@a.test/2"
    assert added.label == public_url(added.url) == "https://a.test/2"


def test_what_is_no_plain_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(subscriptions_file(tmp_path))
    with pytest.raises(SubscriptionsError, match=r"feeds\.opml: not a regular file"):
        Subscriptions.of(subscriptions_file(tmp_path))


def test_copies_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    def add(number: int) -> None:
        change(tmp_path, tmp_path / "lock", lambda feeds: feeds.add(Feed(f"https://a.test/{number}")))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Subscriptions.of(subscriptions_file(tmp_path)).feeds) == 12


def test_who_holds_the_lock_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    with locked(tmp_path / "lock"), pytest.raises(SubscriptionsError, match="another copy"):
        change(tmp_path, tmp_path / "lock", lambda feeds: feeds.feeds)


def test_what_tells_feeds_apart() -> None:
    assert feed_key("http://A.test") == feed_key("https://a.test:443/#x") == "a.test/"
    assert feed_key("https://a.test/rss?feedname=x") != feed_key("https://a.test/rss")
    assert feed_key("https://a.test:8443/") == "a.test:8443/"


LABELS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)


@given(st.lists(st.tuples(LABELS, st.lists(LABELS, max_size=4)), max_size=8))
def test_any_feeds_come_back_as_they_were_put_in(told: list[tuple[str, list[str]]]) -> None:
    feeds = Subscriptions(Opml.empty("Feeds"))
    for number, (name, topics) in enumerate(told):
        feeds.add(Feed(f"https://a.test/{number}", name, tuple(topics)))
    read = of(feeds.data()).feeds
    assert [feed.name for feed in read] == [feed.name for feed in feeds.feeds]
    assert [set(feed.topics) for feed in read] == [set(feed.topics) for feed in feeds.feeds]
    assert of(feeds.data()).data() == feeds.data()
