"""Lending the terminal to another program for a while.

Textual 8.2. Where an exception is raised while the terminal is lent, the screen does not come back: the driver stays
stopped, and the program waits without end for what it draws to be written
(https://github.com/Textualize/textual/issues/6692).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App, SuspendNotSupported

from reader.base.errors import ReaderError
from reader.outside.programs import RunError

T = TypeVar("T")


def on_terminal(app: App[Any], act: Callable[[], T]) -> T:
    """Lend the terminal while something is done; the screen is drawn anew afterwards.

    Args:
        app: the app, which waits.
        act: what is done.

    Raises:
        RunError: the terminal cannot be lent.
        ReaderError: what `act` raises, once the screen is back.
    """
    done: T | ReaderError
    try:
        with app.suspend():
            try:
                done = act()
            except ReaderError as error:
                done = error
    except SuspendNotSupported as error:
        raise RunError("the terminal cannot be left to another program here") from error
    app.refresh(layout=True)
    if isinstance(done, ReaderError):
        raise done
    return done
