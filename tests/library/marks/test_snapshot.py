"""The marks by the ids of stories: as they are, and as they were on stories whose ids are others now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.library import Library
from reader.library.marks import marks as marks_file
from reader.library.marks.marks import Flag, Flipped, MarkKind, Marks
from reader.library.marks.snapshot import NOTHING_MARKED, Snapshot, on_index, take

if TYPE_CHECKING:
    from conftest import WriteStory


def url(name: str) -> str:
    return f"https://a.example/{name}"


class Case:
    """A library of five stories, and a file of marks."""

    def __init__(self, folder: Path, write_story: WriteStory, marks: Marks) -> None:
        self.marks = marks
        self._folder, self._write = folder, write_story
        for name in "abcde":
            self.write(name)
        self.library = Library(folder, folder.parent / "cache", in_process=True)
        self.library.sync()

    def write(self, name: str, file: str = "") -> None:
        self._write(self._folder, f"{file or name}.md", title=f"Comet {name}", url=url(name))

    def move_all(self) -> None:
        """Give the stories other ids: each lies in another file."""
        before = set(self.library.index.ids())
        for name in "abcde":
            self.write(name, f"later-{name}")
        self.library.sync()
        for name in "abcde":
            (self._folder / f"{name}.md").unlink()
        self.library.sync()
        assert before.isdisjoint(self.library.index.ids())

    def names(self, stories: object) -> str:
        keys = self.library.index.keys(iter(stories))  # type: ignore[call-overload]
        return "".join(sorted(key[-1] for key in keys.values()))

    def told(self, snapshot: Snapshot) -> tuple[str, ...]:
        sets = (snapshot.read, snapshot.starred, snapshot.later, snapshot.noted, snapshot.watched)
        return (*map(self.names, sets), *(f"{tag} {self.names(some)}" for tag, some in sorted(snapshot.tagged.items())))


@pytest.fixture
def case(tmp_path: Path, write_story: WriteStory, marks: Marks) -> Iterator[Case]:
    made = Case(tmp_path / "news", write_story, marks)
    yield made
    made.library.close()


def mark(case: Case, kind: MarkKind, names: str, value: bool | str = True, label: str = "") -> None:
    case.marks.set(map(url, names), kind, value, label)


def test_what_was_marked_since_counts_as_before_where_ids_are_others(case: Case) -> None:
    mark(case, MarkKind.READ, "ab")
    mark(case, MarkKind.STARRED, "abc")
    mark(case, MarkKind.TAG, "a", label="zoo")
    mark(case, MarkKind.NOTE, "e", "Ask.")
    mark(case, MarkKind.WATCHED, "d", label=url("d"))
    before = take(case.marks, case.library.index)
    told = ("ab", "abc", "", "e", "d", "zoo a")
    assert case.told(before) == told
    mark(case, MarkKind.READ, "c")
    mark(case, MarkKind.READ, "a", False)
    mark(case, MarkKind.STARRED, "b", False)
    mark(case, MarkKind.LATER, "d")
    mark(case, MarkKind.TAG, "a", False, "zoo")
    mark(case, MarkKind.NOTE, "e", "")
    mark(case, MarkKind.WATCHED, "d", False, url("d"))
    assert on_index(before, case.marks, case.library.index) is before, "the ids are the same"
    case.move_all()
    assert case.told(on_index(before, case.marks, case.library.index)) == told
    assert case.told(take(case.marks, case.library.index, before)) == ("bc", "ac", "d", "", "")


def test_events_that_grew_are_the_same_where_ids_are_others(case: Case) -> None:
    before = take(case.marks, case.library.index)._replace(grown_keys=frozenset(map(url, "ad")))
    case.move_all()
    assert case.names(on_index(before, case.marks, case.library.index).grown) == "ad"


def test_what_was_never_looked_at_stays_so(case: Case) -> None:
    mark(case, MarkKind.READ, "ab")
    assert on_index(NOTHING_MARKED, case.marks, case.library.index) is NOTHING_MARKED


@pytest.mark.parametrize("portion", [1, 2, 3, 10])
def test_read_articles_come_in_portions(marks: Marks, portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks_file, "_PORTION", portion)
    assert [*marks.read_keys()] == []
    marks.set(map(url, "cab"), MarkKind.READ, True)
    marks.set([url("d")], MarkKind.STARRED, True)
    marks.set([url("b")], MarkKind.READ, False)
    assert [*marks.read_keys()] == [url("a"), url("c")]


def test_flags_that_changed_since_a_moment_are_told(marks: Marks) -> None:
    assert (marks.clock, marks.flags_since(0)) == (0, {})
    marks.set(map(url, "ab"), MarkKind.READ, True)
    clock = marks.clock
    assert marks.flags_since(clock) == {}
    marks.set(map(url, "ac"), MarkKind.TAG, True, "zoo")
    marks.set([url("a")], MarkKind.READ, False)
    assert marks.flags_since(clock) == {
        Flag(MarkKind.TAG, "zoo"): Flipped([url("a"), url("c")], []),
        Flag(MarkKind.READ, ""): Flipped([], [url("a")]),
    }
    marks.undo()
    assert [*marks.flags_since(clock)] == [Flag(MarkKind.TAG, "zoo")], "as if it had never been"


def test_marks_of_a_large_library_are_no_python_set(case: Case) -> None:
    mark(case, MarkKind.READ, "abcde")
    taken = take(case.marks, case.library.index)
    assert not any(isinstance(some, set | frozenset) and len(some) > 4 for some in taken)
