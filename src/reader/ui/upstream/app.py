"""An app without the faults of Textual that concern an app as a whole."""

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
    """An app that acts on keys in their order, gives the terminal back, and ends only when it is told to."""

    ALLOW_SELECT = False
    """Text is selected by the terminal's own means, not by Textual's.

    That (8.2) ends the program where a widget is clicked that is being removed. One way to such a click was mended
    (https://github.com/Textualize/textual/issues/5629), others were not.
    """

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, with the workarounds of `terminal` and `key_pace` put around it."""
        own = resize_flood.calmed(resume.taking_once(super().get_driver_class()))
        return key_pace.paced(turns.leaving_turns(stuck_screen.heeding(own)))

    _colours_of: str | None = None
    """The theme whose colours the style sheet has, before there is a screen; None while the app is being made."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._colours_of = ""
        self.call_next(self.refresh_css)

    def get_css_variables(self) -> dict[str, str]:
        """As usual; but none while the app is being made, as no theme is chosen yet: `refresh_css` comes afterwards.

        Textual (8.2) works out the colours of its default theme first, and then those of the theme that is shown. No
        upstream issue is known.
        """
        return {} if self._colours_of is None else super().get_css_variables()

    def refresh_css(self, animate: bool = True) -> None:
        """As usual; but before there is a screen only take the theme's colours: a screen is styled when it is made.

        Textual (8.2) reads all style sheets when a theme is chosen, and once more for the first screen. No upstream
        issue is known.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        elif self._colours_of != self.theme:
            self._colours_of = self.theme
            self.stylesheet.set_variables(self.get_css_variables())

    overhear: Callable[[Key], None] = staticmethod(lambda _: None)
    """Called with each key by the thread that reads the terminal, before the screen gets the key."""

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """As usual; where the wait is cancelled, the app still does what it had to do."""
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
        """Show a message for a moment. It may quote what strangers wrote: so it is made safe, and is never markup."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(toasts.passing(message, title, severity, seconds))

    def on_notify(self) -> None:
        """Remove what is left of earlier toasts."""
        toasts.take_away_empty_holders(self)

    def panic(self, *renderables: RenderableType) -> None:
        """End because of a defect; where the terminal is gone, which causes errors too, end as at SIGHUP."""
        if not self.is_headless and not lost_terminal.has_terminal():
            lost_terminal.end(self)
        else:
            super().panic(*renderables)
