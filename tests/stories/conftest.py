"""What the tests of stories share: making a story of a few lines of front matter."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from reader.stories.files import parse_story
from reader.stories.model import Story


class StoryOf(Protocol):
    """Makes a story of the text of its front matter."""

    def __call__(self, header: str, body: str = "", name: str = "a-file.md") -> Story: ...


@pytest.fixture(scope="session")
def story_of() -> StoryOf:
    """Read a front matter as a file of its own."""

    def make(header: str, body: str = "", name: str = "a-file.md") -> Story:
        story = parse_story(f"---\n{header}\n---\n{body}".encode(), Path(name))
        assert story is not None
        return story

    return make
