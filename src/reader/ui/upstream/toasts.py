"""Saying something in passing.

Textual 8.2. A toast is made a moment after its notification was looked at last. Where the time ran out in that moment,
its timer counts down from less than nothing, without end, and nothing else ever happens in the program. And what held a
toast stays where the time was up before the timer went: each such toast leaves an empty line on the screen. No upstream
issue is known.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel

from reader.base.text import clean, clean_block

SHORTEST = 0.05
"""Seconds for which a toast stands at least."""


class Passing(Notification):
    """A notification that never has less than no time left."""

    @property
    def time_left(self) -> float:
        """Seconds for which its toast will stand."""
        return max(SHORTEST, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether it is too late for its toast."""
        return super().time_left <= 0


def passing(message: str, title: str, severity: SeverityLevel, seconds: float) -> Notify:
    """The message that shows a toast for so many seconds; its words pass the gate, and are never markup."""
    return Notify(Passing(clean_block(message), clean(title), severity, seconds))


def take_away_read(app: App[Any]) -> None:
    """Take away what was said in passing: the person goes on. What is wrong stays for its time.

    Textual has a way to take all of them away, and none for some.
    """
    read = [one for one in app._notifications if one.severity == "information"]
    for notification in read:
        app._unnotify(notification, refresh=False)
    if read:
        app._refresh_notifications()


def take_away_empty_holders(app: App[Any]) -> None:
    """Take away what held toasts that are gone."""
    for screen in app.screen_stack:
        for holder in screen.query("ToastHolder"):
            if holder.is_mounted and not holder.children:
                holder.remove()
