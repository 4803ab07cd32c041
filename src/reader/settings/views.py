"""Views: queries with a name and an order. Some are built in, some are in the configuration, the rest is saved.

Saved views are in a file of their own in the data folder, and not in the configuration: that file is the user's, may
have comments, be read-only or shared between machines, and is written by nobody but the user.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from reader.base.errors import ReaderError
from reader.base.locks import LockedError, locked
from reader.base.plain_files import read_plain
from reader.base.text import clean
from reader.base.whole_files import FOR_OWNER, SaveError
from reader.base.whole_files import save as save_file
from reader.base.wording import fold
from reader.settings.config import BUILT_IN_VIEWS, View

LONGEST_NAME = 60
"""The most characters of a name."""

MOST_BYTES = 1_000_000
"""A file of more bytes is not ours."""

PATIENCE = 1.0
"""Seconds to wait for another copy of the program that is saving views."""


class Origin(StrEnum):
    """Where a view comes from."""

    BUILT_IN = "built in"
    CONFIGURED = "configuration"
    SAVED = "saved"


class ViewsError(ReaderError):
    """The file of saved views cannot be read or written; it is unchanged."""


class NameTakenError(ViewsError):
    """There is a view of this name already.

    Args:
        name: the name as that view has it.
        origin: where that view comes from. Only a saved one can be replaced.
    """

    def __init__(self, name: str, origin: Origin) -> None:
        super().__init__(name, origin)
        self.name = name
        self.origin = origin

    def __str__(self) -> str:
        words = {
            Origin.BUILT_IN: f"“{self.name}” is built in",
            Origin.CONFIGURED: f"“{self.name}” is a view of the configuration file",
            Origin.SAVED: f"“{self.name}” is there already",
        }
        return words[self.origin]


class Views:
    """All views, by name. Case and accents of names make no difference.

    A view of the configuration takes the place of a built-in one of the same name. A saved view whose name either of
    these has is kept in the file, but not shown.

    Args:
        configured: the views of the configuration, in their order.
        file: the file of saved views; None where views cannot be saved.
    """

    def __init__(self, configured: Sequence[View] = (), file: Path | None = None) -> None:
        self._configured = _each_once(configured)
        self._file = file
        self._saved: tuple[View, ...] = ()

    @property
    def all(self) -> tuple[View, ...]:
        """The built-in views, those of the configuration, and those that were saved when `read` was last called."""
        configured = {_key(view.name): view for view in self._configured}
        first = [configured.pop(_key(view.name), view) for view in BUILT_IN_VIEWS]
        known = [*first, *configured.values()]
        taken = {_key(view.name) for view in known}
        return (*known, *(view for view in self._saved if _key(view.name) not in taken))

    def named(self, name: str) -> View | None:
        """The view of a name; None where there is none."""
        return next((view for view in self.all if _key(view.name) == _key(name)), None)

    def origin(self, view: View) -> Origin:
        """Where a view comes from."""
        if view in self._saved:
            return Origin.SAVED
        return Origin.CONFIGURED if view in self._configured else Origin.BUILT_IN

    def read(self) -> None:
        """Read the saved views: another copy of the program may have saved some.

        Raises:
            ViewsError: the file cannot be read; then the views are those known before.
        """
        self._saved = _each_once([view for entry in self._entries() if (view := _view_in(entry)) is not None])

    def save(self, view: View, *, replace: bool = False) -> View:
        """Save a view; gives the view as it was saved.

        Args:
            view: the view.
            replace: whether to replace a saved view of its name, in its place among the others.

        Raises:
            NameTakenError: there is a view of this name, and it is not to be replaced, or cannot be.
            ViewsError: the name is empty, or the file cannot be read or written.
        """
        view = _cleaned(view)
        if not view.name:
            raise ViewsError("a view needs a name")
        with self._alone() as file:
            self._save(view, file, replace=replace)
        return view

    def _save(self, view: View, file: Path, *, replace: bool) -> None:
        self.read()
        there = self.named(view.name)
        if there is not None and not (replace and self.origin(there) is Origin.SAVED):
            raise NameTakenError(there.name, self.origin(there))
        entries, is_put = [], False
        for entry in self._entries():
            is_meant = _is_named(entry, view.name)
            if not is_meant:
                entries.append(entry)
            elif not is_put:
                entries.append(view._asdict())
            is_put = is_put or is_meant
        self._write(file, entries if is_put else [*entries, view._asdict()])

    def remove(self, name: str) -> None:
        """Remove the saved view of a name. A built-in or configured one of that name stays.

        Raises:
            ViewsError: the file cannot be read or written.
        """
        with self._alone() as file:
            self._write(file, [entry for entry in self._entries() if not _is_named(entry, name)])

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """Within it no other copy of the program changes the file, so that nothing is lost; gives the file."""
        if self._file is None:
            raise ViewsError("there is no place to keep views")
        try:
            with locked(self._file.with_suffix(".lock"), PATIENCE):
                yield self._file
        except LockedError as error:
            raise ViewsError("another copy of the program is saving views; try again") from error
        except OSError as error:
            raise ViewsError(f"{clean(str(self._file))}: cannot be written: {error.strerror or error}") from error

    def _entries(self) -> list[object]:
        """All entries of the file, also those that this version does not know as views: they must not get lost."""
        file = self._file
        if file is None:
            return []
        try:
            data = json.loads(read_plain(file, MOST_BYTES))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise ViewsError(f"saved views cannot be read: {clean(str(file))}: {error.strerror or error}") from error
        except (ValueError, RecursionError) as error:
            raise ViewsError(f"saved views cannot be read: {clean(str(file))}: {clean(str(error))}") from error
        entries = data.get("views") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            raise ViewsError(f"this is no file of saved views: {clean(str(file))}")
        return entries

    def _write(self, file: Path, entries: Sequence[object]) -> None:
        text = json.dumps({"views": list(entries)}, ensure_ascii=True, indent=1)
        try:
            save_file(file, text.splitlines(), overwrite=True, mode=FOR_OWNER)
        except SaveError as error:
            raise ViewsError(str(error)) from error
        self.read()


def _key(name: str) -> str:
    return fold(name)


def _cleaned(view: View) -> View:
    """A view whose texts are safe to show, with its name cut at `LONGEST_NAME`."""
    return View(clean(view.name)[:LONGEST_NAME].strip(), clean(view.query), clean(view.sort), view.by_event)


def _each_once(views: Sequence[View]) -> tuple[View, ...]:
    """Views whose texts are safe to show, and the first of each name only."""
    known: dict[str, View] = {}
    for view in map(_cleaned, views):
        if view.name:
            known.setdefault(_key(view.name), view)
    return tuple(known.values())


def _view_in(entry: object) -> View | None:
    """The view in an entry of the file; None where it is no view."""
    if not isinstance(entry, dict):
        return None
    name, query, sort, by_event = (entry.get(key) for key in ("name", "query", "sort", "by_event"))
    if not isinstance(name, str) or not isinstance(query, str):
        return None
    return View(name, query, sort if isinstance(sort, str) else "", by_event is True)


def _is_named(entry: object, name: str) -> bool:
    view = _view_in(entry)
    return view is not None and _key(_cleaned(view).name) == _key(name)
