"""News comes in all the way: with an index that others hold, and with whole texts of named feeds."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from feed_files import item, rss
from reader.base.errors import IndexBusyError, MarksError
from reader.feeds import rules
from reader.feeds.entries.process import FeedReader
from reader.feeds.fetching import Fetching, FetchReport
from reader.feeds.job_child import brought_by
from reader.feeds.library import FeedLibrary
from reader.feeds.news import News, bring_in
from reader.feeds.texts.installed import HOW_TO_GET_IT
from reader.library.marks.marks import MarkKind, Marks
from reader.outside.programs import RunError, Values
from reader.settings.config import Config, Rule

from .conftest import FeedServer, Library


@pytest.fixture
def marks(library: Library) -> Path:
    """The file of the marks; nothing is marked yet."""
    return library.folder.parent / "marks.sqlite3"


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
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marks: Path
) -> None:
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"), item(2, title="Quiet"))))
    first = bring(library, RULES, monkeypatch, busy=2, marks=marks)
    assert (first.report.total().new, first.applied, first.unruled) == (2, (), 2)
    assert "2 new stories" in brought_by(first).failed[0]
    assert bring(library, RULES, monkeypatch, busy=2, marks=marks).unruled == 2
    assert starred(library, marks) == frozenset()
    second = bring(library, RULES, monkeypatch, marks=marks)
    assert ([len(one.stories) for one in second.applied], second.unruled) == ([1], 0)
    assert starred(library, marks) == {"https://news.test/story/1"}
    assert bring(library, RULES, monkeypatch, marks=marks).applied == ()


def test_what_rules_hide_is_not_told_as_new(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marks: Path
) -> None:
    rules = Config(rules=(Rule("title:storm", ("hide",)), Rule("title:news", ("star", "hide"))))
    library.subscribe(server.serve("/a", rss(*(item(at, title=title) for at, title in enumerate(TITLES)))))
    waiting = bring(library, rules, monkeypatch, busy=2, marks=marks)
    assert (brought_by(waiting).new, brought_by(waiting).hidden) == (3, 0)
    brought = brought_by(bring(library, rules, monkeypatch, marks=marks))
    assert (brought.new, brought.hidden) == (0, 2)


def test_what_waited_and_is_hidden_now_takes_nothing_from_what_is_new(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marks: Path
) -> None:
    rules = Config(rules=(Rule("title:storm", ("hide",)),))
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"), item(2, title="Storm again"))))
    bring(library, rules, monkeypatch, busy=2, marks=marks)
    library.subscribe(server.serve("/b", rss(item(3, title="Quiet"), item(4, title="Calm"), item(5, title="Storm"))))
    brought = brought_by(bring(library, rules, monkeypatch, marks=marks))
    assert (brought.new, brought.hidden) == (2, 3)


TITLES = ("Storm", "Quiet", "Storm news")


def test_rules_that_come_later_are_not_followed_for_what_came_without_them(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marks: Path
) -> None:
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"))))
    assert bring(library, Config(), monkeypatch, busy=2, marks=marks).unruled == 0
    assert bring(library, RULES, monkeypatch, marks=marks).applied == ()


def starred(library: Library, marks: Path) -> frozenset[str]:
    with Marks(marks, lambda: library.now) as opened:
        return opened.keys(MarkKind.STARRED)


def test_rules_are_followed_whoever_writes_stories_meanwhile(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marks: Path
) -> None:
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"))))
    run = Fetching.run
    with ExitStack() as other, monkeypatch.context() as patched:

        def run_before_another(self: Fetching, *args: object, **how: object) -> FetchReport:
            report = run(self, *args, **how)  # type: ignore[arg-type] # as they came
            other.enter_context(FeedLibrary(library.folder, lambda: library.now).held())
            return report

        patched.setattr(Fetching, "run", run_before_another)
        news = bring(library, RULES, monkeypatch, marks=marks)
    assert (len(news.applied), news.unruled) == (1, 0)
    assert starred(library, marks) == {"https://news.test/story/1"}


def test_rules_are_followed_for_what_another_copy_wrote_and_has_not_indexed(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marks: Path
) -> None:
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"))))
    run = Fetching.run

    def run_of_another(self: Fetching, *args: object, **how: object) -> FetchReport:
        run(self, *args, **how)  # type: ignore[arg-type] # as they came
        return FetchReport((), ())

    monkeypatch.setattr(Fetching, "run", run_of_another)
    bring(library, RULES, monkeypatch, marks=marks)
    assert starred(library, marks) == {"https://news.test/story/1"}


RUNS = Config(
    rules=(Rule("title:storm", ("star",), ("note", "{title}")), Rule("title:storm", ("later",), ("mail", "{title}")))
)


@pytest.fixture
def storms(library: Library, server: FeedServer) -> Path:
    """Three stories that come in and that both rules hold for; the file that the marks go to."""
    library.subscribe(server.serve("/a", rss(*(item(n, title=f"Storm {n}") for n in range(3)), item(3))))
    return library.folder.parent / "marks.sqlite3"


EACH_ONCE = sorted((name, f"Storm {n}") for name in ("note", "mail") for n in range(3))


def test_a_command_may_write_stories_itself(library: Library, storms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    def fetches(command: tuple[str, ...], values: Values) -> None:
        with FeedLibrary(library.folder, lambda: library.now).held():
            ran.append((command[0], values.title))

    monkeypatch.setattr(rules, "_run_one", fetches)
    assert [one.failed for one in bring(library, RUNS, monkeypatch, marks=storms).applied] == ["", ""]
    assert sorted(ran) == EACH_ONCE


def test_no_command_is_run_before_all_rules_have_marked(
    library: Library, storms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = []
    set_ = Marks.set

    def fails(self: Marks, keys: object, kind: MarkKind, *args: object, **how: object) -> object:
        if kind is MarkKind.LATER:
            raise MarksError("no space left")
        return set_(self, keys, kind, *args, **how)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(rules, "_run_one", lambda command, values: ran.append((command[0], values.title)))
    with monkeypatch.context() as patched:
        patched.setattr(Marks, "set", fails)
        with pytest.raises(MarksError):
            bring(library, RUNS, monkeypatch, marks=storms)
    assert ran == []
    bring(library, RUNS, monkeypatch, marks=storms)
    assert sorted(ran) == EACH_ONCE
    bring(library, RUNS, monkeypatch, marks=storms)
    assert sorted(ran) == EACH_ONCE


def test_a_story_whose_commands_were_interrupted_is_not_given_to_them_again(
    library: Library, storms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, str]] = []

    def ends(command: tuple[str, ...], values: Values) -> None:
        ran.append((command[0], values.title))
        if len(ran) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(rules, "_run_one", ends)
    with pytest.raises(KeyboardInterrupt):
        bring(library, RUNS, monkeypatch, marks=storms)
    bring(library, RUNS, monkeypatch, marks=storms)
    assert len(ran) == len(set(ran)) == 5, "of the second story only the first command"
    assert {title for _, title in ran} == {f"Storm {n}" for n in range(3)}


def test_a_command_that_fails_is_given_up_and_the_others_are_not(
    library: Library, server: FeedServer, storms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = []

    def fails(command: tuple[str, ...], values: Values) -> None:
        ran.append(command[0])
        if command[0] == "note":
            raise RunError(f"no {values.title}")

    library.subscribe(server.serve("/b", rss(*(item(n, title=f"Storm {n}") for n in range(10, 13)))))
    monkeypatch.setattr(rules, "_run_one", fails)
    note, mail = bring(library, RUNS, monkeypatch, marks=storms).applied
    assert (note.failed[:8], mail.failed) == ("no Storm", "")
    assert (ran.count("note"), ran.count("mail")) == (3, 6)
    assert bring(library, RUNS, monkeypatch, marks=storms).applied == ()


def test_a_story_that_another_copy_is_about_to_write_stays_on_its_list(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marks: Path
) -> None:
    library.subscribe(server.serve("/a", rss(item(1, title="Storm"))))
    feeds, run = FeedLibrary(library.folder, lambda: library.now), Fetching.run

    def run_before_another(self: Fetching, *args: object, **how: object) -> FetchReport:
        report = run(self, *args, **how)  # type: ignore[arg-type] # as they came
        with feeds.state() as state:
            state.add_unruled(b"feeds/post/soon.md")
        return report

    with monkeypatch.context() as patched:
        patched.setattr(Fetching, "run", run_before_another)
        assert bring(library, RULES, monkeypatch, marks=marks).unruled == 0
    with feeds.state() as state:
        assert state.unruled() == [b"feeds/post/soon.md"]
    bring(library, RULES, monkeypatch, marks=marks)
    with feeds.state() as state:
        assert state.unruled() == [], "it was never written"


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
