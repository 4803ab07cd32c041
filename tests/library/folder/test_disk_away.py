"""A folder whose disk is not mounted, or goes while it is read: nothing is taken for removed that is out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reader.base.errors import LibraryError
from reader.library.folder import memory
from reader.library.folder.scan import Folder, scan
from reader.library.index.rows import Counts
from reader.library.library import Library
from reader.library.sync import sync

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """A folder of three stories."""
    folder = tmp_path / "news"
    for name in ("a", "b", "c"):
        write_story(folder, f"{name}.md", title=f"Story {name}", published="2024-01-01")
    return folder


def lie_elsewhere(library: Library) -> None:
    """Let the index believe that the folder lay on another disk the last time."""
    library.index.connection.execute("UPDATE facts SET value = -1 WHERE name = 'device'")


def test_an_empty_folder_on_another_device_costs_no_story(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news, in_process=False)
    for file in news.iterdir():
        file.rename(news.parent / file.name)
    lie_elsewhere(library)
    with pytest.raises(LibraryError, match="on another disk than before: is it mounted"):
        library.sync()
    assert library.index.counts().stories == 3
    (news.parent / "a.md").rename(news / "a.md")
    library.sync()
    assert library.index.counts().stories == 1, "what is found is taken as it is"
    assert memory.fact(library.index.connection, memory.DEVICE) == news.stat().st_dev
    (news / "a.md").unlink()
    library.sync()
    assert library.index.counts().stories == 0, "emptied where it lay"


def test_a_rebuilt_index_takes_an_empty_folder_for_what_it_is(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    for file in news.iterdir():
        file.unlink()
    lie_elsewhere(library)
    library.rebuild()
    library.sync()
    library.sync()
    assert library.index.counts().stories == 0


def test_a_disk_that_goes_while_the_folder_is_looked_at_costs_no_story(
    news: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(news)

    def halfway(root: Path, **asked: Any) -> Iterator[Folder]:
        (news / "a.md").unlink()
        yield from scan(root, **asked)
        monkeypatch.setattr(memory, "device_of", lambda _: -1)

    monkeypatch.setattr(sync, "scan", halfway)
    with pytest.raises(LibraryError, match="another disk took the place of the folder"):
        library.sync()
    assert library.index.counts().stories == 3


def test_files_that_go_while_they_are_read_stay_until_the_folder_is_looked_at_again(
    news: Path, tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("d", "e"):  # the head alone does not tell all of them
        write_story(news, f"{name}.md", published="2024-01-02", body="long " * 2_000)

    def then_gone(root: Path, **asked: Any) -> Iterator[Folder]:
        yield from scan(root, **asked)
        for file in news.iterdir():
            file.unlink()

    with Library(news, tmp_path / "cache", in_process=True) as library:
        with monkeypatch.context() as patch:
            patch.setattr(sync, "scan", then_gone)
            library.sync()
        assert library.index.counts() == Counts(stories=5, articles=0, unread=0)
        library.sync()
        assert library.index.counts() == Counts(stories=0, articles=0, unread=0)


def test_a_file_that_was_away_while_it_was_to_be_read_is_read_when_it_is_back(
    news: Path, open_library: OpenLibrary, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(news)
    write_story(news, "b.md", title="Another")
    away = news.parent / "b.md"
    with monkeypatch.context() as patch:

        def then_away(root: Path, **asked: Any) -> Iterator[Folder]:
            yield from scan(root, **asked)
            (news / "b.md").rename(away)

        patch.setattr(sync, "scan", then_away)
        library.sync()
    assert not library.index.problems()
    away.rename(news / "b.md")
    library.sync()
    titles = [row.title for row in library.index.rows(library.index.ids()).values()]
    assert sorted(titles) == ["Another", "Story a", "Story c"]
