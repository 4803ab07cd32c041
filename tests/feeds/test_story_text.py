"""The file of an entry is read as the entry says it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.feeds.arrivals.stories import Outlet, Telling, story_text
from reader.feeds.model import Entry
from reader.stories.files import parse_story

WHEN = datetime(2026, 11, 13, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("said", ["How to write &lt;div&gt; and &amp;amp;", "R&D; fish & chips;", "&amp;#8217; is ’"])
def test_what_names_a_character_as_pages_do_stays_as_it_is(said: str) -> None:
    telling = Telling("https://post.test/1", "", WHEN, "", Outlet(said, "post.test"), (), ())
    data = story_text(Entry("1", "https://post.test/1", title=said, excerpt=said), telling)
    story = parse_story(data, Path("a.md"))
    assert story is not None
    assert (story.title, story.excerpt, story.provider.name) == (said, said, said)
