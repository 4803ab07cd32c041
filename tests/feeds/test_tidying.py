"""Old stories of feeds are put away only where the person is done with them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.feeds.arrivals.tidying import old_stories
from reader.library.marks.marks import MarkKind, Marks
from reader.library.marks.model import LABELLED, TIMES

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
URL = "https://news.test/story/1"
PASSING = {MarkKind.READ, *TIMES}
"""What comes of reading alone."""


@pytest.mark.parametrize("kind", MarkKind)
def test_only_what_comes_of_reading_lets_a_story_be_put_away(tmp_path: Path, kind: MarkKind) -> None:
    file = tmp_path / "library/feeds/news/old.md"
    file.parent.mkdir(parents=True)
    file.write_text(
        f"---\ntitle: Old\npublishedDateTime: 2001-01-01\nwebUrl: {URL}\nfeed: https://news.test/feed\n---\n"
    )
    value = NOW if kind in TIMES else "Why." if kind is MarkKind.NOTE else True
    with Marks(tmp_path / "marks.sqlite3", lambda: NOW) as marks:
        assert old_stories(tmp_path / "library", NOW, marks) == []
        marks.set([URL], MarkKind.READ, True)
        assert [one.key for one in old_stories(tmp_path / "library", NOW, marks)] == [URL]
        marks.set([URL], kind, value, "mine" if kind in LABELLED else "")
        assert marks.of([URL])[URL].is_kept == (kind not in PASSING)
        assert bool(old_stories(tmp_path / "library", NOW, marks)) == (kind in PASSING)
