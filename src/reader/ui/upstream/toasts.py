"""Toasts: messages that are shown for a moment.

Textual 8.2. It makes a toast a moment after it has checked that its notification has time left. Where that time runs
out in between, the toast's timer counts on from a negative number without end, and nothing else ever happens in the
program. And where the time is up before the timer went off, the widget that held the toast stays, as an empty line on
the screen. No upstream issue is known.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel

from reader.base.text import clean, clean_block

SHORTEST = 0.05
"""The least seconds that a toast is shown."""


class Passing(Notification):
    """A notification whose time left is never negative."""

    @property
    def time_left(self) -> float:
        """Seconds for which its toast is still to be shown, `SHORTEST` at least."""
        return max(SHORTEST, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is up, so that no toast is made."""
        return super().time_left <= 0


def passing(message: str, title: str, severity: SeverityLevel, seconds: float) -> Notify:
    """The message to Textual that shows a toast for so many seconds; its words are made safe, and never markup."""
    return Notify(Passing(clean_block(message), clean(title), severity, seconds))


def take_away_read(app: App[Any]) -> None:
    """Take away the toasts that only inform, as a key was pressed; warnings and errors stay for their time.

    Textual has a way to take all of them away, but none for some.
    """
    read = [one for one in app._notifications if one.severity == "information"]
    for notification in read:
        app._unnotify(notification, refresh=False)
    if read:
        app._refresh_notifications()


def take_away_empty_holders(app: App[Any]) -> None:
    """Remove the widgets whose toast is gone."""
    for screen in app.screen_stack:
        for holder in screen.query("ToastHolder"):
            if holder.is_mounted and not holder.children:
                holder.remove()
