"""Views: queries with a name and an order. Some are built in, the configuration may name more, and the rest is saved.

Saved ones are kept in a file of their own in the data folder, and not in the configuration: that file is the user's,
with comments, at times read-only or shared between machines, and nothing but the user writes to it.
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
"""Characters of a name."""

MOST_BYTES = 1_000_000
"""A larger file is not ours."""

PATIENCE = 1.0
"""Seconds to wait for another copy of the program that saves views."""


class Origin(StrEnum):
    """Where a view comes from."""

    BUILT_IN = "built in"
    CONFIGURED = "configuration"
    SAVED = "saved"


class ViewsError(ReaderError):
    """The file of saved views cannot be read or written; it is as it was."""


class NameTakenError(ViewsError):
    """There is a view of this name.

    Args:
        name: the name, as that view has it.
        origin: where that view comes from; only a saved one can be replaced.
    """

    def __init__(self, name: str, origin: Origin) -> None:
        super().__init__(name, origin)
        self.name = name
        self.origin = origin

    def __str__(self) -> str:
        told = {
            Origin.BUILT_IN: f"“{self.name}” is built in",
            Origin.CONFIGURED: f"“{self.name}” is a view of the configuration file",
            Origin.SAVED: f"“{self.name}” is there already",
        }
        return told[self.origin]


class Views:
    """All views, by name; case and accents of a name make no difference.

    A view of the configuration takes the place of a built-in one of its name; a saved one of a name that is taken by
    now is kept, and not shown.

    Args:
        configured: those of the configuration, in their order.
        file: where saved ones are kept; None where nothing is to be saved.
    """

    def __init__(self, configured: Sequence[View] = (), file: Path | None = None) -> None:
        self._configured = _each_once(configured)
        self._file = file
        self._saved: tuple[View, ...] = ()

    @property
    def all(self) -> tuple[View, ...]:
        """The built-in ones, those of the configuration, and those that were saved when `read` was last called."""
        configured = {_key(view.name): view for view in self._configured}
        first = [configured.pop(_key(view.name), view) for view in BUILT_IN_VIEWS]
        known = [*first, *configured.values()]
        taken = {_key(view.name) for view in known}
        return (*known, *(view for view in self._saved if _key(view.name) not in taken))

    def named(self, name: str) -> View | None:
        """The view of a name."""
        return next((view for view in self.all if _key(view.name) == _key(name)), None)

    def origin(self, view: View) -> Origin:
        """Where a view comes from."""
        if view in self._saved:
            return Origin.SAVED
        return Origin.CONFIGURED if view in self._configured else Origin.BUILT_IN

    def read(self) -> None:
        """Read the saved views: another copy of the program may have saved some.

        Raises:
            ViewsError: the file cannot be read; the views are those known before.
        """
        self._saved = _each_once([view for entry in self._entries() if (view := _view_in(entry)) is not None])

    def save(self, view: View, *, replace: bool = False) -> View:
        """Save a view; gives it back as it was saved.

        Args:
            view: what to save.
            replace: whether a saved view of its name is replaced, which keeps its place.

        Raises:
            NameTakenError: there is a view of this name that is not to be replaced, or cannot be.
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
        """Take a saved view away; the others of that name, if there are any, stay.

        Raises:
            ViewsError: the file cannot be read or written.
        """
        with self._alone() as file:
            self._write(file, [entry for entry in self._entries() if not _is_named(entry, name)])

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """The file; until the end of the block no other copy of the program changes it, so that nothing is lost."""
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
        """What the file holds: also what is no view that this version knows, as nothing of it may get lost."""
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
    """A view that is safe to show, with a name of a length that has room."""
    return View(clean(view.name)[:LONGEST_NAME].strip(), clean(view.query), clean(view.sort), view.by_event)


def _each_once(views: Sequence[View]) -> tuple[View, ...]:
    """Views that are safe to show, of each name the first."""
    known: dict[str, View] = {}
    for view in map(_cleaned, views):
        if view.name:
            known.setdefault(_key(view.name), view)
    return tuple(known.values())


def _view_in(entry: object) -> View | None:
    """The view that an entry of the file is; None where it is none."""
    if not isinstance(entry, dict):
        return None
    name, query, sort, by_event = (entry.get(key) for key in ("name", "query", "sort", "by_event"))
    if not isinstance(name, str) or not isinstance(query, str):
        return None
    return View(name, query, sort if isinstance(sort, str) else "", by_event is True)


def _is_named(entry: object, name: str) -> bool:
    view = _view_in(entry)
    return view is not None and _key(_cleaned(view).name) == _key(name)
