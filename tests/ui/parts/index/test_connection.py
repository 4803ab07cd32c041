"""The thread's own connection to the index: opened for the first question, and closed where there was none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.base.errors import IndexReplacedError
from reader.library.index.index import Index
from reader.library.library import Library
from reader.ui.parts.index.thread import IndexThread

if TYPE_CHECKING:
    from conftest import WriteStory


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Index]:
    """The connections that were opened beside the library's own."""
    opened: list[Index] = []
    another_index = Library.another_index

    def counting(library: Library) -> Index:
        opened.append(another_index(library))
        return opened[-1]

    monkeypatch.setattr(Library, "another_index", counting)
    return opened


@pytest.fixture
def library(tmp_path: Path, write_story: WriteStory) -> Library:
    """A library of one story."""
    write_story(tmp_path / "news", "a.md", title="Story")
    library = Library(tmp_path / "news", tmp_path / "cache", in_process=True)
    library.sync()
    return library


async def test_it_is_opened_once_and_for_the_first_question(library: Library, opened: list[Index]) -> None:
    thread = IndexThread(library)
    assert opened == []
    assert [await thread.ask(lambda index: index.counts().stories) for _ in range(2)] == [1, 1]
    assert len(opened) == 1
    thread.close()
    library.close()


async def test_a_thread_that_was_asked_nothing_ends_without_it(library: Library, opened: list[Index]) -> None:
    thread = IndexThread(library)
    thread.close(is_end=True)
    library.close()
    assert opened == []


async def test_a_thread_in_the_place_of_another_begins_with_it_and_says_where_it_cannot(
    library: Library, opened: list[Index]
) -> None:
    thread = IndexThread(library)
    thread.anew().close()
    assert len(opened) == 1
    library.index_path.unlink()
    with pytest.raises(IndexReplacedError):
        thread.anew()
    thread.close()
    library.close()


async def test_an_index_that_was_taken_away_meanwhile_is_told_of_by_the_first_question(library: Library) -> None:
    thread = IndexThread(library)
    library.index_path.unlink()
    with pytest.raises(IndexReplacedError):
        await thread.ask(lambda index: index.counts())
    thread.close()
    library.close()
