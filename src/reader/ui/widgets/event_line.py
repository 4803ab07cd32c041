"""What an event's row says, as far as there is room for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.ui.look.cells import cut

if TYPE_CHECKING:
    from reader.library.index.event_rows import EventFacts


def event_words(told: EventFacts, listed: int) -> list[tuple[int, str]]:
    """What an event's row says, in order; each with how soon it goes where room is short, the largest first.

    Args:
        told: of the event as a whole.
        listed: how many of its stories are listed.
    """
    stories = f"{listed}" if listed >= told.stories else f"{listed} of {told.stories}"
    return [
        (0, f"{told.outlets} {'outlet' if told.outlets == 1 else 'outlets'}"),
        (2, f"{told.independent} independent"),
        (1, f"{stories} stories"),
        (3, f"{told.days} {'day' if told.days == 1 else 'days'}"),
    ]


def fitting(ranked: Sequence[tuple[int, str]], room: int) -> str:
    """As many facts as have room, those of the lowest rank first; they keep their order."""
    kept: set[int] = set()
    for rank, _ in sorted(ranked):
        if cell_len(_joined(ranked, kept | {rank})) <= room:
            kept.add(rank)
    return _joined(ranked, kept) if kept else cut(ranked[0][1], room)


def _joined(ranked: Iterable[tuple[int, str]], kept: set[int]) -> str:
    return " · ".join(text for rank, text in ranked if rank in kept)
