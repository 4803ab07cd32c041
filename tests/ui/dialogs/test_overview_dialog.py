"""What is listed, counted and plotted."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from textual.widgets import Static

from dialog_app import Mini
from examples import thinned_rows
from reader.library.index.overview import DayCount, OutletCount, Overview
from reader.library.index.rows import TopicCount
from reader.ui.dialogs.listing.overview import DaysPlot, OverviewDialog, steps_of

pytestmark = pytest.mark.versions

HOSTILE = "[b]Big[/b] [@click=app.quit]go[/] $x"
TOLD = Overview(
    2_000,
    [OutletCount(HOSTILE, 1_200, 30), OutletCount("日本経済新聞", 799, 0), OutletCount("", 1, 0)],
    [TopicCount(HOSTILE, 2_000)],
    [DayCount(date(2020, 2, 1) + timedelta(days=number), number + 1) for number in range(29)],
    3,
)


async def test_an_empty_overview_names_the_keys_that_are_in_force() -> None:
    app = Mini(OverviewDialog(Overview(0, [], [], [], 0)))
    app.keymap_in_force = {"list.no_topics": "f5", "list.shown": "no-key"}
    async with app.run_test(size=(120, 20)) as pilot:
        await pilot.pause()
        assert "Esc, then f5 or “Unread”, lists more." in app.text


@pytest.mark.parametrize(
    ("first", "last", "most", "name", "count"),
    [
        (date(2020, 2, 1), date(2020, 2, 1), 8, "day", 1),
        (date(2020, 2, 1), date(2020, 2, 29), 60, "day", 29),
        (date(2020, 1, 1), date(2021, 12, 31), 110, "week", 105),
        (date(2020, 1, 31), date(2021, 12, 1), 60, "month", 24),
        (date(2010, 2, 28), date(2020, 12, 31), 60, "quarter", 44),
        (date(1990, 12, 31), date(2020, 1, 1), 60, "year", 31),
        (date(1700, 5, 5), date(2020, 1, 1), 60, "decade", 33),
        (date(2, 1, 1), date(9998, 12, 31), 110, "century", 100),
    ],
)
def test_steps_of_time_that_have_room(first: date, last: date, most: int, name: str, count: int) -> None:
    days = [(first, 2)] if first == last else [(first, 2), (last, 3)]
    told, steps = steps_of(days, most)
    assert (told, len(steps)) == (name, count)
    assert sum(stories for _, stories in steps) == sum(stories for _, stories in days)
    starts = [start for start, _ in steps]
    assert starts == sorted(set(starts))
    assert starts[0] <= first
    assert starts[-1] <= last


@pytest.mark.parametrize(
    ("size", "theme"),
    thinned_rows(
        [((120, 40), "reader-dark"), ((80, 24), "reader-light"), ((40, 12), "reader-dark"), ((120, 40), "ansi-dark")],
        every=2,
    ),
)
async def test_an_overview_counts_and_plots(size: tuple[int, int], theme: str) -> None:
    app = Mini(OverviewDialog(TOLD), theme)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "2,000 stories · 3 outlets" in app.text
        assert "Sat 1 Feb 2020 to Sat 29 Feb 2020" in " ".join(str(app.screen.query_one(Static).render()).split())
        plot = app.screen.query_one(DaysPlot)
        assert "Stories a day" in str(plot.border_title)
        assert "1 Feb" in str(plot.render())
        assert "29" in str(plot.render())
        seen = app.text
        for _ in range(12):
            await pilot.press("pagedown")
            await pilot.pause(0.02)
            seen += app.text
        assert "[b]Big[/b]" in seen
        assert "outlet not" in seen
        assert "1,200        30" in seen
        await pilot.press("g")
        assert "2,000 stories" in app.text
        await pilot.press("G", "i")
        await pilot.pause()
        assert app.result is None


async def test_the_bars_are_as_high_as_the_counts() -> None:
    days = [DayCount(date(2020, 2, day), count) for day, count in ((1, 8), (2, 4), (4, 1))]
    app = Mini(OverviewDialog(Overview(13, [OutletCount("A", 13, 0)], [], days, 0)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        lines = str(app.screen.query_one(DaysPlot).render()).split("\n")
        heights = [
            sum({"█": 2, "▄": 1}.get(line[column : column + 1], 0) for line in lines) for column in (3, 9, 15, 21)
        ]
        assert heights[0] > 1.7 * heights[1] > 0
        assert heights[2] == 0
        assert heights[3] > 0


async def test_an_overview_of_nothing_says_so() -> None:
    app = Mini(OverviewDialog(Overview(0, [], [], [], 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "No story is listed" in app.text
        await pilot.press("escape")
        await pilot.pause()
        assert app.result is None


async def test_an_overview_without_dates_and_with_very_much() -> None:
    outlets = [OutletCount(f"Outlet {number}", 1, 0) for number in range(5_000)]
    app = Mini(OverviewDialog(Overview(5_000, outlets, [], [], 5_000)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "5,000 without a date" in app.text
        await pilot.press("end")
        for _ in range(200):  # until it has scrolled there
            if "and 4,800 more" in app.text:
                break
            await pilot.pause()
        assert "and 4,800 more" in app.text
        assert not app.screen.query(DaysPlot)


@pytest.mark.long
async def test_a_new_width_plots_anew() -> None:
    days = [DayCount(date(2019, 1, 1) + timedelta(days=number), 1) for number in range(80)]
    app = Mini(OverviewDialog(Overview(80, [], [], days, 0)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Stories a day" in app.text
        await pilot.resize_terminal(50, 24)
        await pilot.pause()
        assert "Stories a week" in app.text
        app.theme = "reader-light"
        await pilot.pause()
        assert app.is_running


async def test_what_is_counted_so_far_is_shown_and_counted_on() -> None:
    steps = [
        Overview(2_000, TOLD.outlets, TOLD.topics, TOLD.days, 3, left=3_000),
        Overview(4_000, [OutletCount("The Bay", 4_000, 31)], [TopicCount("Wind", 17)], TOLD.days, 4, left=1_000),
        Overview(5_000, [OutletCount("The Day", 5_000, 32)], [TopicCount("Wind", 18)], TOLD.days, 5),
    ]
    left, go_on = iter(steps), asyncio.Semaphore(0)

    async def more() -> Overview | None:
        await go_on.acquire()
        return next(left)

    app = Mini(OverviewDialog(Overview(0, [], [], [], 0, left=5_000), more))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "0 of 5,000 stories counted" in app.text
        assert not app.screen.query_one(DaysPlot).display
        for words in ("2,000 of 5,000 stories counted", "4,000 of 5,000 stories counted", "5,000 stories · 1 outlet"):
            go_on.release()
            while words not in app.text:
                await pilot.pause(0.01)
        assert app.screen.query_one(DaysPlot).display
        assert "The Day" in app.text
        assert "5 without a date" in app.text
