"""When a feed is asked again."""

from __future__ import annotations

import pytest

from reader.feeds.web.schedule import DAY, HOUR, after_answer, after_failure, after_refusal
from reader.feeds.web.web import Response
from reader.library.feeds.state import FeedFacts

NOW = 1_800_000_000


def answer(status: int = 200, **headers: str) -> Response:
    return Response(
        status, {name.replace("_", "-"): value for name, value in headers.items()}, b"", "https://a.test/", ""
    )


@pytest.mark.parametrize(
    ("said", "pause", "wait"),
    [
        ("", 0, HOUR),
        ("max-age=60", 0, HOUR),
        ("public, max-age=7200", 0, 2 * HOUR),
        ('private,Max-Age="7200"', 0, 2 * HOUR),
        ("s-maxage=7200", 0, HOUR),
        ("max-age=999999999", 0, DAY),
        ("max-age=no", 3 * HOUR, 3 * HOUR),
        ("", 10**9, DAY),
    ],
)
def test_after_a_good_answer(said: str, pause: int, wait: int) -> None:
    facts = after_answer(FeedFacts(failures=3, error="x", held=5, ended=5), answer(cache_control=said), NOW, pause)
    assert wait - 60 <= facts.due - NOW <= wait
    assert (facts.failures, facts.error, facts.held, facts.ended, facts.asked) == (0, "", 0, 0, NOW)


def test_what_is_sent_back_is_that_of_the_last_answer() -> None:
    facts = after_answer(FeedFacts(etag="old", modified="old"), answer(etag="new"), NOW)
    assert (facts.etag, facts.modified) == ("new", "")
    facts = after_answer(FeedFacts(etag="old", modified="old"), answer(304), NOW)
    assert (facts.etag, facts.modified) == ("old", "old")


def test_failures_put_off_twice_as_long_each_time_up_to_a_day() -> None:
    facts, waits = FeedFacts(etag="e"), []
    for _ in range(40):
        facts = after_failure(facts, "why", NOW)
        waits.append(round((facts.due - NOW) / HOUR))
    assert waits[:6] == [1, 2, 4, 8, 16, 24]
    assert max(waits) == 24
    assert (facts.etag, facts.error, facts.held) == ("e", "why", 0)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", 120),
        ("Fri, 15 Jan 2027 09:00:00 GMT", 3_600),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 900),
        ("", 900),
        ("soon", 900),
        ("-5", 900),
        ("99999999999999999999", 7 * DAY),
    ],
)
def test_who_is_busy_is_left_alone_for_as_long_as_it_says(said: str, wait: int) -> None:
    assert NOW == 1_800_000_000  # Fri, 15 Jan 2027 08:00:00 GMT
    for status in (429, 503):
        facts = after_refusal(FeedFacts(), answer(status, retry_after=said), NOW)
        assert facts.held - NOW == wait
        assert facts.error.startswith(f"the server says {status}")


def test_who_stays_busy_is_left_alone_for_longer() -> None:
    facts, waits = FeedFacts(), []
    for _ in range(30):
        facts = after_refusal(facts, answer(429), NOW)
        waits.append(facts.held - NOW)
    assert waits[:4] == [900, 1_800, 3_600, 7_200]
    assert max(waits) == DAY


def test_other_refusals_hold_nobody_off_and_gone_is_the_end() -> None:
    assert after_refusal(FeedFacts(), answer(404), NOW).error == "the server says 404 Not Found"
    assert after_refusal(FeedFacts(), answer(404), NOW).held == 0
    assert after_refusal(FeedFacts(), answer(599), NOW).error == "the server says 599"
    assert after_refusal(FeedFacts(), answer(410), NOW).ended == NOW
