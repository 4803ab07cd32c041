"""The state that is kept from one session to the next: where the person was, the theme, the queries.

It is a small JSON file in the data folder, for all libraries. It is only a convenience: whatever is wrong with the
file, the program starts as if there were none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from reader.base.errors import StateError
from reader.base.plain_files import read_plain
from reader.base.private_files import make_folder
from reader.base.text import clean_typed

MOST_LIBRARIES = 200
"""How many libraries are remembered; with more, the one that was not opened for the longest time is forgotten."""

MOST_QUERIES = 100
"""How many queries are remembered; the oldest are forgotten first."""

LONGEST_QUERY = 500
"""The most characters of a query that is remembered: a longer one was pasted by mistake."""

MOST_BYTES = 1_000_000
"""A file of more bytes is not ours."""


class Place(NamedTuple):
    """Where the person was in one library.

    Attributes:
        query: the query as it was written.
        topics: the topics that were chosen.
        sort: the order, by its short name; empty for newest first.
        by_event: whether the stories of an event shared one row.
        story: the key of the story that was shown; empty for none.
        split: the width of the list on a wide screen, in hundredths of the screen's; 0 for the usual one.
        split_height: likewise its height, on a screen where it is above the other panes.
        grouping: how the coverage was grouped; empty for by time.
        side_bar: whether the side bar was open.
        opened: the key of one story of each event whose row was open.
        density: how many lines a story took, where that was chosen on the screen; empty where the settings decide.
    """

    query: str = ""
    topics: tuple[str, ...] = ()
    sort: str = ""
    by_event: bool = False
    story: str = ""
    split: int = 0
    split_height: int = 0
    grouping: str = ""
    side_bar: bool = False
    opened: tuple[str, ...] = ()
    density: str = ""


class State(NamedTuple):
    """What is kept from one session to the next.

    Attributes:
        theme: the theme that was chosen on the screen; empty where none was.
        instead_of: the theme of the settings at that time.
        places: where the person was in each library, after the real path of its folder; the last one opened comes last.
        queries: the queries that were typed, the last one last.
    """

    theme: str = ""
    instead_of: str = ""
    places: tuple[tuple[str, Place], ...] = ()
    queries: tuple[str, ...] = ()

    def theme_over(self, theme: str) -> str:
        """The theme that was chosen on the screen; empty where the settings have another theme now than then."""
        return self.theme if self.instead_of in ("", theme) else ""

    def place(self, library: str) -> Place:
        """Where the person was in a library; a default place where that is not known."""
        return dict(self.places).get(library, Place())

    def with_place(self, library: str, place: Place) -> State:
        """The same state with another place in a library."""
        others = [one for one in self.places if one[0] != library]
        return self._replace(places=tuple([*others, (library, place)][-MOST_LIBRARIES:]))

    def with_queries(self, queries: Iterable[str]) -> State:
        """The same state with the queries typed since; each once, where it was last used."""
        return self._replace(queries=merged(self.queries, queries))


def merged(before: Iterable[str], since: Iterable[str]) -> tuple[str, ...]:
    """Earlier and later queries joined, the last one last: each once, where it was last used, without overlong ones."""
    last = dict.fromkeys(text for text in reversed([*before, *since]) if 0 < len(text) <= LONGEST_QUERY)
    return tuple(reversed(list(last)[:MOST_QUERIES]))


def load_state(path: Path) -> State:
    """Read the state; an empty one where the file is missing or cannot be read. Odd values in it are left out."""
    try:
        data = json.loads(read_plain(path, MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return State()
    if not isinstance(data, dict):
        return State()
    places = data.get("places")
    return State(
        theme=_text(data.get("theme")),
        instead_of=_text(data.get("instead_of")),
        places=tuple((str(name), _place(place)) for name, place in places.items()) if isinstance(places, dict) else (),
        queries=_texts(data.get("queries")),
    )


def save_state(path: Path, state: State) -> None:
    """Write the state, whole or not at all, readable by this user only.

    Raises:
        StateError: it cannot be written.
    """
    from reader.base.whole_files import FOR_OWNER, replace_file

    data = {
        "theme": state.theme,
        "instead_of": state.instead_of,
        "places": {library: place._asdict() for library, place in state.places},
        "queries": list(state.queries),
    }
    try:
        make_folder(path.parent)
        replace_file(path, json.dumps(data, ensure_ascii=True, indent=1).encode(), FOR_OWNER)
    except OSError as error:
        raise StateError(f"{path}: cannot be written: {error.strerror or error}") from error


def _place(data: object) -> Place:
    """A place from JSON; values of a wrong type are left out."""
    if not isinstance(data, dict):
        return Place()
    taken: dict[str, object] = {}
    for name, usual in Place()._asdict().items():
        value = data.get(name)
        if isinstance(usual, tuple):
            taken[name] = _texts(value)
        elif type(value) is type(usual):
            taken[name] = clean_typed(value) if isinstance(value, str) else value
    return Place(**taken)  # type: ignore[arg-type]


def _text(value: object) -> str:
    return clean_typed(value) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(clean_typed(one) for one in value if isinstance(one, str)) if isinstance(value, list) else ()
