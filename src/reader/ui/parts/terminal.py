"""Lending the terminal to something else for a while."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from textual.app import App, SuspendNotSupported

from reader.base.errors import ReaderError
from reader.outside import programs
from reader.outside.programs import RunError

T = TypeVar("T")


def on_terminal(app: App[Any], act: Callable[[], T]) -> T:
    """Do something while the terminal is not the screen's. The screen is drawn anew afterwards.

    Args:
        app: the app, which waits.
        act: what is done.

    Raises:
        RunError: the terminal cannot be lent.
        ReaderError: what `act` raises, once the screen is back: raised inside, it would keep the screen away.
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


def edit(lend_terminal: Callable[[Callable[[], int]], int], file: Path) -> str:
    """Have a file edited in the person's editor; gives what went wrong, empty where nothing did.

    Args:
        lend_terminal: runs something that has the terminal meanwhile.
        file: the file.
    """
    try:
        command = programs.editor()
        code = lend_terminal(lambda: programs.run([*command, str(file)]))
    except RunError as error:
        return str(error)
    return programs.ending(command, code) if code else ""
