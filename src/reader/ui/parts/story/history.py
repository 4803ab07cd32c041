"""The stories from which the person jumped to others, as a browser keeps its pages."""

from __future__ import annotations


class History:
    """The stories behind the one that is shown, and those ahead of it.

    Args:
        longest: how many are kept behind.
    """

    def __init__(self, longest: int = 200) -> None:
        self._longest = longest
        self._behind: list[int] = []
        self._ahead: list[int] = []

    def leave(self, story: int) -> None:
        """Leave a story for another: it is behind now, and nothing is ahead."""
        if not self._behind or self._behind[-1] != story:
            self._behind.append(story)
            del self._behind[: -self._longest]
        self._ahead.clear()

    def back(self, now: int | None) -> int | None:
        """Go back: gives the story before, None where there is none. `now`, the one that is shown, is ahead then."""
        return self._step(self._behind, self._ahead, now)

    def forward(self, now: int | None) -> int | None:
        """Go forward: gives the story that was left by `back`, None where there is none. `now` is behind then."""
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
