"""Whole texts: into the file that feeds wrote, or beside one that is the person's own. What finds them is made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed_files import item, rss
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError, FetchError, FetchingBusyError
from reader.feeds.library import FeedLibrary
from reader.feeds.texts.installed import is_installed
from reader.feeds.texts.store import kept_text
from reader.feeds.texts.texts import FullTexts, NoTextError
from reader.stories.files import read_story

from ..conftest import FeedServer, Library

WHOLE = "# Harbour\n\nThe whole text.\n---\nfullText: of it"
PAGE = b"<html><body><nav>Menu</nav><article><h1>Wall</h1>%s</article></body></html>"
SENTENCE = b"<p>The harbour wall broke at noon, when the <a href='javascript:x'>third</a> wave came over it.</p>"


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of pages whose text was asked for; each has the same one."""
    asked: list[str] = []

    def text_of_page(_: FeedReader, data: bytes, url: str) -> str:
        asked.append(url)
        return "" if b"empty" in data else WHOLE

    monkeypatch.setattr(FeedReader, "text_of_page", text_of_page)
    return asked


def with_story(library: Library, server: FeedServer, *, page: bytes = b"<html>") -> Path:
    """Fetch a story whose page is on the server; gives its file."""
    url = server.web.serve("/page", page, "text/html")
    library.subscribe(server.serve("/feed", rss(item(1).replace("https://news.test/story/1", url))))
    library.fetch()
    return next(library.folder.rglob("*.md"))


def bring(library: Library, file: Path) -> bool:
    with FullTexts(FeedLibrary(library.folder, lambda: library.now)) as texts:
        return texts.bring(file)


def body(file: Path) -> str:
    story = read_story(file)
    assert story is not None
    assert story.flaws == ()
    assert story.excerpt
    return story.body


def test_a_text_goes_into_the_file_that_a_feed_brought(library: Library, server: FeedServer, found: list[str]) -> None:
    file = with_story(library, server)
    assert bring(library, file)
    assert (body(file), found) == (WHOLE, [f"{server.web.url}/page"])
    assert bring(library, file)
    assert file.read_text().count("fullText: 2026-11-28T09:00:00Z\n") == 1
    assert "Accept" in server.web.headers
    assert "html" in server.web.headers["Accept"]


def test_it_stays_when_the_feed_says_something_else(library: Library, server: FeedServer, found: list[str]) -> None:
    file = with_story(library, server)
    bring(library, file)
    url = f"{server.web.url}/page"
    new = item(1, title="Better", body="Another excerpt.").replace("https://news.test/story/1", url)
    server.feeds["/feed"] = rss(new)
    assert library.fetch().total().changed == 1
    story = read_story(file)
    assert story is not None
    assert (story.title, story.excerpt, story.body) == ("Better", "Another excerpt.", WHOLE)
    assert library.fetch().total() == (0, 0, 0)


def test_a_file_that_the_person_edited_stays_and_the_text_lies_beside_it(
    library: Library, server: FeedServer, found: list[str]
) -> None:
    file = with_story(library, server)
    file.write_text(file.read_text() + "\nMy words.\n")
    before = file.read_bytes()
    assert not bring(library, file)
    assert file.read_bytes() == before
    story = read_story(file)
    assert story is not None
    assert kept_text(story.key) == WHOLE


def test_a_file_of_another_hand_leads_nowhere_but_to_the_web(
    library: Library, server: FeedServer, found: list[str]
) -> None:
    file = library.folder / "mine.md"
    url = server.web.serve("/page", b"<html>", "text/html")
    for feed in ("", f"feed: {server.web.url}/feed\n", "feed: http://[\n"):
        file.write_text(f"---\ntitle: Mine\nexcerpt: x\nwebUrl: {url}\n{feed}---\n")
        with pytest.raises(FetchError, match=r"it is not asked: .* is an address of this machine"):
            bring(library, file)
    assert server.web.asked == []


def test_what_has_no_text_is_told(library: Library, server: FeedServer, found: list[str]) -> None:
    file = with_story(library, server, page=b"empty")
    before = file.read_bytes()
    with pytest.raises(NoTextError, match="no text was found"):
        bring(library, file)
    server.web.serve("/page", b"", "text/html", 404)
    with pytest.raises(FetchError, match="404 Not Found"):
        bring(library, file)
    mine = library.folder / "mine.md"
    mine.write_text("---\ntitle: Mine\n---\n")
    with pytest.raises(NoTextError, match="no page on the web"):
        bring(library, mine)
    assert file.read_bytes() == before


def test_while_the_feeds_are_asked_nothing_is_written(library: Library, server: FeedServer, found: list[str]) -> None:
    file = with_story(library, server)
    with FeedLibrary(library.folder, lambda: library.now).held(), pytest.raises(FetchingBusyError):
        bring(library, file)
    assert body(file) == ""


@pytest.mark.skipif(not is_installed(), reason="trafilatura is not installed: the extra `fulltext`")
def test_the_text_of_a_page_is_found_in_the_process_that_reads_feeds() -> None:
    with FeedReader() as reader:
        text = reader.text_of_page(PAGE % (SENTENCE * 4), "https://news.test/wall")
        assert "The harbour wall broke at noon, when the third wave" in text
        assert "javascript" not in text
        assert "Menu" not in text
        assert reader.text_of_page(b"", "https://news.test/") == ""
        for hostile in (b"<" * 2_000_000, b"<div>" * 300_000, b"\0\xff\x1b[31m" * 1_000, b"<p>\x1b[31mHi</p>" * 40):
            try:
                assert "\x1b" not in reader.text_of_page(hostile, "https://news.test/")
            except FeedParseError:  # a typed error, and the next page is read by another process
                continue


@pytest.mark.skipif(is_installed(), reason="trafilatura is installed")
def test_without_the_extra_that_is_told() -> None:
    with FeedReader() as reader, pytest.raises(FeedParseError, match="trafilatura is not installed"):
        reader.text_of_page(b"<p>x</p>", "https://news.test/")
