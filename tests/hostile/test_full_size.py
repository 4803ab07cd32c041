"""What runs over strangers' text beside the screen is fed its worst at the full size that the limits let through.

The table in `reader.stories.limits` says which of them are tried where.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from hostile.grammars import date as hostile_date
from hostile.grammars import inline, url
from hostile.worst import MOST
from reader.base.errors import QueryError
from reader.base.text import clean, clean_block, clean_typed, decode, for_yaml, join_surrogates
from reader.base.wording import cut_text, fold
from reader.coverage.density import density
from reader.coverage.likeness.evidence import Comparable, Weighing
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import wording_of
from reader.coverage.likeness.words import headline_key, words_of
from reader.coverage.model import CoverageArticle
from reader.coverage.reasons import names_in_common, words_in_common
from reader.library.query.completion import spot_at
from reader.library.query.query import parse
from reader.stories.dates import parse_date
from reader.stories.doubts import doubts
from reader.stories.limits import DATE_CHARACTERS, DEFAULT_LIMITS, URL_CHARACTERS, VALUE_CHARACTERS
from reader.stories.urls import canonical_url, host_of, is_plain, is_web, short_url
from reader.ui.dialogs.listing.overview import steps_of
from reader.ui.look.cells import column, cut

pytestmark = pytest.mark.long

UNITS = (
    "a", " ", "a ", "\n", "\r\n", "\x1b[31m", "\x9b", "\u202e", "\u200b", "e\u0301", "\u0301", "👩\u200d💻", "🇫🇷",
    "ﷺ", "ß", "İ", "漢", "\ud83d", "\ud83d\ude00", "&amp;", "\t", "\u2028", "A.B.C. ", "Jan 1 ", "1,000.5 ",
    "O’Neil’s ", "-", "\ufe0f", "\0",
)  # fmt: skip
"""What a text may be full of."""


def full(unit: str, most: int) -> str:
    """So many characters of one kind."""
    return unit * (most // len(unit))


def took(act: Callable[[], object]) -> float:
    """Seconds of a processor that something takes."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def mixed(most: int) -> str:
    """So many characters of all kinds."""
    random = Random(1)
    return "".join(random.choices(UNITS, k=most))[:most]


@pytest.mark.parametrize("gate", [clean_block, join_surrogates, clean, clean_typed, for_yaml])
def test_the_longest_text_passes_the_gates_in_time(gate: Callable[[str], str]) -> None:
    most = DEFAULT_LIMITS.text
    for text in (*(full(unit, most) for unit in UNITS), mixed(most)):
        assert took(lambda text=text: gate(text)) < MOST, text[:20]  # type: ignore[misc]


@pytest.mark.parametrize(
    "unit",
    [b"a", b"\xff", b"\xc3", b"\xe2\x82", b"\x00", b"a\x00", b"\x00\x00\x00a", b"\xed\xa0\x80", b"\x81\n", b"\x1b$B"],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_the_largest_file_is_decoded_in_time(unit: bytes, mark: bytes) -> None:
    data = mark + unit * ((DEFAULT_LIMITS.file_bytes - len(mark)) // len(unit))
    assert took(lambda: decode(data)) < MOST


def test_all_that_is_done_with_the_longest_line_is_done_in_time() -> None:
    for text in (*(full(unit, DEFAULT_LIMITS.line) for unit in UNITS), mixed(DEFAULT_LIMITS.line)):
        for act in (fold, words_of, headline_key, lambda text: cut(text, 80), lambda text: column(text, 80)):
            assert took(lambda act=act, text=text: act(text)) < MOST, text[:20]  # type: ignore[misc]
        assert took(lambda text=text: cut_text(text, 80)) < MOST  # type: ignore[misc]


def test_words_and_names_that_are_compared() -> None:
    random, weighing, told = Random(2), Weighing(Rarity(lambda _: 0, 100_000)), []
    texts = [full(unit, DEFAULT_LIMITS.text) for unit in UNITS if unit.isprintable()]
    texts += [" ".join(f"{random.choice('AB')}{random.randrange(10**6)}" for _ in range(100_000)) for _ in range(2)]
    for text in texts:
        begun = time.process_time()
        told.append(Comparable(wording_of(text[: DEFAULT_LIMITS.line], text), 0, ""))
        assert time.process_time() - begun < MOST, text[:20]
        assert took(lambda text=text: names_in_common((text, text), (text, text))) < MOST  # type: ignore[misc]
        assert took(lambda text=text: words_in_common(text, text)) < MOST  # type: ignore[misc]
    begun = time.process_time()
    for one in told[-2:]:
        for other in told:
            weighing.evidence(one, other)
    assert time.process_time() - begun < MOST


@pytest.mark.parametrize("seed", range(3))
def test_the_longest_addresses_are_looked_at_in_time(seed: int) -> None:
    random = Random(seed)
    for _ in range(20):
        address = url(random)
        assert len(address) <= URL_CHARACTERS
        for act in (is_web, is_plain, host_of, short_url, canonical_url, doubts):
            assert took(lambda act=act, address=address: act(address)) < MOST, address[:60]  # type: ignore[misc]


def test_the_worst_dates_are_read_in_time() -> None:
    random = Random(3)
    texts = [hostile_date(random) for _ in range(100)]
    begun = time.process_time()
    for text in texts:
        for most in (DATE_CHARACTERS, len(text)):
            parse_date(text[:most])
    for unit in ("1", "1 ", "Jan ", "1/", "AM ", "+1", "T1:", ".", "UTC", "9" * 40 + " ", "(", "a"):
        parse_date(full(unit, DATE_CHARACTERS))
    assert time.process_time() - begun < MOST


QUERIES = (
    "a ", "(a OR ", '"', "topic:a,", "/a/ ", "(", ")", "-(", '"a', "topic:", "a,", "/", "date:", "date:1..", "sort:",
    "-", "OR ", "NOT ", "\\", "quality:>", "https://a.test/ ", "is:unread,", "漢 ", "e\u0301",
    "a" * VALUE_CHARACTERS + " ",
)  # fmt: skip


@pytest.mark.parametrize("unit", QUERIES)
def test_queries_and_their_completion(unit: str) -> None:
    text = full(unit, 100_000)

    def read() -> None:
        try:
            parse(text)
        except QueryError as error:
            assert str(error)  # noqa: PT017 — an error is as good as a query

    assert took(read) < MOST
    assert took(lambda: spot_at(text, len(text))) < MOST
    assert took(lambda: spot_at(text, len(text) // 2)) < MOST


def test_days_of_all_times_as_plot_and_bar() -> None:
    days = [date.min + timedelta(number * 36) for number in range((date.max - date.min).days // 36)]
    for most in (1, 60, 300):
        assert took(lambda most=most: steps_of([(day, 1) for day in days], most)) < MOST  # type: ignore[misc]
    times = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days[100:-100]]
    articles = [CoverageArticle(str(number), "", published=when) for number, when in enumerate(times)]
    assert took(lambda: density(articles, UTC)) < MOST


def test_a_paragraph_of_any_marks_as_a_headline() -> None:
    random = Random(4)
    for _ in range(10):
        text = inline(random, DEFAULT_LIMITS.line)
        assert took(lambda text=text: headline_key(clean(text))) < MOST  # type: ignore[misc]
