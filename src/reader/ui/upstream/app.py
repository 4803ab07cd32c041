"""The app without the faults of Textual that concern an app as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import RenderableType
from textual.driver import Driver
from textual.events import Key
from textual.notifications import SeverityLevel
from textual.screen import Screen

from reader.ui.upstream import cancelled_waits, key_pace, toasts
from reader.ui.upstream.cancelled_waits import Uncancelled
from reader.ui.upstream.defects import Defects
from reader.ui.upstream.terminal import lost_terminal, resize_flood, resume, stuck_screen, turns
from reader.ui.upstream.type_ahead import TypeAhead


class SteadyApp(Uncancelled, TypeAhead, Defects):
    """An app that keeps its keys in order, gives the terminal back, and ends only when it is to end."""

    ALLOW_SELECT = False
    """Selecting by the mouse is the terminal's.

    Textual's (8.2) ends the program at a click at what is being taken down. One way to such a click was mended
    (https://github.com/Textualize/textual/issues/5629), others were not.
    """

    def get_driver_class(self) -> type[Driver]:
        """The platform's own; it takes the terminal once, and no more keys than are handled."""
        own = resize_flood.calmed(resume.taking_once(super().get_driver_class()))
        return key_pace.paced(turns.leaving_turns(stuck_screen.heeding(own)))

    def refresh_css(self, animate: bool = True) -> None:
        """As usual; before there is a screen, which is styled when it is made, only the theme's colours are taken.

        Textual (8.2) reads all style sheets at the choice of a theme, and the first screen has them read again. No
        upstream issue is known.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    overhear: Callable[[Key], None] = staticmethod(lambda _: None)
    """Told of each key by the thread that reads the terminal, before the screen hears of it."""

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """As usual; who waits may be cancelled, and what the app still had to do goes on."""
        await cancelled_waits.do_what_is_next(self)
        return await super().push_screen_wait(screen, mode=mode)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002
    ) -> None:
        """Say something in passing. It may quote what strangers wrote: it passes the gate, and is never markup."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(toasts.passing(message, title, severity, seconds))

    def on_notify(self) -> None:
        """Take away what held toasts of before."""
        toasts.take_away_empty_holders(self)

    def panic(self, *renderables: RenderableType) -> None:
        """End because of a defect; where it is that the terminal went away, as at the signal that tells of it."""
        if not self.is_headless and not lost_terminal.has_terminal():
            lost_terminal.end(self)
        else:
            super().panic(*renderables)
