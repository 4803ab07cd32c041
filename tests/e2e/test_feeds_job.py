"""News comes in by feeds, on a pseudo-terminal: from a page's address to stories, one event, and a whole text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import copies
from feed_files import item, rss
from reader.feeds.texts.installed import is_installed
from support import Desk
from web import Web, serving

CURSOR = "▌"
PAGE = """<html><head><title>x</title></head><body><nav>Menu</nav><article><h1>Harbour wall breaks in the storm</h1>
{}</article></body></html>"""
TEXT = "The harbour wall broke at noon, when the third wave of the storm went over it and took the old crane with it. "


def run(desk: Desk, *arguments: str) -> str:
    """Run a command; gives what it says."""
    done = copies.run([sys.executable, "-m", "reader", *arguments], env=desk.environment, text=True)
    assert done.returncode == 0, done.stderr
    return f"{done.stdout}{done.stderr}"


def outlet(web: Web, name: str, *items: str, host: str) -> str:
    """A page that names its feed; gives the page's address."""
    link = f"<link rel='alternate' type='application/rss+xml' href='/{name}.xml' title='{name}'>"
    web.serve(f"/{name}", f"<html><head>{link}</head></html>".encode(), "text/html")
    feed = rss(*items, title=name).replace(b"https://news.test/", f"https://{host}/".encode())
    web.serve(f"/{name}.xml", feed, "application/rss+xml")
    return f"{web.url}/{name}"


def selected(text: str) -> str:
    """The line under the cursor of the list."""
    return next((line for line in text.splitlines() if CURSOR in line), "")


@pytest.mark.long
def test_from_an_address_to_an_event_and_a_whole_text(desk: Desk, tmp_path: Path) -> None:
    news = desk.home / "news"
    news.mkdir()
    storm, other = "Harbour wall of Seatown breaks in the storm", "Council of Seatown votes on the new budget"
    with serving() as web:
        article = web.serve("/wall", PAGE.format(f"<p>{TEXT}</p>" * 8).encode(), "text/html")
        wall = item(20, title=storm, body="The harbour wall of Seatown broke in the storm at noon.")
        wall = wall.replace("https://news.test/story/20", article)
        post = outlet(web, "post", wall, item(2, title=other), host="post.test")
        assert "added: post (2 entries)" in run(desk, "feeds", "add", post, "--library", str(news))
        assert "2 new stories" in run(desk, "fetch", str(news))
        second = item(21, title=storm, body="Seatown's harbour wall broke in the storm at noon.")
        gazette = outlet(web, "gazette", second, host="gazette.test")

        terminal = desk.start(str(news))
        terminal.wait_for("2 stories")
        terminal.send("B")
        terminal.wait_for("Feeds")
        terminal.wait_for("post")
        terminal.send(gazette)
        terminal.wait_for(f"+ {gazette}")
        terminal.send("\r")
        terminal.wait_for("Added: gazette (1 entry)")
        terminal.send("\x1b")
        terminal.wait_for(lambda text: "Added:" not in text)
        terminal.send("G")
        terminal.wait_for(lambda text: "Council" in selected(text))
        terminal.send("\x12")
        terminal.wait_for("3 stories")
        terminal.wait_for("1 new story · 2 feeds asked")
        assert "Council" in selected(terminal.text), "a new entry moves nothing"
        terminal.send("g")
        terminal.wait_for("2 outlets")
        terminal.send("/feed:gaz")
        terminal.wait_for("1 of 3")
        terminal.send("\x1b")
        terminal.wait_for(lambda text: "feed:gaz" not in text)
        terminal.send("/is:first\r")
        terminal.wait_for("1 of 3")
        terminal.send("D")
        if is_installed():
            terminal.wait_for("The full text is there.")
            terminal.send("J")
            terminal.wait_for("The harbour wall broke at noon")
        else:
            terminal.wait_for("pip install 'story-reader[fulltext]'")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    written = [path for path in news.rglob("*.md") if "fullText:" in path.read_text()]
    assert len(written) == (1 if is_installed() else 0)
    assert len(list(news.rglob("*.md"))) == 3
