"""Saying something in passing."""

from __future__ import annotations

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel

from reader.base.text import clean, clean_block

SHORTEST = 0.05
"""Seconds for which a toast stands at least."""


class Passing(Notification):
    """A notification that never has less than no time left.

    Its toast is made a moment after it was looked at last. Where its time ran out in that moment, Textual would count
    down from less than nothing, without end, and nothing else would ever happen in the program.
    """

    @property
    def time_left(self) -> float:
        """Seconds for which its toast will stand."""
        return max(SHORTEST, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether it is too late for its toast."""
        return super().time_left <= 0


class Toasting(App[None]):
    """The part of the app that says things in passing."""

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
        self.post_message(Notify(Passing(clean_block(message), clean(title), severity, seconds)))

    def on_notify(self) -> None:
        """Take away what held toasts of before: Textual leaves it where time was up before the toast's timer went."""
        for screen in self.screen_stack:
            for holder in screen.query("ToastHolder"):
                if holder.is_mounted and not holder.children:
                    holder.remove()
