"""The marks: what the reader did with articles. No other data exists only once: they must never be lost.

They are in one file for all libraries, and belong to articles, by their keys. So nothing is lost when files are moved
or the index is deleted, and a story that is in two libraries has the same marks in both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from reader.base.errors import MarksError
from reader.library.marks import schema
from reader.library.marks.changes import (
    AllRows,
    LastChange,
    Wanted,
    all_rows,
    apply,
    batches,
    fact,
    hand_out,
    in_order,
    last_change,
    merge,
    take_back,
)
from reader.library.marks.file import MarksFile
from reader.library.marks.model import (
    NO_MARKS,
    TIMES,
    Change,
    MarkKind,
    MarkSet,
    MarkValue,
    check_key,
    check_label,
    collect,
    from_ms,
    kept,
    to_ms,
)
from reader.library.marks.undone import Undone, last_within

__all__ = ["NO_MARKS", "Change", "MarkKind", "MarkSet", "Marks"]

PATIENCE = 5.0
"""Seconds to wait for another copy of the program that writes."""

_AHEAD = timedelta(days=366)
"""How far another machine's clock may be ahead. A change dated later would win over all that is done until then."""

_CHOSEN = frozenset({MarkKind.STARRED, MarkKind.LATER, MarkKind.TAG, MarkKind.NOTE, MarkKind.WATCHED})
"""The kinds that `schema.CHOSEN` names."""

_NONE: frozenset[str] = frozenset()

Row = tuple[str, str, str, str]
"""Key, kind, label and value of a mark that was not taken off."""

_EACH = "SELECT value FROM json_each(?)"
"""Any number of keys as one parameter, so that there are few statements, which the connection keeps compiled."""

_PORTION = 10_000
"""Articles that are read at a time, where they may be very many."""

_READ_FROM = """SELECT key FROM marks WHERE kind = 'read' AND label = '' AND value IS NOT NULL AND key > ?
    ORDER BY key LIMIT ?"""


class Marks:
    """Reads and writes the marks. One instance belongs to one thread at a time; it is opened when first used.

    Every method raises `MarksError` if the file cannot be read or written; nothing is half done then. If there is no
    file there are no marks, and the first change makes it. Where nothing may be written, marks can still be read.

    Args:
        path: the file.
        now: gives the time, aware. A clock that is set back does no harm: no change is dated before an earlier one.
        patience: seconds to wait for another program that writes.

    Attributes:
        undone: what `redo` does again, the next one last, as much as `last_within` keeps. What a scribe has taken back
            is put here as well.
    """

    def __init__(self, path: Path, now: Callable[[], datetime], *, patience: float = PATIENCE) -> None:
        self._file = MarksFile(path, now, patience)
        self._now = now
        self.undone: list[Undone] = []

    def __enter__(self) -> Marks:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hurry(self, seconds: float) -> None:
        """From now on, wait for other programs no longer than so many seconds in all. Any thread may call it."""
        self._file.hurry(seconds)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def tidy(self) -> None:
        """Copy changes from SQLite's log into the file, if they are much; to be called when nobody waits."""
        self._file.tidy()

    def shrink(self) -> None:
        """Free the memory of pages of the file that are not needed now."""
        self._file.shrink()

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def note(self) -> str:
        """What a person should know of the file, as after it was repaired; empty for nothing."""
        return self._file.note

    @property
    def version(self) -> int:
        """A number that grows with every change, by this or another copy of the program."""
        return self._file.version

    def of(self, keys: Iterable[str]) -> dict[str, MarkSet]:
        """The marks of some articles, by key; articles without any are left out (see `NO_MARKS`)."""
        wanted = list(keys)

        def work(connection: sqlite3.Connection) -> dict[str, MarkSet]:
            columns = "key, kind, label, value"
            rows = (
                row
                for some in batches(wanted)
                for row in connection.execute(
                    f"SELECT {columns} FROM marks WHERE key IN ({_EACH}) AND value IS NOT NULL",  # noqa: S608 — constant
                    (in_order(some),),
                )
            )
            try:
                return collect(self._with_unwritten(rows, wanted))
            except (ValueError, OverflowError) as error:
                raise schema.DamagedError(str(error)) from error

        return self._file.read(work, collect(self._with_unwritten((), wanted)))

    def _with_unwritten(self, rows: Iterable[Row], keys: Sequence[str]) -> Iterable[Row]:  # noqa: ARG002 — for a subclass
        """The rows of some articles, with changes that are not written yet, if a subclass knows of any."""
        return rows

    def keys(self, kind: MarkKind, label: str | None = None) -> frozenset[str]:
        """The articles that have a kind of mark.

        Args:
            kind: the kind.
            label: the tag or watch; None for any.
        """
        condition, values = ("", [kind.value]) if label is None else (" AND label = ?", [kind.value, label])
        if kind in _CHOSEN:
            condition += f" AND {schema.CHOSEN}"
        sql = f"SELECT key FROM marks WHERE kind = ? AND value IS NOT NULL{condition}"  # noqa: S608 — bound
        return self._file.read(lambda connection: frozenset(row[0] for row in connection.execute(sql, values)), _NONE)

    def read_keys(self, check_cancelled: Callable[[], None] = lambda: None) -> Iterator[str]:
        """The articles that are read, sorted by key. They may be very many, and so are not all in memory at once.

        Args:
            check_cancelled: called now and then; it may raise an error to end this.
        """
        last = ""

        def work(connection: sqlite3.Connection) -> list[str]:
            return [row[0] for row in connection.execute(_READ_FROM, (last, _PORTION))]

        nothing: list[str] = []
        while portion := self._file.read(work, nothing):
            yield from portion
            check_cancelled()
            last = portion[-1]

    def decided(self, keys: Iterable[str], kind: MarkKind, label: str = "") -> frozenset[str]:
        """Those of some articles that were ever given a mark, even if it was taken off since."""
        wanted = list(keys)

        def work(connection: sqlite3.Connection) -> frozenset[str]:
            return frozenset(
                row[0]
                for some in batches(wanted)
                for row in connection.execute(
                    f"SELECT key FROM marks WHERE key IN ({_EACH}) AND kind = ? AND label = ?",  # noqa: S608 — constant
                    (in_order(some), kind.value, label),
                )
            )

        return self._file.read(work, _NONE)

    def tags(self) -> dict[str, int]:
        """All tags with how many articles have each, the most used first."""
        sql = f"""SELECT label, count(*) FROM marks WHERE kind = 'tag' AND value IS NOT NULL AND {schema.CHOSEN}
            GROUP BY label ORDER BY count(*) DESC, label"""  # noqa: S608 — constant
        return self._file.read(lambda connection: dict(connection.execute(sql).fetchall()), {})

    def watches(self) -> dict[str, frozenset[str]]:
        """All watches by name, with the articles that were on the event when each was set up."""

        def work(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
            found: dict[str, set[str]] = {}
            for label, key in connection.execute(
                f"SELECT label, key FROM marks WHERE kind = 'watched' AND value IS NOT NULL AND {schema.CHOSEN}"  # noqa: S608
            ):
                found.setdefault(label, set()).add(key)
            return {label: frozenset(keys) for label, keys in found.items()}

        return self._file.read(work, {})

    def set(
        self, keys: Iterable[str], kind: MarkKind, value: MarkValue, label: str = "", *, by_itself: bool = False
    ) -> Change:
        """Mark articles, or take marks off, in one transaction, which is on the disk when this returns.

        Args:
            keys: the articles.
            kind: the kind of mark.
            value: True or False; for a note its text, empty for none; for `SEEN` and `KNOWN` an aware time or None.
            label: the tag, or the name of the watch: any text, such as the key of the event's first article.
            by_itself: whether nobody decided it, as when a story counts as read since it stayed on the screen.

        Returns:
            What has changed. `undo` can take it back, unless it was `by_itself` or is a time.

        Raises:
            MarksError: nothing was changed: the file cannot be written, or a text is too long.
        """
        name, text = check_label(kind, label), kept(kind, value)
        wanted = {Wanted(name, text): sorted(set(map(check_key, keys)))}
        return self._change(Change(kind, (), (name,) if name else (), value), wanted, by_itself=by_itself)

    def set_tags(self, keys: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()) -> Change:
        """Give articles some tags and take others off, as one change. A tag in both is given.

        Raises:
            MarksError: as `set`.
        """
        flags = dict.fromkeys((check_label(MarkKind.TAG, label) for label in remove), None) | dict.fromkeys(
            (check_label(MarkKind.TAG, label) for label in add), "1"
        )
        articles = sorted(set(map(check_key, keys)))
        wanted = dict.fromkeys(map(Wanted._make, flags.items()), articles)
        return self._change(Change(MarkKind.TAG, (), tuple(flags)), wanted)

    def _change(self, intent: Change, wanted: Mapping[Wanted, Sequence[str]], *, by_itself: bool = False) -> Change:
        if not any(wanted.values()):
            return intent
        change = self._file.write(
            lambda connection: apply(connection, intent, wanted, to_ms(self._now()), by_itself=by_itself)
        )
        if change.keys:
            self._file.count_change()
            if intent.kind not in TIMES and not by_itself:
                self.undone.clear()
        return change

    @property
    def last_change(self) -> LastChange | None:
        """The change that `undo` takes back next, if anything of it is left; None where there is none."""
        return self._file.read(last_change, None)

    def undo(self, only: int | None = None) -> Change | None:
        """Take back the last change that is not taken back yet.

        Changes by all copies of the program count, also those before a restart. Every mark becomes exactly what it was,
        unless the marks were exported meanwhile: then it gets its former value with a new time, so that other machines
        learn of it. What an import has changed since stays.

        Args:
            only: the time, as in `last_change`, of the only change that may be taken back; None for the last one.

        Returns:
            What was taken back; None where there is nothing, or only changes that are too long ago.

        Raises:
            MarksError: nothing was changed: the file cannot be written. Or what is remembered of the change cannot be
                read; it is forgotten, so that the next call goes on with the change before it.
        """
        if self.last_change is None:
            return None
        taken = self._file.write(lambda connection: take_back(connection, to_ms(self._now()), only))
        self._file.count_change()
        if not taken.is_readable:
            raise MarksError(f"the last change cannot be taken back, its record is damaged: {self.path}")
        if taken.change is not None:
            self.undone = last_within([*self.undone, Undone.of(taken.change, taken.given)])
        return taken.change

    def redo(self) -> Change | None:
        """Do again what `undo` took back last; None where there is nothing to do again.

        There is nothing any more after another change, or when the program has been started anew.

        Raises:
            MarksError: nothing was changed: the file cannot be written.
        """
        while self.undone:
            *others, last = self.undone
            change = self._change(last.change, last.wanted)
            self.undone = others
            if change.keys:
                return change
        return None

    def do_again(self, intent: Change, wanted: Mapping[Wanted, Sequence[str]], *, by_itself: bool = False) -> Change:
        """Make a change that was taken back by another process, or left to this one to be made.

        Args:
            intent: the change, without its keys.
            wanted: what it gives to which articles.
            by_itself: as in `set`.

        Raises:
            MarksError: nothing was changed: the file cannot be written.
        """
        return self._change(intent, wanted, by_itself=by_itself)

    def forget(self, undone: Undone) -> None:
        """Take a change off `undone`, as another process has done it again."""
        self.undone = [other for other in self.undone if other is not undone]

    def new_since(self, keys: Iterable[str]) -> int:
        """How many articles have come to an event since it was last looked at; 0 if it never was.

        Args:
            keys: all articles on the event. Those that have been read are not new.
        """
        wanted = set(keys)
        marks = self.of(wanted)
        if not any(mark.known for mark in marks.values()):
            return 0
        return sum(mark.known is None and mark.seen is None for mark in (marks.get(key, NO_MARKS) for key in wanted))

    def export(self) -> dict[str, Any]:
        """All marks, in the form of `exchange`. The file notes that other machines may have them from now on."""
        from reader.library.marks.exchange import exported

        kept = self._file.read(all_rows, AllRows([], is_handed_out=True))
        rows = kept.rows
        if not kept.is_handed_out:
            with suppress(MarksError):  # if the note cannot be written, an export is better than none
                rows = self._file.write(hand_out)
        return exported(rows)

    def import_(self, data: object) -> int:
        """Take in what `export` gave on this or another machine; of two changes of a mark the later holds.

        Returns:
            How many marks have changed.

        Raises:
            MarksError: nothing was changed: the data is not of this form or dated more than a year ahead, or the file
                cannot be written.
        """
        from reader.library.marks.exchange import imported

        rows = imported(data)
        ahead = to_ms(self._now() + _AHEAD)
        latest = max((row.changed_ms for row in rows), default=0)

        def work(connection: sqlite3.Connection) -> int:
            if latest > max(fact(connection, "clock"), ahead):
                when = from_ms(latest).date()
                raise MarksError(f"these marks are dated {when}; is the clock right, here and where they come from?")
            return merge(connection, rows, latest)

        changed = self._file.write(work) if rows else 0
        if changed:
            self._file.count_change()
        return changed

    def check(self) -> None:
        """Check the whole file, and mend it if it is damaged: see `note`. It takes a second for a million marks.

        Raises:
            MarksError: it cannot be mended.
        """

        def work(connection: sqlite3.Connection) -> None:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok":
                raise schema.DamagedError(found)

        self._file.read(work, None)
