"""Tags and notes without an app."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.library.marks.marks import Change, MarkKind, Marks
from reader.ui.dialogs.story.tags import TagsDialog
from reader.ui.parts.host import AtHand
from reader.ui.parts.marks.notes import changed_of, without_head
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that writes what stands in a file."""
    words, program = tmp_path / "words", tmp_path / "editor"
    program.write_text(f'#!/bin/sh\ncat "{words}" > "$1"\n')
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))
    return words


async def test_a_note_is_kept_shown_and_taken_away(bench: Bench, editor: Path) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    for words, toast in (
        ("To be read again.\n", "note kept: Other"),
        ("To be read again.\n", ""),
        ("\n", "note taken away: Other"),
    ):
        editor.write_text(words)
        host.toasts.clear()
        parts.notes.write_note(parts.current.at_hand)
        await host.settle()
        assert host.toasts == ([toast] if toast else [])
        assert bool(parts.shown_marks.known.noted) == bool(words.strip())
        assert bool(parts.widgets.story_pane._content.note) == bool(words.strip())


async def test_what_was_written_is_not_lost_where_it_cannot_be_kept(bench: Bench, editor: Path) -> None:
    await bench.list_stories()
    editor.write_text("Long thoughts.\n")
    bench.marks.parent.write_text("in the way")
    bench.parts.notes.write_note(bench.parts.current.at_hand)
    await bench.host.settle()
    told = bench.host.toasts[-1]
    assert told.startswith("What you wrote is still here: ")
    file = Path(told.partition(": ")[2])
    assert file.read_text() == "Long thoughts.\n"
    file.unlink()


async def test_an_editor_that_is_not_there_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    await bench.list_stories()
    bench.parts.notes.write_note(bench.parts.current.at_hand)
    await bench.host.settle()
    assert bench.host.toasts[-1].startswith("No note: ")
    assert not bench.marks.exists()


async def test_what_was_written_is_not_lost_where_the_editor_ends_with_an_error(bench: Bench, editor: Path) -> None:
    await bench.list_stories()
    (editor.parent / "editor").write_text(f'#!/bin/sh\ncat "{editor}" >> "$1"; exit 3\n')
    for words, is_kept in (("", False), ("Long thoughts.\n", True)):
        editor.write_text(words)
        bench.parts.notes.write_note(bench.parts.current.at_hand)
        await bench.host.settle()
        told, _, place = bench.host.toasts[-1].partition(". What you wrote is still here: ")
        assert told == "No note: editor ended with code 3"
        assert bool(place) == is_kept
    assert Path(place).read_text().endswith("\nLong thoughts.\n")
    Path(place).unlink()
    assert not bench.marks.exists()


@pytest.mark.parametrize("code", [0, 1])
async def test_an_editor_that_takes_its_file_away_is_told(bench: Bench, editor: Path, code: int) -> None:
    await bench.list_stories()
    (editor.parent / "editor").write_text(f'#!/bin/sh\nrm "$1"; exit {code}\n')
    bench.parts.notes.write_note(bench.parts.current.at_hand)
    await bench.host.settle()
    why = "editor ended with code 1" if code else "its file cannot be used: No such file or directory"
    assert bench.host.toasts[-1] == f"No note: {why}"


async def test_without_room_for_a_note_that_is_told(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    bench.parts.notes.write_note(bench.parts.current.at_hand)
    await bench.host.settle()
    assert bench.host.toasts[-1] == "No note: its file cannot be used: No such file or directory"


async def test_tags_are_set_as_they_were_written(bench: Bench) -> None:
    await bench.list_stories()
    for tags, toast in (
        (("sea", "sky"), "tagged sea, sky: Other"),
        (("sky",), "tagged sky: Other"),
        ((), "no tags any more: Other"),
    ):
        bench.host.answers[TagsDialog] = tags
        bench.parts.notes.write_tags(bench.parts.current.at_hand)
        await bench.host.settle()
        assert bench.host.toasts[-1] == toast
        with Marks(bench.marks, lambda: CLOCK) as marks:
            assert tuple(sorted(marks.tags())) == tags
            assert not tags or marks.of([OTHER])[OTHER].tags == tags
    bench.host.answers[TagsDialog] = None
    bench.host.toasts.clear()
    bench.parts.notes.write_tags(bench.parts.current.at_hand)
    await bench.host.settle()
    assert bench.host.toasts == []


async def test_what_is_written_while_the_file_goes_away_is_kept_of_its_article(
    bench: Bench, editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    file = bench.library.root / "other.md"

    async def write(_: object) -> tuple[str, ...]:
        file.rename(bench.library.root.parent / "away")
        bench.library.sync()
        return ("sea",)

    at_hand = parts.current.at_hand
    with monkeypatch.context() as patch:
        patch.setattr(host, "show", write)
        parts.notes.write_tags(at_hand)
        await host.settle()
    assert host.toasts[-1] == "tagged sea: Other"
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert marks.keys(MarkKind.TAG, "sea") == {OTHER}
    editor.write_text("Words.\n")
    for mark in (parts.notes.write_tags, parts.notes.write_note, parts.marks.watch_event, parts.marks.star):
        host.toasts.clear()
        mark(at_hand)
        await host.settle()
        assert host.toasts == ["Not marked: the file of this story is gone."]


async def test_tags_say_how_many_stories_have_others_than_before(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    comets = [bench.id_of(key) for key in COMET]
    for stories, tags in ((comets[:1], ("sea",)), (comets, ("sea",))):
        host.answers[TagsDialog] = tags
        parts.notes.write_tags(AtHand(stories[0], None, stories, stories))
        await host.settle()
    assert host.toasts[-1] == "tagged sea: Comet Atlas strikes harbour again again"


async def test_a_note_begins_with_its_story_in_lines_that_are_taken_off_again(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, program = tmp_path / "seen", tmp_path / "editor"
    program.write_text(f'#!/bin/sh\ncat "$1" > "{seen}"\nprintf "Own words.\\n" >> "$1"\n')
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))
    await bench.list_stories()
    parts = bench.parts
    parts.notes.write_note(parts.current.at_hand)
    await bench.host.settle()
    assert seen.read_text().splitlines()[:2] == ["<!-- Other -->", f"<!-- {OTHER} -->"]
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert marks.of([OTHER])[OTHER].note == "Own words."
    parts.notes.write_note(parts.current.at_hand)
    await bench.host.settle()
    assert seen.read_text().splitlines()[-1] == "Own words."


def test_comment_lines_of_ones_own_stay() -> None:
    head = "<!-- Harbour -->\n<!-- https://x.example/1 -->\n\n"
    assert without_head(f"{head}<!-- mine -->\nWords.\n", head) == "<!-- mine -->\nWords."
    assert without_head("Words.", "") == "Words."


def test_keys_are_not_looked_for_one_by_one_where_many_stories_were_changed() -> None:
    class Keys(tuple[str, ...]):
        """Keys that are not to be searched."""

        __slots__ = ()

        def __contains__(self, key: object) -> bool:
            raise AssertionError

    change = Change(MarkKind.TAG, Keys(("a", "c")), ("owl",), True)
    assert changed_of({1: "a", 2: "b", 3: "c", 4: "a"}, change) == [1, 3, 4]
