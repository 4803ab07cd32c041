"""Marks that could not be written yet: kept in memory, and tried again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.base.errors import MarksUnwrittenError

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.marks.marks import Change, Marks

MOST_LINES = 20
"""How many lost marks are listed one by one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A change of the marks that makes sense whatever they are: so it can be written at any later time.

    Attributes:
        name: its identity: the same wish made twice has the same name.
        does: what it does, in a word, such as `starred`.
        stories: ids of the stories it is for.
        write: sets the marks.
    """

    name: Hashable
    does: str
    stories: Sequence[int]
    write: Callable[[Marks], Change]


class Pending:
    """The wishes that could not be written yet, in order. One thread uses them; others may only ask for their number.

    Attributes:
        reason: why the last one could not be written.
    """

    def __init__(self) -> None:
        self.reason = ""
        self._wishes: dict[Hashable, tuple[Wish, str]] = {}

    def __len__(self) -> int:
        return len(self._wishes)

    def grant(self, wish: Wish, marks: Marks, index: Index) -> Change:
        """Write the pending wishes, and then a new one; where that fails, the new one is pending as well.

        Raises:
            MarksUnwrittenError: it is pending.
            MarksError: the wish can never be granted.
        """
        try:
            self.write(marks, but=wish.name)
            change = wish.write(marks)
        except MarksUnwrittenError as error:
            self.reason = str(error)
            self._wishes.setdefault(wish.name, (wish, _titles(wish.stories, index)))
            raise
        self._wishes.pop(wish.name, None)
        return change

    def write(self, marks: Marks, *, but: Hashable = None) -> None:
        """Write the pending wishes, except the one named `but`, which has just been made again.

        Raises:
            MarksUnwrittenError: what is left is still pending.
        """
        for name, (wish, _) in list(self._wishes.items()):
            if name != but:
                wish.write(marks)
                del self._wishes[name]

    def drop_last(self) -> bool:
        """Forget the last wish; says whether there was any."""
        if self._wishes:
            self._wishes.popitem()
            return True
        return False

    def lines(self) -> list[str]:
        """The pending wishes as lines for a person, one for each."""
        lines = [f"{wish.does}: {titles}" for wish, titles in self._wishes.values()]
        more = len(lines) - MOST_LINES
        return lines if more <= 0 else [*lines[:MOST_LINES], f"and {more:,} more"]


def _titles(stories: Sequence[int], index: Index) -> str:
    rows = index.rows(stories[:3])
    titles: Iterable[str] = (row.title for row in rows.values())
    more = len(stories) - 3
    return ", ".join(titles) + (f" and {more:,} more" if more > 0 else "")
