"""What the next start takes up again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from examples import examples
from reader.base.errors import StateError
from reader.base.text import clean_typed
from reader.cli.screen import keep_place, kept_state
from reader.settings.place import LONGEST_QUERY, MOST_LIBRARIES, MOST_QUERIES, Place, State, load_state, save_state

WORDS = st.text().map(clean_typed)
PLACES = st.builds(
    Place,
    query=WORDS,
    topics=st.lists(WORDS).map(tuple),
    sort=WORDS,
    by_event=st.booleans(),
    story=WORDS,
    split=st.integers(-5, 200),
    grouping=WORDS,
    density=WORDS,
    opened=st.lists(WORDS).map(tuple),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(clean_typed)
STATES = st.builds(
    State,
    theme=TEXTS,
    instead_of=TEXTS,
    places=st.dictionaries(TEXTS, PLACES, max_size=5).map(lambda places: tuple(places.items())),
    queries=st.lists(TEXTS).map(tuple),
)


@examples(100, HealthCheck.function_scoped_fixture)
@given(state=STATES)
def test_what_is_saved_is_loaded(tmp_path: Path, state: State) -> None:
    save_state(tmp_path / "deep" / "state.json", state)
    assert load_state(tmp_path / "deep" / "state.json") == state


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"no json",
        b"[]",
        b"[" * 100_000,
        b'"text"',
        b"\xff\xfe",
        b'{"places": [], "theme": 5, "queries": {"a": 1}}',
        b'{"places": {"/news": 5, "/other": []}}',
    ],
)
def test_an_odd_file_is_as_none(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "state.json").write_bytes(written)
    state = load_state(tmp_path / "state.json")
    assert (state.theme, state.queries) == ("", ())
    assert all(place == Place() for _, place in state.places)


def test_odd_values_are_left_out_and_the_others_taken(tmp_path: Path) -> None:
    told = {"query": 5, "topics": ["AI", 7], "by_event": 1, "sort": "newest", "split": True, "story": None, "more": 1}
    (tmp_path / "state.json").write_text(json.dumps({"places": {"/news": told}}), encoding="utf-8")
    place = load_state(tmp_path / "state.json").place("/news")
    assert place == Place(topics=("AI",), sort="newest")


def test_a_missing_or_huge_file_is_as_none(tmp_path: Path) -> None:
    assert load_state(tmp_path / "state.json") == State()
    (tmp_path / "state.json").write_text(json.dumps({"theme": "x" * 2_000_000}), encoding="utf-8")
    assert load_state(tmp_path / "state.json") == State()


def test_the_library_not_opened_for_the_longest_time_is_forgotten() -> None:
    state = State()
    for number in range(MOST_LIBRARIES + 5):
        state = state.with_place(f"/{number}", Place(query=str(number)))
    state = state.with_place("/7", Place(query="again"))
    assert len(state.places) == MOST_LIBRARIES
    assert state.place("/3") == Place()
    assert state.place("/7").query == "again"
    assert state.places[-1][0] == "/7"


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    save_state(tmp_path / "data" / "state.json", State(theme="reader-light"))
    assert (tmp_path / "data" / "state.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["state.json"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StateError):
        save_state(tmp_path / "file" / "state.json", State())


def test_queries_are_kept_once_where_they_were_used_last() -> None:
    state = State(queries=("a", "b", "c")).with_queries(("b", "d"))
    assert state.queries == ("a", "c", "b", "d")
    assert state.with_queries(("", "x" * (LONGEST_QUERY + 1))).queries == state.queries
    many = State().with_queries(map(str, range(MOST_QUERIES + 3)))
    assert (many.queries[0], many.queries[-1], len(many.queries)) == ("3", str(MOST_QUERIES + 2), MOST_QUERIES)


def test_two_running_copies_keep_the_queries_of_both() -> None:
    keep_place("/news", Place(), "", queries=("first",))
    keep_place("/news", Place(), "", queries=("second", "third"))
    keep_place("/other", None, "", queries=("first",))
    state = kept_state()
    assert state is not None
    assert state.queries == ("second", "third", "first")
