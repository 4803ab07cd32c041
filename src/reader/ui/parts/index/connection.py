"""The connection of one thread to the index, opened for the first question: the first page goes without."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.library import Library


class Connection:
    """A connection to a library's index, beside the library's own.

    Args:
        library: the library.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The index; it is opened where it is not yet, as by `open`."""
        return self.open() if self._index is None else self._index

    def open(self) -> Index:
        """Open the index.

        Raises:
            LibraryIndexError: it cannot be opened.
        """
        self._index = self.library.another_index()
        return self._index

    # Where it was not opened, there is nothing to do for these.

    def cancel(self, question: object = None) -> None:
        """As `Index.cancel`."""
        if self._index is not None:
            self._index.cancel(question)

    def shrink(self) -> None:
        """As `Index.shrink`."""
        if self._index is not None:
            self._index.shrink()

    def close(self) -> None:
        """Close it."""
        if self._index is not None:
            self._index.close()
