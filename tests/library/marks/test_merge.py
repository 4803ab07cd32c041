"""Marks handed from machine to machine: merging loses nothing, in whatever order; what strangers wrote is checked."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from library.marks_support import memory_disk
from reader.base.errors import MarksError
from reader.base.text import clean, clean_block
from reader.library.marks import exchange
from reader.library.marks.exchange import read_export
from reader.library.marks.marks import MarkKind, Marks
from reader.library.marks.model import LABELLED, TIMES

START = datetime(2024, 2, 20, tzinfo=UTC)
A, B = "https://a.example/1", "https://b.example/2"
Data = dict[str, Any]


def noon() -> datetime:
    return START


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    with Marks(tmp_path / "data" / "marks.sqlite3", noon) as marks:
        yield marks


def mark(**other: object) -> Data:
    usual = {"key": A, "kind": "read", "label": "", "value": True, "changed": 1_700_000_000_000, "machine": "m1"}
    return {**usual, **other}


def handed_out(*marks: Data) -> Data:
    return {"format": "story-reader marks", "version": 1, "marks": list(marks)}


@st.composite
def mark_of(draw: st.DrawFn) -> Data:
    """A row as any machine may have written it; few values, so that they meet."""
    kind = draw(st.sampled_from(list(MarkKind)))
    values: dict[MarkKind, st.SearchStrategy[object]] = {
        MarkKind.NOTE: st.sampled_from(["one", "two", "é\n\U0001f600"])
    }
    values |= dict.fromkeys(TIMES, st.integers(1, 3))
    return mark(
        key=draw(st.sampled_from([A, B])),
        kind=kind.value,
        label=draw(st.sampled_from(["x", "y"])) if kind in LABELLED else "",
        value=draw(st.none() | values.get(kind, st.just(True))),
        changed=draw(st.integers(1, 4)),
        machine=draw(st.sampled_from(["m1", "m2"])),
    )


DATA = st.lists(mark_of(), max_size=8).map(lambda rows: handed_out(*rows))


def merged(folder: Path, exports: Iterable[Data]) -> list[Data]:
    """The marks of a new file that has taken in some exports in this order."""
    with Marks(folder / f"{len(list(folder.iterdir()))}.sqlite3", noon) as marks:
        for data in exports:
            marks.import_(data)
        rows: list[Data] = marks.export()["marks"]
        return rows


@examples(20)
@given(DATA, DATA, DATA)
def test_merging_is_the_same_in_any_order_and_grouping(one: Data, two: Data, three: Data) -> None:
    with memory_disk() as folder:
        whole = merged(folder, [one, two, three])
        for order in permutations([one, two, three]):
            assert merged(folder, order) == whole
        assert merged(folder, [one, handed_out(*merged(folder, [two, three]))]) == whole
        assert merged(folder, [handed_out(*merged(folder, [one, two])), three]) == whole
        assert merged(folder, [one, two, three, one, two, two]) == whole


@examples(40)
@given(DATA, DATA)
def test_merging_keeps_the_latest_of_every_mark(one: Data, two: Data) -> None:
    with memory_disk() as folder:
        whole = merged(folder, [one, two])
    given_rows = one["marks"] + two["marks"]
    kept = {(row["key"], row["kind"], row["label"]): row for row in whole}
    assert all(row in given_rows for row in whole)
    assert kept.keys() == {(row["key"], row["kind"], row["label"]) for row in given_rows}
    for row in given_rows:
        stays = kept[row["key"], row["kind"], row["label"]]
        assert (stays["changed"], stays["machine"]) >= (row["changed"], row["machine"])


ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["read", "unread", "tag", "untag", "note", "undo", "late", "early", "swap"]),
        st.sampled_from([A, B]),
    ),
    max_size=20,
)


@examples(40)
@given(ACTS)
def test_machines_that_exchange_everything_agree(acts: list[tuple[int, str, str]]) -> None:
    clocks = [START, START - timedelta(days=40), START + timedelta(days=40)]
    with memory_disk() as folder, ExitStack() as stack:
        machines = [
            stack.enter_context(Marks(folder / f"{number}.sqlite3", lambda number=number: clocks[number]))  # type: ignore[misc]
            for number in range(3)
        ]
        for number, act, key in acts:
            machine = machines[number]
            match act:
                case "read" | "unread":
                    machine.set([key], MarkKind.READ, act == "read")
                    assert (key in machine.keys(MarkKind.READ)) == (act == "read")
                case "tag" | "untag":
                    machine.set([key], MarkKind.TAG, act == "tag", "x")
                case "note":
                    machine.set([key], MarkKind.NOTE, f"by {number}")
                case "undo":
                    machine.undo()
                case "late" | "early":
                    clocks[number] += timedelta(minutes=5 if act == "late" else -7)
                case "swap":
                    machine.import_(machines[(number + 1) % 3].export())
        for _ in range(2):
            for one, other in permutations(machines, 2):
                one.import_(other.export())
        told = [machine.export()["marks"] for machine in machines]
        assert told[0] == told[1] == told[2]
        assert all(machine.import_(machines[0].export()) == 0 for machine in machines)


@examples(60)
@given(st.text(max_size=40), st.text(max_size=30))
def test_any_note_and_tag_comes_through_an_export(note: str, tag: str) -> None:
    with memory_disk() as folder, Marks(folder / "1", noon) as marks, Marks(folder / "2", noon) as other:
        marks.set([A], MarkKind.NOTE, note)
        if clean(tag):
            marks.set([A], MarkKind.TAG, True, tag)
        told = json.loads(json.dumps(marks.export()))
        other.import_(told)
        assert other.of([A]) == marks.of([A])
        assert other.export()["marks"] == marks.export()["marks"] == told["marks"]


def test_the_form_is_as_documented(marks: Marks) -> None:
    marks.set([A], MarkKind.READ, True)
    marks.set([A], MarkKind.NOTE, "x")
    marks.set([A], MarkKind.NOTE, "")
    marks.set([A], MarkKind.SEEN, START)
    marks.set([A], MarkKind.TAG, True, "x")
    told = marks.export()
    milliseconds = int(START.timestamp() * 1000)
    machine = told["marks"][0]["machine"]
    assert told == handed_out(
        mark(kind="note", value=None, changed=milliseconds + 2, machine=machine),
        mark(kind="read", changed=milliseconds, machine=machine),
        mark(kind="seen", value=milliseconds, changed=milliseconds + 3, machine=machine),
        mark(kind="tag", label="x", changed=milliseconds + 4, machine=machine),
    )


def test_what_was_taken_in_is_counted_and_seen_at_once(marks: Marks) -> None:
    version = marks.version
    assert marks.import_(handed_out(mark(), mark(key=B), mark(kind="starred", value=None))) == 3
    assert marks.version > version
    assert marks.keys(MarkKind.READ) == {A, B}
    assert marks.keys(MarkKind.STARRED) == frozenset()
    assert marks.import_(handed_out(mark(), mark(key=B, changed=5, value=None))) == 0
    assert marks.undo() is None, "what others did is not taken back here"


@pytest.mark.parametrize(
    "data",
    [
        None, [], "marks", 7, {}, {"format": "other"}, {"format": "story-reader marks"},
        {**handed_out(), "version": 0}, {**handed_out(), "version": True}, {**handed_out(), "version": "1"},
        {**handed_out(), "version": 2}, {**handed_out(), "marks": {}}, {**handed_out(), "marks": None},
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused(marks: Marks, data: object) -> None:
    with pytest.raises(MarksError):
        marks.import_(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": None}, {"key": 1}, {"key": ""}, {"key": "a\x1b[31m"}, {"key": "a\ud800"}, {"key": "k" * 9_000},
        {"key": "https://a.example/\u202e"}, {"key": [A]},
        {"kind": "loved"}, {"kind": None}, {"kind": ["read"]}, {"kind": {}},
        {"label": "x"}, {"label": None}, {"label": 1}, {"kind": "tag"}, {"kind": "tag", "label": "\u200b"},
        {"kind": "tag", "label": "x" * 1_000},
        {"value": 1}, {"value": "1"}, {"value": False}, {"value": []}, {"value": 1.0},
        {"kind": "note"}, {"kind": "note", "value": "x" * 200_000}, {"kind": "note", "value": 5},
        {"kind": "seen"}, {"kind": "seen", "value": -1}, {"kind": "seen", "value": 10**5_000},
        {"kind": "seen", "value": 9 * 10**14}, {"kind": "seen", "value": "5"},
        {"changed": 0}, {"changed": -5}, {"changed": 1.5}, {"changed": True}, {"changed": None}, {"changed": "1"},
        {"changed": 2**63}, {"changed": 10**15},
        {"machine": ""}, {"machine": "a b"}, {"machine": "m" * 100}, {"machine": "\x1b"}, {"machine": None},
    ],
)  # fmt: skip
def test_one_wrong_mark_refuses_all(marks: Marks, wrong: Data) -> None:
    with pytest.raises(MarksError, match=r"^marks\[1\]: ") as told:
        marks.import_(handed_out(mark(), mark(**wrong)))
    assert clean(str(told.value)) == str(told.value)
    assert len(str(told.value)) < 300
    assert marks.export()["marks"] == []
    with pytest.raises(MarksError, match=r"^marks\[0\]: "):
        marks.import_({**handed_out(), "marks": [[A, "read"]]})


def test_texts_of_strangers_are_made_safe(marks: Marks) -> None:
    marks.import_(
        handed_out(
            mark(kind="tag", label=" a\x1b[31m\ntag\u202e"), mark(kind="note", value="n\x07\r\nm\ud800"),
        )
    )  # fmt: skip
    told = marks.of([A])[A]
    assert told.tags == ("a␛[31m tag",)
    assert told.note == clean_block("n\x07\r\nm\ud800")
    json.dumps(marks.export()).encode()


def test_a_date_far_ahead_is_refused_but_ones_own_is_not(tmp_path: Path) -> None:
    clock = [START]
    with Marks(tmp_path / "marks.sqlite3", lambda: clock[0]) as marks:
        ahead = int((START + timedelta(days=3_000)).timestamp() * 1000)
        with pytest.raises(MarksError, match="clock"):
            marks.import_(handed_out(mark(), mark(key=B, changed=ahead)))
        assert marks.of([A, B]) == {}
        marks.set([A], MarkKind.READ, True)
        told = marks.export()
        clock[0] -= timedelta(days=3_000)
        assert marks.import_(told) == 0
        marks.set([A], MarkKind.READ, False)
        assert marks.import_(told) == 0
        assert marks.of([A]) == {}


def test_too_many_marks_are_refused(marks: Marks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_MARKS", 2)
    with pytest.raises(MarksError, match="at most 2"):
        marks.import_(handed_out(mark(), mark(), mark()))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@examples(150)
@given(st.dictionaries(st.sampled_from(["key", "kind", "label", "value", "changed", "machine"]), JSON, max_size=3))
def test_whatever_a_mark_says_it_is_taken_or_refused(wrong: Data) -> None:
    with memory_disk() as folder, Marks(folder / "marks.sqlite3", noon) as marks:
        data = handed_out(mark(**wrong))
        before = copy.deepcopy(data)
        try:
            marks.import_(data)
        except MarksError:
            assert marks.export()["marks"] == []
        else:
            assert len(marks.export()["marks"]) == 1
            assert marks.import_(marks.export()) == 0
        assert repr(data) == repr(before)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": ' * 50_000, b"1" * 10_000, b"\x80abc"],
)
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(MarksError, match=r"a\.json"):
        read_export(tmp_path / "a.json")


def test_files_that_are_missing_or_too_large_are_refused(
    tmp_path: Path, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MarksError, match="cannot be read"):
        read_export(tmp_path / "a.json")
    marks.set([A], MarkKind.READ, True)
    (tmp_path / "a.json").write_text(json.dumps(marks.export()), encoding="utf-8")
    assert read_export(tmp_path / "a.json") == marks.export()
    monkeypatch.setattr(exchange, "MOST_BYTES", 50)
    with pytest.raises(MarksError, match="larger than 50"):
        read_export(tmp_path / "a.json")
