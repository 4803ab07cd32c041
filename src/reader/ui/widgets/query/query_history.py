"""The queries that were searched for before, through which the search line goes back and forth."""

from __future__ import annotations

from collections.abc import Iterable

from reader.base.text import clean


class QueryHistory:
    """Remembers queries, and walks through them. The earlier ones are only looked at when that begins.

    Args:
        before: queries of earlier starts, the last one last.
    """

    def __init__(self, before: Iterable[str] = ()) -> None:
        self._before = before
        self._walked: list[str] = []
        self._at = 0
        self.new: tuple[str, ...] = ()
        """The queries of this session, the last one last."""

    def keep(self, text: str) -> None:
        """Remember a query as the last one."""
        from reader.settings.place import merged

        self._walked = []
        if text.strip():
            self.new = merged(self.new, (text.strip(),))

    @property
    def is_walked(self) -> bool:
        """Whether the walk is at an earlier query, so that there are later ones."""
        return bool(self._walked) and self._at < len(self._walked) - 1

    def earlier(self, text: str) -> str:
        """The query before the one in the line. What is in the line now is not lost: `later` leads back to it."""
        if not self._walked or text != self._walked[self._at]:
            self._begin(text)
        self._at = max(self._at - 1, 0)
        return self._walked[self._at]

    def later(self, text: str) -> str | None:
        """The query after the one in the line; None where there is none, or the line was changed meanwhile."""
        if not self.is_walked or text != self._walked[self._at]:
            return None
        self._at += 1
        return self._walked[self._at]

    def _begin(self, text: str) -> None:
        from reader.settings.place import merged

        past = merged(map(clean, self._before), self.new)
        self._walked = [*(one for one in past if one != text.strip()), text]
        self._at = len(self._walked) - 1
