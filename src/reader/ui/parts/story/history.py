"""The stories jumped from, as a browser keeps its pages."""

from __future__ import annotations


class History:
    """A line of story ids with a place on it.

    Args:
        longest: how many are kept.
    """

    def __init__(self, longest: int = 200) -> None:
        self._longest = longest
        self._behind: list[int] = []
        self._ahead: list[int] = []

    def leave(self, story: int) -> None:
        """Go on from a story to another: it is behind now, and nothing is ahead."""
        if not self._behind or self._behind[-1] != story:
            self._behind.append(story)
            del self._behind[: -self._longest]
        self._ahead.clear()

    def back(self, now: int | None) -> int | None:
        """The story before; `now` is ahead from then on. None where there is none."""
        return self._step(self._behind, self._ahead, now)

    def forward(self, now: int | None) -> int | None:
        """The story that `back` was left from. None where there is none."""
        return self._step(self._ahead, self._behind, now)

    @staticmethod
    def _step(source: list[int], target: list[int], now: int | None) -> int | None:
        while source:
            story = source.pop()
            if story != now:
                if now is not None:
                    target.append(now)
                return story
        return None
