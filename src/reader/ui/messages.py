"""What the screen and its dialogs ask of the app: to act on the world outside."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

LINK = "reader_link"
"""The key in a style's `meta` under which a part of a line has the address that a click on it opens."""


@dataclass
class OpenRequested(Message):
    """A link is to be opened; an empty one where there is none. `is_seen`: it was shown whole, and chosen."""

    url: str
    is_seen: bool = False


@dataclass
class CopyRequested(Message):
    """A text is to be copied; `what` names it."""

    text: str
    what: str
