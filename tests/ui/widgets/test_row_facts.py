"""What a row says besides its headline, and what of it outlasts a lack of room."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from reader.library.index.rows import StoryRow
from reader.library.marks.snapshot import Snapshot
from reader.ui.widgets.stories.facts import RowFacts
from reader.ui.widgets.stories.rows import Rows

WHEN = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (60, "Late Paper · yesterday · 4 outlets · 1 new · later · watched"),
        (44, "Late Pa… · yesterday · 4 · 1 new · later ·…"),
        (36, "Late Pa… · yesterday · 4 · 1 new ·…"),
    ],
)
def test_what_is_new_outlasts_what_the_person_did(room: int, told: str) -> None:
    facts = RowFacts(Rows(), cast(Any, None), lambda: WHEN.replace(day=29), UTC)
    facts.marks, facts.new = Snapshot(watched={1}, later={1}), {1: 1}
    row = StoryRow(1, "Strike", "Late Paper", WHEN, 4, "article", None, 3, 0, 0)
    assert facts.of_story(row, room) == told
