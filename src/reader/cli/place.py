"""Reading and writing where the person was, at the start and the end of the screen."""

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
    """The state of the last session; None at the first start."""
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
    """Write down where the person was. As it is only a convenience, a failure is printed and not raised.

    Args:
        library: the real path of the library.
        place: where the person was; None where that is not known.
        theme: the theme, if another was chosen on the screen; else empty.
        instead_of: the theme of the settings.
        queries: the queries of this session, the latest last.
        tells: whether messages can be printed: not while the screen is shown.
    """
    from reader.settings.place import load_state, save_state

    state = load_state(state_file())  # another copy of the program may have written its place since the start
    state = state.with_place(library, place) if place is not None else state
    state = state._replace(theme=theme, instead_of=instead_of) if theme else state
    state = state.with_queries(queries) if queries else state
    try:
        save_state(state_file(), state)
    except StateError as error:
        if tells:
            sys.stderr.write(f"reader: where you were is not kept: {clean(str(error))}\n")
