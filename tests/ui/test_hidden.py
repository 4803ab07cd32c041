"""Stories that are tagged as hidden: listed only where they are asked for, and counted apart."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.marks.marks import MarkKind, Marks
from reader.ui.widgets.bars import HeaderBar, TopicBar
from support import MakeApp, press, settle

if TYPE_CHECKING:
    from conftest import WriteStory


async def test_hidden_stories_are_counted_apart(make_app: MakeApp, write_story: WriteStory, tmp_path: Path) -> None:
    for day, title in enumerate(("Ferry", "Harbour", "Advertisement", "Market"), 1):
        write_story(
            tmp_path / "news", f"{day}.md", title=title, url=f"https://x.example/{day}", published=f"2026-02-{day:02}"
        )
    with Marks(tmp_path / "data" / "marks.sqlite3", lambda: datetime(2026, 3, 1, tzinfo=UTC)) as marks:
        marks.set(["https://x.example/3"], MarkKind.TAG, True, "hidden")
        marks.set(["https://x.example/4"], MarkKind.READ, True)
    app = make_app(tmp_path / "news")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert len(screen.stories.ids) == 3
        assert "3 stories · 2 unread · 1 hidden" in screen.query_one(HeaderBar).render_line(0).text
        assert "newest first · all stories" in screen.query_one(TopicBar).render_line(0).text
        screen = await press(pilot, "a")
        assert "unread · 2 of 3" in screen.query_one(TopicBar).render_line(0).text
        screen = await press(pilot, "a", "a", "slash", *"is:hidden", "enter")
        assert len(screen.stories.ids) == 1
        assert "“is:hidden” · 1 of 4" in screen.query_one(TopicBar).render_line(0).text
