"""What the screen and its dialogs ask of the app: to act on the world outside."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class OpenRequested(Message):
    """Open a link in the browser; `url` is empty where there is none. `is_seen`: the person has seen all of it."""

    url: str
    is_seen: bool = False


@dataclass
class CopyRequested(Message):
    """Copy a text to the clipboard; `what` names it in the message."""

    text: str
    what: str
