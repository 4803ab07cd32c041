"""What is wrong with a query, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.base.errors import QueryError, ReaderError
from reader.library.query.query import parse
from reader.stories.limits import PATTERN_CHARACTERS, QUERY_NESTED


def error_of(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("age:6h", "6h", "age needs a number and a unit, such as age:<6h"),
        ("age:<6", "<6", "age needs a number and a unit"),
        ("age:<h", "<h", "age needs"),
        ("age:<6x", "<6x", "the units are m (minutes), h, d, w, mo (months) and y"),
        ("age:<-6h", "<-6h", "age needs"),
        ("age:<1234567h", "<1234567h", "age needs"),
        ("storm age:old now", "old", "age needs"),
        ("quality:high", "high", "quality needs a whole number, such as quality:>=5"),
        ("quality:5.5", "5.5", "quality needs"),
        ("quality:>", ">", "quality needs"),
        ("quality:..", "..", "quality needs"),
        ("quality:5..1", "5..1", "this range ends before it begins: quality:1..5?"),
        ("quality:1,x,3", "x", "quality needs"),
        ("quality:99999999999999999999", "99999999999999999999", "quality needs"),
        ("quality:>1000000000000000", ">1000000000000000", "quality needs"),
        ('heat:"a b"', '"a b"', "heat needs"),
        ("outlets:=>3", "=>3", "outlets needs"),
        ("date:yesterday", "yesterday", "date needs a day, a month or a year, such as date:2020-02-18"),
        ("date:2020-13", "2020-13", "date needs"),
        ("date:2020-00", "2020-00", "date needs"),
        ("date:2020-02-30", "2020-02-30", "date needs"),
        ("date:2020-02-18T25:00", "2020-02-18T25:00", "date needs"),
        ("date:20", "20", "date needs"),
        ("date:0000", "0000", "date needs"),
        ("date:9999", "9999", "date needs"),
        ("date:..", "..", "date needs"),
        ("date:2021..2020-05", "2021..2020-05", "this range ends before it begins: date:2020-05..2021?"),
        ("date:2020..x", "2020..x", "date needs"),
        ("date:2020..2021..2022", "2020..2021..2022", "date needs"),
        ("after:2020..2021", "2020..2021", "after needs a day"),
        ("before:then", "then", "before needs a day"),
        ("is:gone", "gone", "is needs one of unread, read, starred"),
        ("is:read,gone", "gone", "is needs"),
        ("-(a OR is:gone)", "gone", "is needs"),
        ("has:legs", "legs", "has needs one of image, related"),
        ("event:flood", "flood", "event needs the link of an article on it, such as event:https://"),
        ("event:https://", "https://", "event needs"),
        ("event:ftp://x.example/1", "ftp://x.example/1", "event needs"),
        ("event:./../a", "./../a", "event needs"),
        ("event:x.example/1,there", "there", "event needs"),
        ('event:"x.example a"', '"x.example a"', "event needs"),
        ("sort:beauty", "beauty", "sort needs one of date, quality"),
        ("sort:--date", "--date", "sort needs"),
        ("-sort:date", "sort:date", "an order cannot be excluded"),
        ("NOT sort:date", "sort:date", "an order cannot be excluded"),
        ("/(/", "(", "not a regular expression"),
        ("a /[z-a]/", "[z-a]", "not a regular expression: invalid character class range"),
        ("/(?=a)/", "(?=a)", "looks ahead"),
        (f"/{'x' * (PATTERN_CHARACTERS + 1)}/", f"/{'x' * (PATTERN_CHARACTERS + 1)}/", "200 characters at most"),
        ("a" + " (" * QUERY_NESTED + " (b", "(", f"{QUERY_NESTED} deep at most"),
        ("(" * 100_000, "(", f"{QUERY_NESTED} deep at most"),
        ("-(" * 100_000, "(", f"{QUERY_NESTED} deep at most"),
    ],
    ids=lambda text: text[:40],
)
def test_an_error_points_at_its_place_and_says_what_was_expected(text: str, place: str, expected: str) -> None:
    error = error_of(text)
    assert text[error.start : error.end] == place
    assert expected in error.reason
    assert str(error) == f"query, character {error.start + 1}: {error.reason}"
    assert isinstance(error, ReaderError)


def test_the_place_is_counted_in_the_text_as_it_was_given() -> None:
    error = error_of("e\u0301t\u200be\u0301 \0  is:x y")
    assert (error.start, error.end) == (13, 14)


def test_groups_may_be_nested_deep() -> None:
    text = "(a OR b " * QUERY_NESTED + ")" * QUERY_NESTED
    assert parse(str(parse(text))) == parse(text)


@given(st.text())
def test_only_a_field_that_is_known_can_be_wrong(text: str) -> None:
    if ":" not in text and "/" not in text:
        parse(text)


@given(st.sampled_from(["age:", "quality:", "date:", "is:", "sort:", "after:", "has:", "event:", "/"]), st.text())
def test_a_place_lies_in_the_text(field: str, text: str) -> None:
    whole = f"{field}{text}/"
    error = None
    try:
        parse(whole)
    except QueryError as caught:
        error = caught
    if error is not None:
        assert 0 <= error.start < error.end <= len(whole)
        assert error.reason
