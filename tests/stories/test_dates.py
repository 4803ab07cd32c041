from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.stories.dates import parse_date, sort_time

pytestmark = pytest.mark.versions

THE_TIME = datetime(2020, 2, 20, 16, 53, tzinfo=UTC)


def zone(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-20T16:53:00Z",
        "2020-02-20T16:53:00.000Z",
        "2020-02-20T16:53Z",
        "2020-02-20T17:53:00+01:00",
        "2020-02-20T22:23:00+0530",
        "2020-02-20T08:53:00-08",
        "2020-02-20 16:53:00 +0000",
        "2020-02-20 16:53",
        "2020-02-20T16:53:00",
        "20200220T165300Z",
        "2020-W08-4T16:53:00",
        " 2020-02-20T16:53:00Z\n",
        "Thu, 20 Feb 2020 16:53:00 GMT",
        "Thu, 20 Feb 2020 11:53:00 -0500",
        "Thu, 20 Feb 2020 11:53:00 EST",
        "20 Feb 2020 17:53 CET",
        "Feb 20, 2020 4:53 PM",
        "February 20, 2020 at 8:53 AM PST",
        "02/20/2020 4:53 pm",
        "Thu Feb 20 2020 17:53:00 GMT+0100 (CET)",
        "Thu Feb 20 2020 17:53:00 GMT+0100 (Central European Standard Time)",
        "2020-02-20 19:53 UTC+3",
        "2020-02-20 19:53 UTC+03:00",
        "2020-02-20 08:53 GMT-8",
        "2020-02-20T08:53:00-0800 (PST)",
        "2020-02-20 16:53 XYZ",
        "1582217580",
        "1582217580000",
    ],
)
def test_one_time_in_many_forms(text: str) -> None:
    when = parse_date(text)
    assert isinstance(when, datetime)
    assert when == THE_TIME


@pytest.mark.parametrize(
    ("text", "offset"),
    [("2020-02-20T17:53:00+01:00", 1), ("Thu, 20 Feb 2020 11:53:00 -0500", -5), ("2020-02-20T16:53:00", 0)],
)
def test_a_time_keeps_its_zone(text: str, offset: int) -> None:
    when = parse_date(text)
    assert isinstance(when, datetime)
    assert when.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    "text", ["2020-02-20", "2020-2-20", "20200220", "20 February 2020", "Feb 20, 2020", "2/20/2020"]
)
def test_a_date_alone_stays_a_date(text: str) -> None:
    when = parse_date(text)
    assert not isinstance(when, datetime)
    assert when == date(2020, 2, 20)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "soon", "n/a", "null", "2020", "2020-02", "Feb 2020", "February 20", "Thursday", "16:53", "4 pm", "-",
     ":", "2020-02-31", "2020-13-01", "2020-02-31T10:00:00Z", "2020-02-20T25:00:00Z", "0000-00-00", "32/32/2020",
     "10000-01-01", "1582217580.5", "12345678901", "1" * 30, "9" * 14, "x" * 97, "2020-02-20T16:53:00Z" + " x" * 40,
     "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2020-02-20T16:53:00+99:00"],
)  # fmt: skip
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("000000000", datetime(1970, 1, 1, tzinfo=UTC)),
        ("9999999999", datetime(2286, 11, 20, 17, 46, 39, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("2020-02-29T00:00:00Z", datetime(2020, 2, 29, tzinfo=UTC)),
        ("2020-02-20T16:53:00.123456789Z", datetime(2020, 2, 20, 16, 53, 0, 123456, UTC)),
    ],
)
def test_times_at_the_edges(text: str, when: datetime) -> None:
    assert parse_date(text) == when


def test_a_zone_name_means_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("Asia/Jerusalem", "Pacific/Auckland"):
        with monkeypatch.context() as patch:
            patch.setenv("TZ", place)
            time.tzset()
            indian, unknown = parse_date("20 Feb 2020 22:23 IST"), parse_date("20 Feb 2020 16:53 NZDT")
        time.tzset()
        assert (indian, unknown) == (THE_TIME, THE_TIME)


@given(st.text(max_size=100))
@example("2020-02-20T16:53:00+24:00")
@example("Sun 1 Jan 10000 10:00 EST")
@example("٢٠٢٠-٠٢-٢٠")
def test_no_text_makes_it_fail(text: str) -> None:
    when = parse_date(text)
    assert when is None or sort_time(when) is not None


@given(
    st.lists(
        st.sampled_from(
            ["2020", "-", ":", "T", "Z", "+", "02", "31", "9999", "0", " ", "Feb", "Thu", ",", "GMT", "EST", "am",
             "pm", "/", ".", "24", "(", ")", "W08", "1582217580", "1e5", "inf", "nan"]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_no_text_that_looks_like_a_date_makes_it_fail(text: str) -> None:
    when = parse_date(text)
    assert when is None or sort_time(when) is not None


@given(
    st.datetimes(
        datetime(2, 1, 3),
        datetime(9998, 12, 29),
        timezones=st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_a_time_written_as_iso_is_read_as_itself(when: datetime) -> None:
    read = parse_date(when.isoformat())
    assert isinstance(read, datetime)
    assert (read, read.utcoffset()) == (when, when.utcoffset())


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)))
def test_a_date_written_as_iso_is_read_as_itself(day: date) -> None:
    assert parse_date(day.isoformat()) == day


def test_times_are_put_in_order_by_seconds() -> None:
    assert sort_time(None) is None
    assert sort_time(date(1970, 1, 2)) == 86_400
    assert sort_time(datetime(1970, 1, 1, 1, tzinfo=zone(1))) == 0
    assert sort_time(datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)) == -1
    assert sort_time(datetime(1, 1, 1, tzinfo=UTC)) == -62_135_596_800
