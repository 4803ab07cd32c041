"""Every format of feeds becomes the same entries, and what is no feed is told as what it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import feed_files
from reader.feeds.entries.feed import parse_feed
from reader.feeds.errors import FeedParseError
from reader.feeds.model import Enclosure, Entry, ParsedFeed, Picture
from reader.stories.limits import FEED_ENTRIES
from reader.stories.urls import is_web

URL = "https://feeds.test/all"


def read(data: bytes, content_type: str = "") -> ParsedFeed:
    return parse_feed(data, URL, content_type)


def test_rss_2_with_all_that_it_can_say() -> None:
    feed = read(feed_files.RSS_2)
    assert (feed.title, feed.site, feed.pause) == ("The Harbour Post", "https://harbour.test/", 5_400)
    first, second = feed.entries
    assert first == Entry(
        guid="post-17",
        url="https://harbour.test/2026/wall?utm_source=rss",
        title="Harbour wall to be raised & widened",
        excerpt="The council votes on Monday.",
        body="The council votes **on Monday**. [The plans](https://harbour.test/plans) are out.\n\n"
        "Click![The wall](https://harbour.test/wall.jpg)",
        published=datetime(2026, 11, 13, 7, 30, tzinfo=UTC),
        authors=("Ada Quay", "Ben Pier"),
        topics=("Coast", "Building"),
        pictures=(Picture("https://harbour.test/lead.jpg", 640, 360),),
        enclosures=(Enclosure("https://harbour.test/talk.mp3", "audio/mpeg", 1234),),
        comments="https://harbour.test/2026/wall#talk",
    )
    assert second == Entry(
        guid="https://harbour.test/ferry", url="https://harbour.test/ferry", title="Ferry late", excerpt="By an hour."
    )


def test_rss_091_and_rdf() -> None:
    assert read(feed_files.RSS_091).entries == (Entry(url="http://old.test/1", title="First", excerpt="One."),)
    (entry,) = read(feed_files.RDF).entries
    assert (entry.title, entry.topics) == ("Über alles", ("Music",))
    assert entry.published == datetime(2026, 11, 1, 10, tzinfo=UTC)


def test_atom_tells_text_from_markup_and_knows_its_base() -> None:
    feed = read(feed_files.ATOM)
    page, plain = feed.entries
    assert (feed.title, page.title, page.url) == ("Atom & Eve", "A new page", "https://atom.test/blog/page")
    assert page.body == "## Part\n\n- one\n- two"
    assert page.published == datetime(2026, 11, 2, 7, tzinfo=UTC)
    assert page.enclosures == (Enclosure("https://atom.test/blog/film.mp4", "video/mp4", 99),)
    assert (page.authors, page.topics) == (("Eve",), ("AI",))
    assert (plain.title, plain.excerpt, plain.body) == ("1 < 2 *is* [true](x)", "Plain <b> text", "")
    assert plain.published == datetime(2026, 11, 4, tzinfo=UTC)


def test_a_json_feed_becomes_entries_as_others_do() -> None:
    feed = read(feed_files.JSON_FEED)
    seven, eight = feed.entries
    assert (feed.title, feed.left_out) == ("Jay", 1)
    assert (seven.guid, seven.url, seven.authors) == ("7", "https://json.test/seven", ("Jay Son",))
    assert seven.body == "Of *nine*\n\nand more"
    assert seven.published == datetime(2026, 11, 5, 17, tzinfo=UTC)
    assert seven.topics == ("Numbers",)
    assert (eight.url, eight.authors) == ("https://else.test/8", ("Kay",))
    assert eight.body == "\\# no heading  \nsecond line"


@pytest.mark.parametrize(
    "odd",
    [
        '<c:chapters xmlns:c="http://podlove.org/simple-chapters"><c:chapter title="no start"/></c:chapters>',
        '<x:y xmlns:x="http://space.test/a&#160;b&#160;c"/>',
        '<x:y xmlns:x="urn:x" x:z="1"/><textInput><x:name x:z="1"/></textInput>',
        '<media:rating xmlns:media="http://search.yahoo.com/mrss/">one</media:player></media:rating></media:rating>',
    ],
    ids=["chapter", "name space", "text input", "malformed"],
)
def test_an_element_that_nobody_foresaw_costs_no_entry(odd: str) -> None:
    text = feed_files.rss(f"<title>One</title>{odd}", "<title>Two</title>")
    assert [entry.title for entry in read(text).entries] == ["One", "Two"]


def test_the_byte_order_mark_and_the_server_tell_the_encoding() -> None:
    text = feed_files.rss("<title>Zürich</title>").decode()
    assert read(text.encode("utf-16")).entries[0].title == "Zürich"
    for unmarked in ("utf-16-le", "utf-16-be"):
        assert read(text.encode(unmarked)).entries[0].title == "Zürich"
    assert read(b"\xef\xbb\xbf" + text.encode()).entries[0].title == "Zürich"
    assert read(text.encode("latin-1"), "application/xml; charset=iso-8859-1").entries[0].title == "Zürich"
    assert read(b"\xef\xbb\xbf" + feed_files.JSON_FEED).title == "Jay"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "nothing was sent"),
        (b" \n ", "nothing was sent"),
        (feed_files.PAGE, "a web page, no feed"),
        (b"<html><body><channel></channel></body></html>", "a web page, no feed"),
        (b"just text", "no feed"),
        (bytes(range(256)) * 9, "no feed"),
        (b"<?xml version='1.0'?><sitemap/>", "no feed"),
        (b"<rss version='2.0'>", "malformed, and without an entry"),
        (b"{}", "JSON, but no feed"),
        (b"[1]", "JSON, but no feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "without a list of items"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_feed_is_told(data: bytes, told: str) -> None:
    with pytest.raises(FeedParseError, match=told):
        read(data)


def test_a_feed_may_be_empty() -> None:
    assert read(feed_files.rss()).entries == ()
    assert read(b'{"version": "https://jsonfeed.org/version/1", "items": []}').entries == ()


def test_a_malformed_feed_gives_what_it_has() -> None:
    data = feed_files.rss("<title>A & B < C</title><link>https://news.test/1</link>", "<title>Two</title>")
    assert [entry.title for entry in read(data).entries] == ["A & B < C", "Two"]
    cut = feed_files.rss(*map(feed_files.item, range(9)))[:-300]
    assert len(read(cut).entries) >= 7


def test_an_entity_bomb_does_not_go_off() -> None:
    (entry,) = read(feed_files.BOMB).entries
    assert len(entry.title) < 100


def test_entities_lead_to_no_file() -> None:
    data = b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + feed_files.rss("<title>a&x;b</title>")
    assert "root" not in read(data).entries[0].title


def test_text_passes_the_gate() -> None:
    dirty = "a\x1b[31m\u202eb\u200b"
    data = feed_files.rss(f"<title>{dirty}</title><description>{dirty}</description><category>{dirty}</category>")
    (entry,) = read(data).entries
    told = repr(entry).encode().decode("unicode_escape")
    assert not any(sign in told for sign in "\x1b\u202e\u200b")
    assert entry.title.startswith("a")


def test_links_lead_to_the_web_only() -> None:
    data = feed_files.rss(
        "<title>x</title><link>javascript:alert(1)</link><comments>file:///etc/passwd</comments>"
        "<enclosure url='data:text/html,x' type='a/b'/><guid isPermaLink='false'>javascript:x</guid>"
    )
    (entry,) = read(data).entries
    assert (entry.url, entry.comments, entry.enclosures, entry.guid) == ("", "", (), "javascript:x")


def test_more_than_a_feed_may_hold_is_left_out() -> None:
    feed = read(feed_files.rss(*(f"<title>{number}</title>" for number in range(FEED_ENTRIES + 5))))
    assert (len(feed.entries), feed.left_out) == (FEED_ENTRIES, 5)
    assert read(feed_files.rss("<pubDate>x</pubDate>")).left_out == 1  # it says nothing at all


def test_odd_dates_are_read_or_none() -> None:
    def published(text: str) -> datetime | None:
        return read(feed_files.rss(f"<title>x</title><pubDate>{text}</pubDate>")).entries[0].published

    assert published("Fri, 13 Nov 2026 08:30:00 EST") == datetime(2026, 11, 13, 13, 30, tzinfo=UTC)
    assert published("2026-11-13") == datetime(2026, 11, 13, tzinfo=UTC)
    assert published("13 Nov 26 08:30 +0000") == datetime(2026, 11, 13, 8, 30, tzinfo=UTC)
    for text in ("", "soon", "0000-00-00 00:00:00", "31 Feb 2026 00:00:00 GMT", "9" * 400):
        assert published(text) is None


def test_the_outlet_of_an_entry_from_elsewhere() -> None:
    data = feed_files.rss("<title>x</title><source url='https://else.test/feed'>The Else</source>")
    (entry,) = read(data).entries
    assert (entry.outlet, entry.outlet_url) == ("The Else", "https://else.test/feed")


TEXT = st.text(max_size=40)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": TEXT | st.integers(),
            "url": TEXT | st.sampled_from(["/a b", "https://ok.test/x", "//h/p", "https://[bad"]),
            "title": TEXT,
            "content_html": TEXT
            | st.sampled_from(["<p>" * 500, "<a href=/x>y</a>", "<img src=a><script>", "<![CDATA["]),
            "content_text": TEXT,
            "date_published": TEXT | st.datetimes(timezones=st.just(UTC)).map(str),
            "tags": st.lists(TEXT | st.none(), max_size=3) | TEXT,
            "authors": st.lists(st.dictionaries(st.just("name"), TEXT), max_size=2),
            "attachments": st.lists(st.dictionaries(st.sampled_from(["url", "size_in_bytes"]), TEXT | st.integers())),
        },
    )
)
def test_any_item_becomes_an_entry_that_is_safe_or_none(item: dict[str, object]) -> None:
    import json

    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()
    feed = read(data)
    assert len(feed.entries) + feed.left_out == 1
    for entry in feed.entries:
        urls = [entry.url, entry.comments, *(one.url for one in entry.enclosures)]
        urls += [one.url for one in entry.pictures]
        assert all(is_web(url) for url in urls if url)
        for line in (entry.title, entry.excerpt, entry.guid, *entry.authors, *entry.topics):
            assert "\n" not in line
            assert "\x1b" not in line
        assert "\x1b" not in entry.body
        assert entry.published is None or entry.published.utcoffset() is not None
        assert entry.published is None or entry.published - timedelta(days=1)
