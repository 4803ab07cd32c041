"""When a feed may be asked again. Times are in seconds since 1970, lengths of time in seconds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from reader.feeds.web.web import Response
from reader.library.feeds.state import FeedFacts

HOUR, DAY = 3_600, 86_400

USUAL = HOUR
"""Between two times that a feed is asked, unless a person does or the feed wants more."""

LONGEST = DAY
"""The longest that a feed's own wish or a failure puts it off, unless the server says expressly that it is busy."""

_LONGEST_HOLD = 7 * DAY
_FIRST_HOLD = 900
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_MAX_AGE = re.compile(r"(?:\A|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_EARLY = 60
"""A timer that runs each hour comes a little early at times."""


def holds(facts: FeedFacts, now: float) -> bool:
    """Whether what is known of when to ask holds: not where the clock was put back since, by who knows how much."""
    return facts.asked <= now + HOUR


def after_answer(facts: FeedFacts, answer: Response, now: int, pause: int = 0) -> FeedFacts:
    """What is known after a good answer: one with a feed, or that nothing has changed.

    Args:
        facts: what was known.
        answer: what the server sent.
        now: the time.
        pause: for how long the feed itself asks to be left alone.
    """
    wait = min(max(USUAL, _max_age(answer), pause), LONGEST) - _EARLY
    facts = replace(facts, asked=now, due=now + wait, held=0, failures=0, error="", ended=0)
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return replace(facts, etag=answer.header("etag") or facts.etag)
    return replace(facts, etag=answer.header("etag"), modified=answer.header("last-modified"))


def after_refusal(facts: FeedFacts, answer: Response, now: int) -> FeedFacts:
    """What is known after an answer that is neither."""
    if answer.status == HTTPStatus.GONE:
        return replace(facts, asked=now, ended=now, failures=facts.failures + 1, error=refusal(answer))
    facts = after_failure(facts, refusal(answer), now)
    wait = _retry_after(answer, now)
    if answer.status in _BUSY:
        wait = wait or min(_FIRST_HOLD * 2 ** min(facts.failures - 1, 10), LONGEST)
    return replace(facts, held=now + min(wait, _LONGEST_HOLD)) if wait else facts


def after_failure(facts: FeedFacts, reason: str, now: int) -> FeedFacts:
    """What is known after there was no answer, or none that is a feed."""
    failures = facts.failures + 1
    wait = min(USUAL * 2 ** min(failures - 1, 10), LONGEST) - _EARLY
    return replace(facts, asked=now, due=now + wait, failures=failures, error=reason)


def refusal(answer: Response) -> str:
    """What an answer says that is no feed, in words."""
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = ""
    return f"the server says {answer.status} {phrase}".strip()


def _max_age(answer: Response) -> int:
    """For how long an answer holds, as the server says."""
    match = _MAX_AGE.search(answer.header("cache-control"))
    return int(match[1]) if match else 0


def _retry_after(answer: Response, now: int) -> int:
    """For how long the server wants to be left alone: a number of seconds, or a time."""
    told = answer.header("retry-after").strip()
    if told.isascii() and told.isdecimal():
        return int(told[:9])
    try:
        when = parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return 0
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return max(int(when.timestamp()) - now, 0)
