"""Where the person was, kept from one start of the screen to the next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.base.errors import StateError
from reader.base.paths import state_file
from reader.base.text import clean

if TYPE_CHECKING:
    from reader.settings.place import Place, State


def kept_state() -> State | None:
    """What was kept of the last time; None where nothing was."""
    try:
        if not state_file().exists():
            return None
    except OSError:
        return None
    from reader.settings.place import load_state

    return load_state(state_file())


def keep_place(
    library: str,
    place: Place | None,
    theme: str,
    *,
    instead_of: str = "",
    queries: Sequence[str] = (),
    tells: bool = True,
) -> None:
    """Keep where the person was. It is a convenience: where it cannot be kept, that is told and nothing more.

    Args:
        library: the real path of the library.
        place: where the person was; None where that is not known.
        theme: the theme that was chosen on the screen; empty where it is as it was.
        instead_of: the theme of the settings.
        queries: what was searched for on the screen, the last one last.
        tells: whether the terminal is there to tell on.
    """
    from reader.settings.place import load_state, save_state

    state = load_state(state_file())  # another screen may have kept its own place since the start
    state = state.with_place(library, place) if place is not None else state
    state = state._replace(theme=theme, instead_of=instead_of) if theme else state
    state = state.with_queries(queries) if queries else state
    try:
        save_state(state_file(), state)
    except StateError as error:
        if tells:
            sys.stderr.write(f"reader: where you were is not kept: {clean(str(error))}\n")
