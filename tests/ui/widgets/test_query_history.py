"""Going back and forth through earlier queries."""

from __future__ import annotations

from reader.ui.widgets.query.query_history import QueryHistory


def test_back_and_forth_with_what_was_typed_at_the_end() -> None:
    searched = QueryHistory(("one", "two"))
    assert searched.earlier("draft") == "two"
    assert searched.earlier("two") == "one"
    assert searched.earlier("one") == "one"
    assert searched.later("one") == "two"
    assert searched.later("two") == "draft"
    assert searched.later("draft") is None
    assert searched.new == ()


def test_an_earlier_query_that_is_changed_begins_anew() -> None:
    searched = QueryHistory(("one", "two"))
    assert searched.earlier("") == "two"
    assert searched.later("two words") is None
    assert searched.earlier("two words") == "two"
    assert searched.later("two") == "two words"


def test_what_is_kept_comes_first_and_once() -> None:
    searched = QueryHistory(("one", "two"))
    searched.keep(" one ")
    searched.keep("   ")
    assert searched.new == ("one",)
    assert searched.earlier("") == "one"
    assert searched.earlier("one") == "two"


def test_without_any_the_text_stays() -> None:
    assert QueryHistory().earlier("draft") == "draft"
    assert QueryHistory(("draft",)).earlier("draft") == "draft"
    assert QueryHistory().later("draft") is None
