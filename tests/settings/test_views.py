"""Views: the built-in ones, those of the configuration, and those that are saved."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader.base.locks import locked
from reader.library.query.query import Sort, parse
from reader.settings.config import BUILT_IN_VIEWS, View
from reader.settings.views import LONGEST_NAME, NameTakenError, Origin, Views, ViewsError

SEA = View("Sea", "topic:sea -is:read", "covered", by_event=True)


def names(views: Views) -> list[str]:
    return [view.name for view in views.all]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "views.json"


def test_the_built_in_views_are_queries_that_can_be_asked() -> None:
    assert Views().all == BUILT_IN_VIEWS
    for view in BUILT_IN_VIEWS:
        assert parse(view.query)
        assert view.sort in ("", *(sort.short for sort in Sort))
        assert Views().origin(view) is Origin.BUILT_IN


def test_the_configuration_adds_views_and_replaces_built_in_ones(file: Path) -> None:
    today = View("TODAY", "age:<12h")
    views = Views([SEA, today, View("séa", "x"), View(" \u202e\n", "x")], file)
    assert names(views) == ["Unread", "Starred", "Later", "TODAY", "Most covered", "Watched", "Sea"]
    assert views.named("today") == today
    assert [views.origin(view) for view in views.all].count(Origin.CONFIGURED) == 2
    for taken in ("SEA", "today", "unread"):
        with pytest.raises(NameTakenError, match="“"):
            views.save(View(taken, "y"), replace=True)
    assert not file.exists()


def test_two_copies_that_save_at_once_lose_nothing(file: Path) -> None:
    copies = [Views((), file) for _ in range(4)]
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda number: copies[number % 4].save(View(f"View {number}")), range(24)))
    copies[0].read()
    assert {*names(copies[0])} == {view.name for view in BUILT_IN_VIEWS} | {f"View {number}" for number in range(24)}


def test_a_copy_that_does_not_come_to_an_end_is_not_waited_for_for_ever(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.settings.views.PATIENCE", 0.05)
    with locked(file.with_suffix(".lock")), pytest.raises(ViewsError, match="another copy of the program"):
        Views((), file).save(SEA)


def test_what_is_saved_is_there_for_the_next_start(file: Path) -> None:
    views = Views((), file)
    assert views.save(SEA) == SEA
    views.save(View("Sky", "topic:sky"))
    for other in (views, Views((), file)):
        other.read()
        assert names(other)[len(BUILT_IN_VIEWS) :] == ["Sea", "Sky"]
        assert other.named("sea") == SEA
        assert other.origin(SEA) is Origin.SAVED


def test_a_saved_view_is_replaced_only_where_that_is_wanted(file: Path) -> None:
    views = Views((), file)
    views.save(SEA)
    views.save(View("Sky"))
    with pytest.raises(NameTakenError, match="there already") as caught:
        views.save(View("sea", "other"))
    assert caught.value.origin is Origin.SAVED
    assert views.named("sea") == SEA
    views.save(View("sea", "other"), replace=True)
    assert names(views)[len(BUILT_IN_VIEWS) :] == ["sea", "Sky"]
    assert views.named("Sea") == View("sea", "other")


def test_a_saved_view_is_removed_and_others_are_not(file: Path) -> None:
    views = Views([View("Mine")], file)
    views.save(SEA)
    views.save(View("Sky"))
    for name in ("SEA", "Mine", "Unread", "gone"):
        views.remove(name)
    assert names(views) == [*(view.name for view in BUILT_IN_VIEWS), "Mine", "Sky"]


def test_two_copies_of_the_program_lose_nothing_of_each_other(file: Path) -> None:
    one, other = Views((), file), Views((), file)
    one.save(View("One"))
    other.save(View("Other"))
    one.save(View("Third"))
    assert names(one)[len(BUILT_IN_VIEWS) :] == ["One", "Other", "Third"]
    with pytest.raises(NameTakenError):
        other.save(View("third"))


def test_what_this_version_does_not_know_is_kept(file: Path) -> None:
    file.parent.mkdir()
    odd = [{"name": "From later", "query": "a", "colour": "red"}, 5, {"name": 5}, None, {"query": "x"}]
    file.write_text(json.dumps({"views": odd}))
    views = Views((), file)
    views.read()
    assert names(views)[len(BUILT_IN_VIEWS) :] == ["From later"]
    views.save(SEA)
    views.remove("Sea")
    assert json.loads(file.read_text()) == {"views": odd}


def test_a_name_that_the_configuration_takes_later_is_kept(file: Path) -> None:
    Views((), file).save(SEA)
    views = Views([View("SEA", "other")], file)
    views.read()
    assert views.named("sea") == View("SEA", "other")
    assert names(views).count("Sea") == 0
    assert "topic:sea" in file.read_text()


def test_names_are_made_safe_to_show(file: Path) -> None:
    views = Views((), file)
    saved = views.save(View("  a\x1b[31m\n\u202e b  " + "x" * 200, "sea\n\x07storm"))
    assert len(saved.name) == LONGEST_NAME
    assert not any(sign in saved.name + saved.query for sign in "\x1b\n\u202e\x07")
    for name in ("", "  ", "\u202e\t"):
        with pytest.raises(ViewsError, match="needs a name"):
            views.save(View(name))


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"views": 5}', b"\xff\xfe", b"[" * 100_000, b" " * 1_100_000])
def test_a_damaged_file_is_told_and_not_written_over(file: Path, data: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    views = Views([SEA], file)
    for act in (views.read, lambda: views.save(View("x")), lambda: views.remove("x")):
        with pytest.raises(ViewsError, match=r"views\.json"):
            act()
    assert file.read_bytes() == data
    assert len(views.all) == len(BUILT_IN_VIEWS) + 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(ViewsError):
        Views((), tmp_path / "data" / "views.json").save(SEA)
    (tmp_path / "views.json").mkdir()
    with pytest.raises(ViewsError):
        Views((), tmp_path / "views.json").save(SEA)
    with pytest.raises(ViewsError, match="no place"):
        Views().save(SEA)
