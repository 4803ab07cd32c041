"""Shows the screen: makes the app with all that it needs, and keeps at the end what the next start takes up again."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.base.errors import StateError
from reader.base.paths import config_file, marks_file, state_file, views_file
from reader.base.text import clean, clean_typed
from reader.cli.libraries import open_library
from reader.cli.printing import USAGE, fail, now, reports, say
from reader.library.index.listing import Listing
from reader.library.query.query import parse
from reader.settings.file import load_config

if TYPE_CHECKING:
    from reader.settings.place import Place, State
    from reader.ui.app import ReaderApp

FRAMES = "120"
"""The most frames a second. What a key does is seen with the next frame: with Textual's 60, up to 17 ms later."""


@reports
def show_screen(folder: str | None = None, query: str = "", *, fresh: bool = False, watch: bool = True) -> None:
    """Show the screen until it is left; then the process ends.

    Args:
        folder: the library, as it was given; None for the usual one.
        query: what to list.
        fresh: whether to begin at the newest story, and not where the person was.
        watch: whether to watch the folder for changes.
    """
    config = load_config(config_file())
    query = clean_typed(query)
    parse(query)  # a wrong query is an error before there is a screen
    library = open_library(folder, config)
    if trouble := _no_terminal():
        library.close()
        fail(f"the screen needs a terminal, and {trouble}; `reader list` prints the stories", USAGE)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    from reader.ui.upstream.plain_asyncio import import_asyncio

    import_asyncio()
    from reader.ui.app import ReaderApp

    name = os.path.realpath(library.root)
    state = kept_state()
    kept_theme = state.theme_over(config.theme) if state else ""

    def keep(app: ReaderApp, *, is_over: bool = False) -> None:
        chosen = app.theme if app.theme != theme else ""
        place, queries = app.place(), app.queries()
        keep_place(name, place, chosen, instead_of=config.theme, queries=queries, tells=is_over)

    app = ReaderApp(
        library,
        config,
        now,
        listing=Listing(text=query),
        watch=watch,
        marks=marks_file(),
        views=views_file(),
        place=state.place(name) if state and not query and not fresh else None,
        theme=kept_theme,
        queries=state.queries if state else (),
        is_first=state is None,
        keep_place=keep,
    )
    theme = kept_theme or app.theme  # a theme that was chosen once and does not exist any more is forgotten
    with library:
        app.run()
        for lost in app.lost_marks():
            say(f"reader: {lost}", err=True)
        if app.crash is not None:
            raise app.crash
        keep(app, is_over=True)
    sys.exit(app.return_code or 0)


def _no_terminal() -> str:
    """Why the screen cannot be shown, in words; empty where it can."""
    if os.environ.get("TERM", "") == "dumb":
        return "this one cannot draw (TERM=dumb)"
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error")):
        try:
            if stream is None or not stream.isatty():
                return f"standard {name} is none"
        except ValueError:
            return f"standard {name} is closed"
    return ""


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
