"""What the tests of other tools' files share: a folder is written, and a file of it read, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from reader.stories.errors import PassedOverStoryError
from reader.stories.files import read_story
from reader.stories.model import Story

Told = Callable[[str, Mapping[str, str]], dict[str, Any]]


def fields_of(story: Story) -> dict[str, Any]:
    """What a story says, by the names that the tables have; what it says nothing of is left out."""
    told = {
        "format": story.format,
        "title": story.title,
        "when": story.published.isoformat() if story.published else "",
        "outlet": tuple(filter(None, (story.provider.name, story.provider.domain))),
        "topics": list(story.topics),
        "authors": list(story.authors),
        "url": story.url,
        "images": [image.url for image in story.images],
        "excerpt": story.excerpt,
        "category": story.category,
        "body": story.body,
        "extra": dict(story.extra),
        "flaws": [f"{flaw.line}: {flaw.reason}" for flaw in story.flaws],
    }
    return {name: value for name, value in told.items() if value}


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Write files, and tell what the first of them is: its fields, why it is passed over, or nothing."""

    def tell(text: str, others: Mapping[str, str]) -> dict[str, Any]:
        name, _, content = text.partition("\n")
        for path, inside in {name: dedent(content), **others}.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(inside, encoding="utf-8")
        try:
            story = read_story(tmp_path / name)
        except PassedOverStoryError as error:
            return {"passed over": error.reason}
        return {} if story is None else fields_of(story)

    return tell
