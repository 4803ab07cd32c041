"""Headlines that workers read ahead are found by the same as those that are read when they are needed."""

from __future__ import annotations

import multiprocessing
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.library import Library
from reader.library.sync.bonds import ahead
from reader.library.sync.bonds.ahead import HeadlinesAhead
from reader.library.sync.bonds.clues import FoundBy, found_by

if TYPE_CHECKING:
    from conftest import WriteStory

TITLES = ["Ferry strikes bridge", "Harbour bridge closed after ferry strike", "Opera sells its curtain", "Budget", ""]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few headlines are many."""
    monkeypatch.setattr(ahead, "MANY", 2)
    monkeypatch.setattr(ahead, "_AT_ONCE", 2)


@pytest.mark.usefixtures("many")
def test_they_are_found_by_the_same_and_their_workers_leave_nothing() -> None:
    with closing(HeadlinesAhead(1)) as headlines:
        headlines.begin(TITLES)
        assert headlines.read() == {title: found_by(title) for title in TITLES}
        assert headlines.read() == {}
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()
    assert threading.active_count() == 1, "so workers that compare may be copies of this process"


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("workers", "titles"), [(0, TITLES), (1, TITLES[:1])])
def test_where_it_does_not_pay_none_is_read(workers: int, titles: list[str]) -> None:
    with closing(HeadlinesAhead(workers)) as headlines:
        headlines.begin(titles)
        assert headlines.read() == {}
        assert not multiprocessing.active_children()


@pytest.mark.usefixtures("many")
def test_the_index_is_the_same(tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, title in enumerate(TITLES):
        write_story(tmp_path / "news", f"{number}.md", title=title)
    wanted, read = HeadlinesAhead.read, dict[str, FoundBy]()

    def watched(headlines: HeadlinesAhead) -> dict[str, FoundBy]:
        found = dict(wanted(headlines))
        read.update(found)
        return found

    monkeypatch.setattr(HeadlinesAhead, "read", watched)
    tables = []
    for workers in (0, 1):
        with closing(Library(tmp_path / "news", tmp_path / f"cache{workers}", in_process=True)) as library:
            library.sync(workers=workers)
            rows = library.index.connection.execute("SELECT published, headline, words FROM compared ORDER BY words")
            tables.append(rows.fetchall())
    assert tables[0] == tables[1]
    assert read.keys() >= set(TITLES[:4])
