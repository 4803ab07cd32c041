"""The overview of the stories that are listed: a plot of their days, their outlets, their topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.color import Color
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual_plotext import PlotextPlot

from reader.base.times import day_text
from reader.base.wording import plural
from reader.library.index.overview import OutletCount, Overview
from reader.library.index.rows import TopicCount
from reader.ui.dialogs.pages import PageDialog
from reader.ui.keys.bindings import again

MOST_ROWS = 200
"""The most outlets, and the most topics, that are listed."""

_STEPS = (
    (1, "day"),
    (7, "week"),
    (31, "month"),
    (92, "quarter"),
    (366, "year"),
    (3_653, "decade"),
    (36_525, "century"),
)
"""The steps of time that a plot may have: the most days that each lasts, and its name."""

_WIDEST_BAR = 6
_TICK_CELLS = 14


def steps_of(days: Sequence[tuple[date, int]], most: int) -> tuple[str, list[tuple[date, int]]]:
    """Count stories by the shortest step of time that gives no more than `most` steps.

    Args:
        days: each day that has stories, with their number, in order; at least one.
        most: how many steps there is room for.

    Returns:
        The step's name, and every step from the first to the last with its first day, also those without stories.
    """
    span = (days[-1][0] - days[0][0]).days
    # Longer steps than a day may begin before the first day, and end after the last.
    fitting = ((length, name) for length, name in _STEPS if span // length + 1 + (length > 1) <= most)
    length, name = next(fitting, _STEPS[-1])
    counts: Counter[date] = Counter()
    for day, stories in days:
        counts[_start(day, name)] += stories
    step, last = _start(days[0][0], name), _start(days[-1][0], name)
    steps = [(step, counts[step])]
    while step < last:
        step = _start(step + timedelta(days=length), name)
        steps.append((step, counts[step]))
    return name, steps


def _start(day: date, step: str) -> date:
    """The first day of the step that a day is in."""
    if step == "day":
        return day
    if step == "week":
        return day - timedelta(days=day.weekday())
    if step in ("month", "quarter"):
        return day.replace(day=1, month=day.month if step == "month" else day.month - (day.month - 1) % 3)
    years = {"year": 1, "decade": 10, "century": 100}[step]
    return date(max(day.year - day.year % years, 1), 1, 1)


class DaysPlot(PlotextPlot):
    """A plot of how many stories there are per day, week and so on, by the shortest step that has room.

    Args:
        days: each day that has stories, with their number, in order.
    """

    DEFAULT_CSS = """
    DaysPlot {
        width: 1fr; height: 12; margin: 0 0 1 0; color: $reader-dim; background: $panel;
        border-top: solid $reader-border; border-title-color: $primary; border-title-style: bold;
    }
    """

    def __init__(self, days: Sequence[tuple[date, int]]) -> None:
        super().__init__()
        self._days = days
        self.theme = "textual-clear"  # background and axes in the colours of the style sheet

    def show(self, days: Sequence[tuple[date, int]]) -> None:
        """Plot other days."""
        self._days = days
        self.plot()

    def on_resize(self) -> None:
        """Plot for the new width."""
        self.plot()

    def notify_style_update(self) -> None:
        """Plot in the new colours."""
        super().notify_style_update()
        if self.is_mounted and self.size.width:
            self.plot()

    def plot(self) -> None:
        """Plot anew; without days the plot is hidden."""
        self.display = bool(self._days)
        if not self._days or not self.size.width:
            return
        labels = f"{max(stories for _, stories in self._days):,}"
        name, steps = steps_of(self._days, max(self.size.width - len(labels) - 2, 8))
        counts = [stories for _, stories in steps]
        labels = f"{max(counts):,}"
        cells = max(self.size.width - len(labels) - 1, len(steps))  # what the axis at the left leaves
        step = min(cells // len(steps), _WIDEST_BAR)
        bar = step - 1 if step > 2 else step
        plot = self.plt
        plot.clear_figure()
        # Points at each half cell, filled down to the axis: plotext's own bars do not end where cells end.
        points = [
            (place, stories)
            for number, stories in enumerate(counts)
            if stories
            for place in range(2 * number * step, 2 * (number * step + bar))
        ]
        plot.scatter(*zip(*points, strict=True), fillx=True, marker="hd", color=self._colour)
        plot.xlim(0, 2 * cells - 1)
        plot.ylim(0, max(counts))
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        plot.yticks([0, max(counts)], ["0".rjust(len(labels)), labels])
        days, most = [day for day, _ in steps], max(len(steps) * step // _TICK_CELLS, 2)
        plot.xticks(*_ticks(days, most, lambda number: 2 * number * step + bar - 1))
        self.border_title = f" Stories a {name} "
        self.refresh()

    @property
    def _colour(self) -> int | tuple[int, int, int]:
        colour = Color.parse(self.app.theme_variables["primary"])
        # A theme may use one of the terminal's own colours, which stays one: the terminal says how it looks.
        return colour.rgb if colour.ansi is None or colour.ansi < 0 else colour.ansi


class OverviewDialog(PageDialog):
    """The overview. It is shown at once with what is counted so far, and completed while it is open.

    Args:
        overview: what is counted so far.
        more: counts some more stories and returns the overview so far; None where that fails.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        again("list.overview", "close"),
        replace(again("move.first", "edge(-1)"), priority=True),
        replace(again("move.last", "edge(1)"), priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]

    DEFAULT_CSS = """
    OverviewDialog {
        & > VerticalScroll {
            width: 110;
            scrollbar-color: $reader-border; scrollbar-background: $panel;
            scrollbar-color-hover: $reader-dim; scrollbar-background-hover: $panel;
            scrollbar-color-active: $primary; scrollbar-background-active: $panel;
        }
        Horizontal { height: auto; }
        Horizontal > Static { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
        .told { margin: 0 0 1 0; }
    }
    OverviewDialog.-roomy #outlets { padding: 0 2 0 0; }
    OverviewDialog.-narrow Horizontal { layout: vertical; }
    OverviewDialog.-narrow #outlets { margin: 0 0 1 0; }
    OverviewDialog.-short DaysPlot { height: 7; }
    OverviewDialog.-short .told { margin: 0; }
    """

    TITLE_TEXT = "Overview of the stories listed"

    def __init__(self, overview: Overview, more: Callable[[], Awaitable[Overview | None]] | None = None) -> None:
        super().__init__()
        self._overview = overview
        self._more = more

    def page(self) -> Content:
        """The first lines: how many stories, outlets and topics there are, and from when to when."""
        overview = self._overview
        if not overview.stories and not overview.left:
            out, topics, marks = map(self.key_of, ("dialog.close", "list.no_topics", "list.shown"))
            return Content(
                f"No story is listed, so there is nothing to count. {out}, then {topics} or {marks}, lists more."
            )
        counted = plural(overview.stories, "story", "stories")
        if overview.left:
            counted = f"{overview.stories:,} of {overview.stories + overview.left:,} stories counted"
        parts = [counted, plural(len(overview.outlets), "outlet"), plural(len(overview.topics), "topic")]
        dates = []
        if overview.days:
            first, last = overview.days[0][0], overview.days[-1][0]
            dates.append(day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}")
        if overview.undated:
            dates.append(f"{overview.undated:,} without a date")
        return Content(f"{' · '.join(parts)}\n{' · '.join(dates)}")

    def compose(self) -> ComposeResult:
        """The page in its frame."""
        overview = self._overview
        with VerticalScroll() as frame:
            frame.border_title = Content(self.TITLE_TEXT)
            frame.border_subtitle = Content(self.in_force("{dialog.close} closes"))
            yield Static(self.page(), classes="told")
            if overview.days or overview.left:
                yield DaysPlot(overview.days)
            if overview.stories or overview.left:
                with Horizontal():
                    yield Static(_outlets(overview.outlets), id="outlets")
                    yield Static(_topics(overview.topics), id="topics_told")

    def on_mount(self) -> None:
        """Count the rest, if not all is counted yet."""
        if self._overview.left:
            self.run_worker(self._count_on())

    async def _count_on(self) -> None:
        while self._overview.left and self._more is not None and (overview := await self._more()) is not None:
            self._overview = overview
            self.query_one(".told", Static).update(self.page())
            self.query_one(DaysPlot).show(overview.days)
            self.query_one("#outlets", Static).update(_outlets(overview.outlets))
            self.query_one("#topics_told", Static).update(_topics(overview.topics))

    def action_edge(self, edge: int) -> None:
        """Scroll to the first (-1) or last (1) line."""
        page = self.query_one(VerticalScroll)
        if edge < 0:
            page.scroll_home(animate=False)
        else:
            page.scroll_end(animate=False)


def _outlets(outlets: Sequence[OutletCount]) -> Content:
    lines = [
        Content.from_markup(
            "[$accent]$stories  $earliest[/]  $name",
            stories=f"{one.stories:>7,}",
            earliest=f"{one.earliest or '':>8}",
            name=one.name or "outlet not known",
        )
        for one in outlets[:MOST_ROWS]
    ]
    return _table("Outlets, and how often earliest of an event", "stories  earliest", lines, len(outlets))


def _topics(topics: Sequence[TopicCount]) -> Content:
    lines = [
        Content.from_markup("[$accent]$stories[/]  $name", stories=f"{topic.stories:>7,}", name=topic.name)
        for topic in topics[:MOST_ROWS]
    ]
    return _table("Topics", "stories", lines, len(topics))


def _table(title: str, columns: str, lines: list[Content], count: int) -> Content:
    parts = [Content.from_markup("[b $primary]$title[/]", title=title)]
    parts.append(Content.from_markup("[$reader-dim]$columns[/]", columns=columns if lines else "none"))
    parts += lines
    if count > len(lines):
        parts.append(Content.from_markup("[$reader-dim]$more[/]", more=f"{'':>7}  … and {count - len(lines):,} more"))
    return Content("\n").join(parts)


def _ticks(days: Sequence[date], most: int, place_of: Callable[[int], float]) -> tuple[list[float], list[str]]:
    """The places and words of the marks below the plot: the first step, the last, and some evenly between."""
    last = len(days) - 1
    count = min(most, len(days))
    shown = sorted({round(last * number / max(count - 1, 1)) for number in range(count)})
    is_one_year = days[0].year == days[-1].year
    words = [f"{days[at].day} {days[at]:%b}" if is_one_year else f"{days[at]:%b} {days[at].year}" for at in shown]
    return [place_of(at) for at in shown], words
