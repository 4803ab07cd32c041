"""What is read of a web page, from whatever it says of itself."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from examples import thinned
from reader.feeds.entries.page import article_of_page
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError
from reader.feeds.model import Entry

URL = "https://post.test/2024/ferries?page=1"


def page(*head: str, body: str = "") -> bytes:
    return f"<!doctype html><html><head>{''.join(head)}</head><body>{body}</body></html>".encode()


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(*head: str, body: str = "") -> Entry:
    return article_of_page(page(*head, body=body), URL, "text/html")


ARTICLE: dict[str, Any] = {
    "@type": "NewsArticle", "headline": "Ferries go <i>electric</i>", "description": "Three routes.",
    "datePublished": "2024-03-04T05:06:07+01:00", "author": {"@type": "Person", "name": "Ada Quay"},
    "publisher": {"name": "The Post"}, "image": {"url": "/a.jpg"}, "articleSection": "Local",
    "keywords": "Ships, Power", "articleBody": "Three routes.\n\nBy spring.",
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [ARTICLE, [{"@type": "WebSite"}, ARTICLE], {"@graph": [{"@type": "Organization", "name": "X"}, ARTICLE]},
     {"@type": "WebPage", "name": "X", "mainEntity": ARTICLE}],
    ids=["alone", "in a list", "in a graph", "of a page"],
)  # fmt: skip
def test_linked_data_says_it_all(data: object) -> None:
    assert read("<title>Else</title>", linked(data)) == Entry(
        url=URL,
        title="Ferries go electric",
        excerpt="Three routes.",
        body="Three routes.\n\nBy spring.",
        published=datetime.fromisoformat("2024-03-04T05:06:07+01:00"),
        authors=("Ada Quay",),
        topics=("Local", "Ships", "Power"),
        pictures=read(linked(ARTICLE)).pictures,
        outlet="The Post",
        outlet_url=URL,
    )
    assert read(linked(data)).pictures[0].url == "https://post.test/a.jpg"


def test_open_graph_says_it_where_linked_data_does_not() -> None:
    tags = {
        "og:title": "Ferries", "og:description": "Three routes.", "og:site_name": "The Post", "og:image": "/a.jpg",
        "article:published_time": "2024-03-04", "article:author": "https://post.test/ada", "article:section": "Local",
        "article:tag": "Ships",
    }  # fmt: skip
    metas = [f'<meta property="{name}" content="{value}">' for name, value in tags.items()]
    entry = read(*metas, '<meta property="article:tag" content="Power">', "<title>Else</title>", "<script>{</script>")
    assert (entry.title, entry.excerpt, entry.outlet, entry.body) == ("Ferries", "Three routes.", "The Post", "")
    assert (entry.published, entry.authors) == (datetime(2024, 3, 4, tzinfo=UTC), ())
    assert (entry.topics, entry.pictures[0].url) == (("Local", "Ships", "Power"), "https://post.test/a.jpg")


def test_older_tags_say_it_where_nothing_else_does() -> None:
    entry = read(
        "<title>Ferries &amp; trams</title><title>Else</title>",
        '<meta name="description" content="Three routes."><meta name="author" content="Ada Quay">',
        '<meta name="keywords" content="Ships, Power">',
        body='<svg><title>No</title></svg><time datetime="2024-03-04T05:06:07Z">4 March</time>',
    )
    assert (entry.title, entry.excerpt, entry.authors) == ("Ferries & trams", "Three routes.", ("Ada Quay",))
    assert (entry.topics, entry.published) == (("Ships", "Power"), datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("told", "outlet", "title"),
    [
        ("Ferries | The Post", "The Post", "Ferries"),
        ("Ferries - The Post", "The Post", "Ferries"),
        ("Ferries: The Post", "The Post", "Ferries"),
        ("In The Post", "The Post", "In The Post"),
        ("The Post", "The Post", "The Post"),
        ("Ferries | Else", "The Post", "Ferries | Else"),
        ("Ferries | ", "", "Ferries |"),
    ],
)
def test_the_outlets_name_is_no_part_of_the_headline(told: str, outlet: str, title: str) -> None:
    assert read(f"<title>{told}</title>", f'<meta property="og:site_name" content="{outlet}">').title == title


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("/2024/ferries", "https://post.test/2024/ferries"),
        ("https://www.post.test/f", "https://www.post.test/f"),
        ("https://other.test/f", URL),
        ("https://post.test/", URL),
        ("javascript:alert(1)", URL),
        ("", URL),
    ],
)
def test_its_own_address_holds_on_its_own_site(canonical: str, url: str) -> None:
    assert read("<title>A</title>", f'<link rel="canonical" href="{canonical}">').url == url


@pytest.mark.parametrize(
    ("data", "kind", "title"),
    [
        ("<title>Čaj</title>".encode("iso-8859-2"), "text/html; charset=ISO-8859-2", "Čaj"),
        ('<meta charset="shift_jis"><title>新聞</title>'.encode("shift_jis"), "text/html", "新聞"),
        ("<title>Čaj</title>".encode(), "text/html; charset=none-such", "Čaj"),
        ("<title>Čaj</title>".encode(), "text/html; charset=base64", "Čaj"),
        (b"<title>caf\xe9</title>", "text/html", "café"),
        ('<meta charset="utf-16"><title>Čaj</title>'.encode(), "text/html", "Čaj"),
        ("<title>Čaj</title>".encode("utf-16-be"), "text/html; charset=utf-16be", "Čaj"),
        ("<title>Čaj</title>".encode(), "text/html; charset=idna", "Čaj"),
        ("<title>Čaj</title>".encode(), "text/html; charset=undefined", "Čaj"),
    ],
)
def test_a_page_is_decoded_as_it_says(data: bytes, kind: str, title: str) -> None:
    assert article_of_page(data, URL, kind).title == title


@pytest.mark.parametrize("data", [b"", b"{}", b"\x00\xff\xfe", b"<p>Text", b"%PDF-1.4"])
def test_what_has_no_headline_is_no_article(data: bytes) -> None:
    with pytest.raises(FeedParseError, match="no headline"):
        article_of_page(data, URL, "")


def test_the_process_reads_a_page_as_this_one_does() -> None:
    data = page(linked(ARTICLE))
    with FeedReader() as reader:
        assert reader.article_of_page(data, URL, "text/html") == article_of_page(data, URL, "text/html")


@pytest.mark.parametrize(
    "html",
    thinned([
        "<script type='application/ld+json'>" * 80_000,
        "<script type='application/ld+json'>" + "[" * 400_000 + "</script>",
        linked({"@graph": [[{}] * 1000] * 1000}),
        "<script" * 100_000,
        "<title>" * 100_000,
        "<meta charset" * 200_000,
        "<!--" * 500_000,
        '<meta name="a" content="b">' * 30_000,
    ], every=2),
    ids=["open scripts", "deep", "wide", "no end", "titles", "charsets", "comments", "metas"],
)  # fmt: skip
def test_a_hostile_page_is_read_soon(html: str) -> None:
    begun = time.process_time()
    assert article_of_page(f"<title>A</title>{html}".encode(), URL, "").title.startswith("A")
    assert time.process_time() - begun < 10
