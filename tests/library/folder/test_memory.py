"""Folders in which nothing changed are known without a look at their files; any doubt is a change."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.folder import memory
from reader.library.folder.paths import number_of
from reader.library.folder.scan import KnownFolder
from reader.library.index.storage import schema
from reader.library.library import Library
from reader.library.sync.sync import sync

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

LONG_AGO = time.time_ns() - 10**12


def rest(root: Path) -> None:
    """Let the folders look as if nothing had happened for a quarter of an hour."""
    for place, _, _ in os.walk(root):
        os.utime(place, ns=(LONG_AGO, LONG_AGO))


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(memory, "LARGE", 3)
    for number in range(3):
        write_story(tmp_path / "news" / "inner", f"{number}.md", title=f"Story {number}")
    write_story(tmp_path / "news", "top.md", title="Top")
    rest(tmp_path / "news")
    return tmp_path / "news"


@pytest.fixture
def library(news: Path, open_library: OpenLibrary) -> Library:
    return open_library(news)


def glances(library: Library) -> bool:
    """Whether a glance was enough."""
    before = library.index.version
    report = library.sync(glance=True)
    return report.seconds == 0 and library.index.version == before


def test_a_glance_is_enough_where_no_name_came_or_went(library: Library) -> None:
    assert glances(library)
    assert library.sync(glance=True).files == 4


def test_a_small_library_is_looked_at(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LARGE", 5)
    assert not glances(library)


@pytest.mark.parametrize("change", ["new", "gone", "renamed", "moved", "folder gone", "new folder"])
def test_a_glance_sees_names_that_come_and_go(
    change: str, library: Library, news: Path, write_story: WriteStory
) -> None:
    if change == "new":
        write_story(news / "inner", "new.md", title="New")
    elif change == "gone":
        (news / "inner" / "0.md").unlink()
    elif change == "renamed":
        (news / "inner" / "0.md").rename(news / "inner" / "other.md")
    elif change == "moved":
        (news / "inner" / "0.md").rename(news / "0.md")
    elif change == "new folder":
        write_story(news / "another", "new.md", title="New")
    else:
        (news / "inner").rename(news.parent / "elsewhere")
    assert not glances(library)
    assert library.index.counts().stories == {"gone": 3, "folder gone": 1, "new": 5, "new folder": 5}.get(change, 4)


def test_a_folder_that_changed_just_before_it_was_read_is_looked_at_again(library: Library, news: Path) -> None:
    now = time.time_ns()
    os.utime(news / "inner", ns=(now, now))
    library.sync()
    assert not glances(library)
    rest(news)
    library.sync()
    assert glances(library)


def test_a_clock_that_was_set_back_is_no_reason_to_trust(library: Library) -> None:
    library.index.connection.execute("UPDATE folders SET looked_ns = ?", (time.time_ns() + 10**12,))
    assert not glances(library)


def test_a_file_that_is_to_be_tried_again_is_looked_at(library: Library, news: Path) -> None:
    library.index.connection.execute("UPDATE files SET size = -1 WHERE number = ?", (number_of(b"top.md"),))
    library.index.connection.execute("DELETE FROM folders")
    stamp = (news / "top.md").stat()
    (news / "top.md").write_text("x" * stamp.st_size, encoding="utf-8")
    assert library.sync().read == 1


def test_what_a_glance_does_not_see_is_told_of_the_stories_that_matter(library: Library, news: Path) -> None:
    ids = library.index.ids()
    assert library.are_current(ids)
    story = library.index.story_at(b"top.md")
    assert story is not None
    (news / "top.md").write_text("---\ntitle: Changed in place\n---\n", encoding="utf-8")
    assert glances(library)
    assert not library.are_current([story])
    assert library.are_current([other for other in ids if other != story])
    (news / "top.md").unlink()
    assert not library.are_current([story])


def test_writing_forgets_the_folders(library: Library, news: Path, write_story: WriteStory) -> None:
    """Else files that another process wrote meanwhile, and that came back as they were, would not be looked at."""
    connection = library.index.connection
    assert connection.execute("SELECT count(*) FROM folders").fetchone()[0] == 2

    class StoppedError(Exception):
        pass

    def stop(_: object) -> None:
        raise StoppedError

    write_story(news, "new.md", title="New", body="long " * 2_000)
    with pytest.raises(StoppedError):
        library.sync(stop)
    assert connection.execute("SELECT count(*) FROM folders").fetchone()[0] == 0
    library.sync()
    assert connection.execute("SELECT count(*) FROM folders").fetchone()[0] == 2


def test_a_sync_without_a_change_writes_nothing(library: Library) -> None:
    before = library.index.version
    library.sync()
    assert library.index.version == before


def looked_at(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sync with a glance; gives the folders whose files were looked at."""
    listed: list[str] = []
    scandir = os.scandir

    def note(place: bytes) -> object:
        listed.append(Path(os.fsdecode(place)).name)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", note)
    try:
        library.sync(glance=True)
    finally:
        monkeypatch.setattr(os, "scandir", scandir)
    return listed


def test_the_files_of_a_folder_without_a_new_name_are_not_looked_at(
    library: Library, news: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    when = "SELECT looked_ns FROM folders WHERE path = ?"
    before = library.index.connection.execute(when, (b"inner",)).fetchone()
    write_story(news, "new.md", title="New")
    assert looked_at(library, monkeypatch) == ["news"]
    assert library.index.counts().stories == 5
    assert library.index.connection.execute(when, (b"inner",)).fetchone() == before
    write_story(news / "inner", "newer.md", title="Newer")
    (news / "inner" / "0.md").unlink()
    assert looked_at(library, monkeypatch) == ["news", "inner"]  # the first had just changed when it was looked at
    assert library.index.counts().stories == 5
    rest(news)
    assert looked_at(library, monkeypatch) == ["news", "inner"]
    assert looked_at(library, monkeypatch) == []
    assert library.sync().read == 0


def test_folders_in_a_folder_that_is_not_looked_at_are_found(
    library: Library, news: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "b/c"):
        write_story(news / "inner" / name, f"{name[-1]}.md", title=name)
    rest(news)
    library.sync()
    (news / "inner" / "b" / "c" / "c.md").rename(news / "inner" / "b" / "c" / "d.md")
    assert looked_at(library, monkeypatch) == ["c"]
    assert library.index.counts().stories == 7
    assert library.index.story_at(b"inner/b/c/d.md")
    (news / "inner" / "b").rename(news / "b")
    assert looked_at(library, monkeypatch) == ["news", "b", "c", "inner"]
    assert library.index.counts().stories == 7
    assert library.index.story_at(b"b/c/d.md")


def test_a_folder_that_was_met_by_a_link_is_found_where_it_is_when_the_link_is_gone(
    news: Path, open_library: OpenLibrary, write_story: WriteStory
) -> None:
    """It is known by the link alone, as it was met there first."""
    write_story(news / "z" / "far", "far.md", title="Far")
    (news / "inner" / "link").symlink_to("../z/far")
    rest(news)
    library = open_library(news)
    assert library.index.story_at(b"inner/link/far.md")
    (news / "inner" / "link").unlink()
    library.sync(glance=True)
    assert library.index.story_at(b"z/far/far.md")
    (news / "inner" / "link").symlink_to("../z/far")
    library.sync(glance=True)
    assert library.index.story_at(b"inner/link/far.md")
    (news / "inner" / "link").unlink()
    library.sync(glance=True)
    assert library.index.story_at(b"z/far/far.md")
    assert library.index.counts().stories == 5


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_lies_behind_a_link_is_looked_at(
    kind: str, news: Path, open_library: OpenLibrary, write_story: WriteStory
) -> None:
    write_story(news / "z" / "far", "far.md", title="Far")
    write_story(news.parent / "outside", "far.md", title="Secret")
    (news / "inner" / "link").symlink_to("../z/far")
    (news / "inner" / "link.md").symlink_to("../z/far/far.md")
    rest(news)
    library = open_library(news)
    if kind == "folder":
        (news / "z" / "far").rename(news.parent / "away")
        (news / "z" / "far").symlink_to(news.parent / "outside")
    else:
        (news / "z" / "far" / "far.md").unlink()
    library.sync(glance=True)
    assert [row.title for row in library.index.rows(library.index.ids()).values() if "St" not in row.title] == ["Top"]


def test_a_folder_that_another_was_renamed_to_is_looked_at(
    news: Path, open_library: OpenLibrary, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though both, as copies with their times, seem never to have changed."""
    write_story(news / "other", "0.md", title="Other")
    rest(news)
    library = open_library(news)
    assert glances(library)
    for before, after in (("inner", "third"), ("other", "inner"), ("third", "other")):
        (news / before).rename(news / after)
    rest(news)
    assert looked_at(library, monkeypatch) == ["news", "inner", "other"]
    story = library.index.story_at(b"inner/0.md")
    assert story is not None
    assert library.index.rows([story])[story].title == "Other"


def test_the_files_of_a_small_library_are_looked_at(
    library: Library, news: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "LARGE", 5)
    write_story(news, "new.md", title="New")
    assert looked_at(library, monkeypatch) == ["news", "inner"]


def test_all_is_looked_at_where_another_process_has_written_since(
    library: Library, news: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was known of the folders may hold no more: the other has begun to read their files."""
    write_story(news, "new.md", title="New")
    known_folders, other = memory.known_folders, Library(news, library.index_path.parent.parent, in_process=True)

    def known(connection: sqlite3.Connection) -> dict[bytes, KnownFolder]:
        monkeypatch.setattr(memory, "known_folders", known_folders)
        found = known_folders(connection)
        other.index.connection.execute("DELETE FROM folders")
        return found

    with closing(other), closing(schema.connect(library.index_path)) as connection:
        monkeypatch.setattr(memory, "known_folders", known)
        sync(connection, news, glance=True)
    assert library.index.counts().stories == 5
    assert all(library.index.story_at(path) for path in (b"inner/0.md", b"top.md", b"new.md"))


def test_a_folder_where_other_names_came_is_looked_at_once(
    library: Library, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "inner" / "notes.pdf").touch()
    at = LONG_AGO + 10**9
    os.utime(news / "inner", ns=(at, at))
    assert looked_at(library, monkeypatch) == ["inner"]
    assert glances(library)


def test_a_glance_is_enough_again_some_time_after_the_last_change(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.index.connection.execute("UPDATE folders SET looked_ns = mtime_ns + 1 WHERE path = ?", (b"inner",))
    assert looked_at(library, monkeypatch) == ["inner"]
    assert glances(library)
