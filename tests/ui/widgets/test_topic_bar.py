"""Which topics have room in their bar."""

from __future__ import annotations

import pytest

from reader.library.index.rows import TopicCount
from reader.ui.widgets.bars import topics_with_room

TOPICS = [TopicCount(name, 9) for name in ("Azure", "Analytics", "Containers", *"DEFGHIJK", "Lighthouses")]


@pytest.mark.parametrize(
    ("chosen", "room", "shown"),
    [
        ((), 40, " 1 Azure 9  2 Analytics 9 "),
        (("Containers",), 40, " 1 Azure 9  3 Containers 9 "),
        (("Analytics", "Containers"), 40, " 2 Analytics 9  3 Containers 9 "),
        (("Containers", "Lighthouses"), 40, " 3 Containers 9  Lighthouses 9 "),
        (("Containers", "Lighthouses"), 30, " 3 Containers 9  Light… 9 "),
        (("Containers", "Lighthouses"), 20, " 3 Containers 9 "),
        (("D", "K"), 100, " 1 Azure 9  2 Analytics 9  3 Containers 9  4 D 9  5 E 9  6 F 9  7 G 9  8 H 9  9 I 9  K 9 "),
    ],
)
def test_what_the_list_is_narrowed_by_comes_before_other_topics(chosen: tuple[str, ...], room: int, shown: str) -> None:
    placed = topics_with_room(TOPICS, frozenset(chosen), room)
    assert "".join("".join(placed[number]) for number in sorted(placed)) == shown
