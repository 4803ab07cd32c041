"""What all parts of the main screen are given: a narrow view of the screen, the widgets, what keys act on, workers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar

from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from reader.ui.widgets.bars import HeaderBar, TopicBar
from reader.ui.widgets.coverage.coverage_tree import CoverageTree
from reader.ui.widgets.panes import Panes
from reader.ui.widgets.query.query_bar import QueryBar
from reader.ui.widgets.stories.story_list import StoryList
from reader.ui.widgets.story.story_pane import StoryPane

if TYPE_CHECKING:
    from reader.coverage.model import CoverageArticle

T = TypeVar("T")
P = ParamSpec("P")

Severity: TypeAlias = Literal["information", "warning", "error"]


class Timer(Protocol):
    """What `set_timer` gives."""

    def stop(self) -> None:
        """Keep the timer from going off."""


class Task(Protocol):
    """What calling a `task` gives."""

    def cancel(self) -> object:
        """Cancel the task: it ends at the place where it waits."""


class Host(Protocol):
    """What a part may ask of the screen. `ScreenHost` does it on a real screen; tests of the parts use one without."""

    @property
    def size(self) -> Size:
        """Columns and lines."""

    @property
    def focused(self) -> Widget | None:
        """What has the focus."""

    @property
    def is_standing(self) -> bool:
        """Whether there are still panes to show anything in: an answer may come while the screen is taken down."""

    def toast(self, words: str, severity: Severity = "information") -> None:
        """Show a message for a moment; the words are never markup."""

    async def show(self, dialog: Screen[T]) -> T | None:
        """Show a dialog and wait for what is chosen; None where it is closed without. Only a `task` may wait for it."""

    def lend_terminal(self, act: Callable[[], T]) -> T:
        """Do something while the terminal is not the screen's.

        Raises:
            RunError: the terminal cannot be lent.
            ReaderError: what `act` raises.
        """

    def show_bars(self) -> None:
        """Bring the bars and the title of the list up to date."""

    def post_message(self, message: Message) -> bool:
        """Send a message to the app, such as `OpenRequested`."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Do something after some seconds, unless the timer is stopped."""

    def call_later(self, callback: Callable[..., None], *args: Any) -> bool:
        """Do something in the thread of the screen, soon. Any thread may call it."""

    def call_after_refresh(self, callback: Callable[..., None], *args: Any) -> bool:
        """Do something once what is shown has been drawn."""

    def run_worker(self, work: Callable[[], Any], name: str, group: str, *, exclusive: bool, thread: bool) -> Task:
        """Have something done by a worker, which ends with the screen; see `task`."""


class ScreenHost:
    """The host on the main screen.

    Args:
        screen: the screen.
        show_bars: brings the bars up to date.
    """

    def __init__(self, screen: Screen[Any], show_bars: Callable[[], None]) -> None:
        self._screen = screen
        self._show_bars = show_bars
        self.post_message = screen.post_message
        self.set_timer = screen.set_timer
        self.call_later = screen.call_later
        self.call_after_refresh = screen.call_after_refresh

    @property
    def size(self) -> Size:
        """Columns and lines."""
        return self._screen.size

    @property
    def focused(self) -> Widget | None:
        """What has the focus."""
        return self._screen.focused

    @property
    def is_standing(self) -> bool:
        """Whether there are panes to show anything in."""
        return self._screen.display and bool(self._screen.query(StoryList))

    def toast(self, words: str, severity: Severity = "information") -> None:
        """Show a message for a moment."""
        self._screen.notify(words, severity=severity, markup=False)

    async def show(self, dialog: Screen[T]) -> T | None:
        """Show a dialog and wait for what is chosen."""
        chosen: T | None = await self._screen.app.push_screen_wait(dialog)
        return chosen

    def lend_terminal(self, act: Callable[[], T]) -> T:
        """Do something while the terminal is not the screen's."""
        from reader.ui.upstream.terminal.suspension import on_terminal

        return on_terminal(self._screen.app, act)

    def show_bars(self) -> None:
        """Bring the bars and the title of the list up to date."""
        if self.is_standing:
            self._show_bars()

    def run_worker(self, work: Callable[[], Any], name: str, group: str, *, exclusive: bool, thread: bool) -> Task:
        """Have something done by a worker, which ends with the screen.

        It is described by its name: Textual (8.2) would write out the work with all that it is given, such as the ids
        of a million stories.
        """
        return self._screen.run_worker(work, name, group, name, exclusive=exclusive, thread=thread)


class Widgets(NamedTuple):
    """The widgets of the main screen that the parts fill.

    Attributes:
        header: the library, and how much there is.
        topics: the topics, and what is listed.
        query_bar: the line in which a query is typed.
        stories: the list.
        story_pane: the story that is shown.
        tree: the coverage.
        panes: the box around list, story and tree.
    """

    header: HeaderBar
    topics: TopicBar
    query_bar: QueryBar
    stories: StoryList
    story_pane: StoryPane
    tree: CoverageTree
    panes: Panes


class AtHand(NamedTuple):
    """What a key acts on: in the coverage tree the article under its cursor, else the story that is shown.

    Attributes:
        story: its id in this library; None where it is not in it, or nothing is shown.
        article: the article of the tree; None outside the tree.
        row: the ids of all stories of its row (an event's closed row has several), or of all selected rows.
        selected: the id of the story that stands for each selected row; empty where no rows are selected.
    """

    story: int | None = None
    article: CoverageArticle | None = None
    row: Sequence[int] = ()
    selected: Sequence[int] = ()

    @property
    def each(self) -> Sequence[int]:
        """The stories to mark one by one: the story that is shown, or one for each selected row."""
        return self.selected or ([] if self.story is None else [self.story])


def task(
    group: str, *, exclusive: bool = False, thread: bool = False
) -> Callable[[Callable[Concatenate[Any, P], Coroutine[Any, Any, None] | None]], Callable[Concatenate[Any, P], Task]]:
    """Decorate a part's method to run in a worker of the part's `host`, as Textual's `work` does for a widget.

    Args:
        group: the worker's group.
        exclusive: whether workers of that group that still run are cancelled first.
        thread: whether the method runs in a thread.
    """

    def decorate(
        method: Callable[Concatenate[Any, P], Coroutine[Any, Any, None] | None],
    ) -> Callable[Concatenate[Any, P], Task]:
        @wraps(method)
        def begin(part: Any, /, *args: P.args, **named: P.kwargs) -> Task:
            host: Host = part.host
            work = partial(method, part, *args, **named)
            return host.run_worker(work, method.__name__, group, exclusive=exclusive, thread=thread)

        return begin

    return decorate


async def until_drawn(host: Host) -> None:
    """Wait until the screen has been drawn, so that the next question does not hold up the drawing."""
    drawn = asyncio.Event()
    host.call_after_refresh(drawn.set)
    await drawn.wait()
