"""Where the person was: what the next start takes up again.

Kept as one small JSON file for all libraries in the data folder. It is a convenience: whatever is wrong with the file,
the program starts as if it were not there.
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
"""Libraries that are remembered; past that the one not opened for the longest time is forgotten."""

MOST_QUERIES = 100
"""Queries that are remembered; the oldest are forgotten first."""

LONGEST_QUERY = 500
"""Characters of a query that is remembered; what is longer was pasted by mistake."""

MOST_BYTES = 1_000_000
"""A larger file is not ours."""


class Place(NamedTuple):
    """Where the person was in one library.

    Attributes:
        query: the query as it was written.
        topics: the topics that were chosen.
        sort: the order, by its short name; empty for the usual one.
        by_event: whether an event was one row.
        story: the key of the story that was selected; empty for none.
        split: the width of the list on a wide screen, in hundredths of the screen's; 0 for the usual one.
        split_height: the height of the list where it stands above the other panes; as `split`.
        grouping: how the coverage was grouped; empty for the usual way.
        side_bar: whether the side bar was open.
        opened: for each event whose row was open, the key of one of its stories.
        density: how many lines a story took, where that was chosen on the screen; empty where the settings say it.
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
    """What is remembered from one start to the next.

    Attributes:
        theme: the theme that was chosen on the screen; empty where none was.
        instead_of: the theme of the settings at that time.
        places: where the person was in each library, by the folder's real path; the last one opened comes last.
        queries: what was searched for, the last one last.
    """

    theme: str = ""
    instead_of: str = ""
    places: tuple[tuple[str, Place], ...] = ()
    queries: tuple[str, ...] = ()

    def theme_over(self, theme: str) -> str:
        """The theme that was chosen on the screen, as long as the settings say what they said then; else nothing."""
        return self.theme if self.instead_of in ("", theme) else ""

    def place(self, library: str) -> Place:
        """Where the person was in a library."""
        return dict(self.places).get(library, Place())

    def with_place(self, library: str, place: Place) -> State:
        """The same, with another place in a library."""
        others = [one for one in self.places if one[0] != library]
        return self._replace(places=tuple([*others, (library, place)][-MOST_LIBRARIES:]))

    def with_queries(self, queries: Iterable[str]) -> State:
        """The same, with what was searched for since; each query once, where it was used last."""
        return self._replace(queries=merged(self.queries, queries))


def merged(before: Iterable[str], since: Iterable[str]) -> tuple[str, ...]:
    """Queries of before and since, each once where it stands last, the last one last; too long ones are left out."""
    last = dict.fromkeys(text for text in reversed([*before, *since]) if 0 < len(text) <= LONGEST_QUERY)
    return tuple(reversed(list(last)[:MOST_QUERIES]))


def load_state(path: Path) -> State:
    """Read the state; an empty one where the file is missing, cannot be read, or says anything odd."""
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
    """Write the state, whole or not at all, for this user's eyes only.

    Raises:
        StateError: it cannot be written.
    """
    from reader.base.whole_files import FOR_OWNER, replace_file

    told = {
        "theme": state.theme,
        "instead_of": state.instead_of,
        "places": {library: place._asdict() for library, place in state.places},
        "queries": list(state.queries),
    }
    try:
        make_folder(path.parent)
        replace_file(path, json.dumps(told, ensure_ascii=True, indent=1).encode(), FOR_OWNER)
    except OSError as error:
        raise StateError(f"{path}: cannot be written: {error.strerror or error}") from error


def _place(data: object) -> Place:
    """A place out of JSON; what is of another kind than it should be is left out."""
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
