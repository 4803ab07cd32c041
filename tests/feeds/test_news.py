"""News comes in all the way: with an index that others hold, and with whole texts of named feeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed_files import item, rss
from reader.base.errors import IndexBusyError
from reader.feeds.entries.process import FeedReader
from reader.feeds.job_child import brought_by
from reader.feeds.library import FeedLibrary
from reader.feeds.news import News, bring_in
from reader.feeds.texts.installed import HOW_TO_GET_IT
from reader.library.marks.marks import MarkKind, Marks
from reader.settings.config import Config, Rule

from .conftest import FeedServer, Library


def bring(
    library: Library, config: Config, monkeypatch: pytest.MonkeyPatch, *, busy: int = 0, marks: Path | None = None
) -> News:
    """Bring news in; the first so many readings of the folder find the index held by others."""
    from reader.library.library import Library as Indexed

    sync, held = Indexed.sync, [busy]

    def sync_unless_held(self: Indexed, **how: object) -> object:
        held[0] -= 1
        if held[0] >= 0:
            raise IndexBusyError("another program holds the index")
        return sync(self, **how)  # type: ignore[arg-type] # as it came

    with (
        monkeypatch.context() as patched,
        Indexed(library.folder, library.folder.parent / "cache", in_process=True) as indexed,
    ):
        patched.setattr(Indexed, "sync", sync_unless_held)
        return bring_in(FeedLibrary(library.folder, lambda: library.now), indexed, marks, config)


def test_an_index_that_others_hold_keeps_no_news_out(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.subscribe(server.serve("/a", rss(item(1))))
    assert bring(library, Config(), monkeypatch, busy=1).report.total().new == 1
    assert library.stories == ["2026-11-10-story-1.md"]


RULES = Config(rules=(Rule("title:storm", ("star",)),))


def test_rules_wait_for_an_index_that_others_hold(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = library.folder.parent / "marks.sqlite3"
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"), item(2, title="Quiet"))))
    first = bring(library, RULES, monkeypatch, busy=2, marks=marks)
    assert (first.report.total().new, first.applied, first.unruled) == (2, (), 2)
    assert "2 new stories" in brought_by(first).failed[0]
    assert bring(library, RULES, monkeypatch, busy=1, marks=marks).unruled == 2
    with Marks(marks, lambda: library.now) as opened:
        assert opened.keys(MarkKind.STARRED) == frozenset()
    second = bring(library, RULES, monkeypatch, marks=marks)
    assert ([len(one.stories) for one in second.applied], second.unruled) == ([1], 0)
    with Marks(marks, lambda: library.now) as opened:
        assert opened.keys(MarkKind.STARRED) == {"https://news.test/story/1"}
    assert bring(library, RULES, monkeypatch, marks=marks).applied == ()


def test_rules_that_come_later_are_not_followed_for_what_came_without_them(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = library.folder.parent / "marks.sqlite3"
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"))))
    assert bring(library, Config(), monkeypatch, busy=2, marks=marks).unruled == 0
    assert bring(library, RULES, monkeypatch, marks=marks).applied == ()


def test_whole_texts_are_fetched_for_the_feeds_that_are_named(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.feeds.news.is_installed", lambda: True)
    monkeypatch.setattr(FeedReader, "text_of_page", lambda *_: "All of it.")
    page = server.web.serve("/page", b"<html>", "text/html")
    for name in ("named", "other"):
        entry = item(1, title=name, guid=name).replace("https://news.test/story/1", f"{page}?{name}")
        server.web.answers[f"/page?{name}"] = server.web.answers["/page"]
        library.subscribe(server.serve(f"/{name}", rss(entry)))
    news = bring(library, Config(full_text=("/named",)), monkeypatch)
    assert news.no_text == ()
    texts = {path.name: path.read_text() for path in library.folder.rglob("*.md")}
    assert "All of it." in texts["2026-11-10-named.md"]
    assert "All of it." not in texts["2026-11-10-other.md"]


def test_without_the_extra_that_is_told_once(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reader.feeds.news.is_installed", lambda: False)
    library.subscribe(server.serve("/a", rss(item(1), item(2))))
    news = bring(library, Config(full_text=("127.0.0.1",)), monkeypatch)
    assert [why for _, why in news.no_text] == [HOW_TO_GET_IT]
    assert news.report.total().new == 2
