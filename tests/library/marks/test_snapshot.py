"""The marks by the ids of stories: as they are, and as they were on stories whose ids are others now."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index.storage.article_keys import number_of_key
from reader.library.library import Library
from reader.library.marks import articles
from reader.library.marks import marks as marks_file
from reader.library.marks.articles import Articles
from reader.library.marks.marks import MarkKind, Marks
from reader.library.marks.snapshot import NOTHING_MARKED, Snapshot, after, on_index, take, with_former

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
    assert on_index(before, case.library.index) is before, "the ids are the same"
    case.move_all()
    assert case.told(on_index(before, case.library.index)) == told
    assert case.told(take(case.marks, case.library.index, before)) == ("bc", "ac", "d", "", "")


def test_events_that_grew_are_the_same_where_ids_are_others(case: Case) -> None:
    before = take(case.marks, case.library.index)
    grew = Articles.of(map(number_of_key, map(url, "ad")))
    before = before._replace(articles=before.articles._replace(grown=grew))
    case.move_all()
    assert case.names(on_index(before, case.library.index).grown) == "ad"


def test_what_was_never_looked_at_stays_so(case: Case) -> None:
    mark(case, MarkKind.READ, "ab")
    assert on_index(NOTHING_MARKED, case.library.index) is NOTHING_MARKED


@pytest.mark.parametrize("portion", [1, 2, 3, 10])
def test_read_articles_come_in_portions(marks: Marks, portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks_file, "_PORTION", portion)
    assert [*marks.read_keys()] == []
    marks.set(map(url, "cab"), MarkKind.READ, True)
    marks.set([url("d")], MarkKind.STARRED, True)
    marks.set([url("b")], MarkKind.READ, False)
    assert [*marks.read_keys()] == [url("a"), url("c")]


@pytest.mark.parametrize("apart", [0, 3, 100])
def test_articles_are_a_set_however_they_are_kept(apart: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "_MOST_APART", apart)
    monkeypatch.setattr(articles, "_PORTION", 2)
    chance = random.Random(apart)
    kept, plain = Articles.of(range(-3, 9)), set(range(-3, 9))
    for _ in range(60):
        some = frozenset(chance.sample(range(-5, 15), k=chance.randrange(4)))
        is_in = chance.random() < 0.5
        kept = (kept.changed_by_many if chance.random() < 0.5 else kept.changed)(some, is_in=is_in)
        plain = plain | some if is_in else plain - some
        assert set(kept) == plain


def test_what_one_marks_and_unmarks_while_it_is_listed_stays_as_it_was(case: Case) -> None:
    mark(case, MarkKind.STARRED, "e")
    before = take(case.marks, case.library.index)
    mark(case, MarkKind.READ, "a")
    mark(case, MarkKind.READ, "a", False)
    case.marks.undo()
    case.marks.undo()
    case.marks.undo()
    case.move_all()
    assert case.told(on_index(before, case.library.index)) == ("", "e", "", "", "")


def test_a_mark_of_one_story_costs_those_of_the_others_nothing(case: Case) -> None:
    index = case.library.index
    mark(case, MarkKind.READ, "abcd")
    before = take(case.marks, index)
    now = after(case.marks.set([url("e")], MarkKind.READ, True), case.marks, index, before)
    assert now.articles.read.numbers is before.articles.read.numbers
    undone = case.marks.undo()
    assert undone is not None
    then = after(undone, case.marks, index, now, undone=True)
    gone = after(case.marks.set([url("b")], MarkKind.READ, False), case.marks, index, then)
    case.move_all()
    shown = [case.told(on_index(snapshot, index))[0] for snapshot in (before, now, then, gone)]
    assert shown == ["abcd", "abcde", "abcd", "acd"]


def test_marks_of_a_large_library_are_no_python_set(case: Case) -> None:
    mark(case, MarkKind.READ, "abcde")
    taken = take(case.marks, case.library.index)
    kept = (*taken, *taken.articles, taken.articles.read.more)
    assert not any(isinstance(some, set | frozenset) and len(some) > 4 for some in kept)


def test_a_change_is_known_without_asking_again_for_all_that_was_read(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = case.library.index
    mark(case, MarkKind.READ, "abcd")
    before = take(case.marks, index)
    with monkeypatch.context() as forbidden:
        forbidden.setattr(Marks, "read_keys", None)
        tagged = after(case.marks.set([url("b")], MarkKind.TAG, True, "owl"), case.marks, index, before)
        starred = after(case.marks.set([url("c")], MarkKind.STARRED, True), case.marks, index, tagged)
    assert case.told(starred) == ("abcd", "c", "", "", "", "owl b")
    assert take(case.marks, index, starred) is starred


@pytest.mark.parametrize("kind", [MarkKind.STARRED, MarkKind.NOTE])
def test_where_the_library_changed_as_well_the_next_look_tells_of_it(case: Case, kind: MarkKind) -> None:
    index = case.library.index
    mark(case, MarkKind.READ, "ab")
    before = take(case.marks, index)
    case.move_all()
    then = after(
        case.marks.set([url("c")], kind, True if kind is MarkKind.STARRED else "why"), case.marks, index, before
    )
    now = take(case.marks, index, then)
    assert now is not then
    starred, noted = ("c", "") if kind is MarkKind.STARRED else ("", "c")
    assert case.told(now) == ("ab", starred, "", noted, "")


def test_stories_keep_their_former_marks_in_portions_and_without_their_keys(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    changed = Articles.changed

    def counted(kept: Articles, numbers: frozenset[int], *, is_in: bool) -> Articles:
        sizes.append(len(numbers))
        return changed(kept, numbers, is_in=is_in)

    mark(case, MarkKind.READ, "abcde")
    index = case.library.index
    former = take(case.marks, index)
    mark(case, MarkKind.READ, "abcde", value=False)
    now = take(case.marks, index)
    with monkeypatch.context() as watched:
        watched.setattr(articles, "_PORTION", 2)
        watched.setattr(Articles, "changed", counted)
        watched.setattr(type(index), "keys", None)
        mixed = with_former(now, former, index.ids(), index)
    assert sizes == [2, 2, 1]
    case.move_all()
    assert case.told(on_index(mixed, case.library.index))[0] == "abcde"


def test_some_stories_keep_their_former_marks_also_under_other_ids(case: Case) -> None:
    mark(case, MarkKind.READ, "ab")
    mark(case, MarkKind.TAG, "ab", label="old")
    index = case.library.index
    former = take(case.marks, index)
    for kind, label in ((MarkKind.READ, ""), (MarkKind.STARRED, ""), (MarkKind.TAG, "new")):
        mark(case, kind, "cd", label=label)
    mark(case, MarkKind.READ, "ab", value=False)
    mark(case, MarkKind.TAG, "ab", value=False, label="old")
    staying = [story for story, key in index.keys(index.ids()).items() if key[-1] in "ace"]
    mixed = with_former(take(case.marks, index), former, staying, index)
    told = ("ad", "d", "", "", "", "new d", "old a")
    assert case.told(mixed) == told
    case.move_all()
    assert case.told(on_index(mixed, case.library.index)) == told
