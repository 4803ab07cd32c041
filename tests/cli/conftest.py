"""A small library for the tests of the commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import WriteStory


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Three stories, two of which are linked, and one article on the web."""
    folder = tmp_path / "news"
    kites = {"title": "Kites over the bay", "url": "https://web.example/kites", "provider": "Web Weekly"}
    write_story(
        folder, "kite.md", title="Kite festival opens", published="2021-05-06T07:08:00Z", provider="The Bay",
        domain="bay.example", url="https://bay.example/kite", topics=["Wind", "Bay Area"], quality=10,
        excerpt="Hundreds of kites.", related=[{**kites, "published": "2021-05-06T06:00:00Z"}],
    )  # fmt: skip
    write_story(
        folder, "in/rain.md", title="Rain ends kite festival", published="2021-05-07", provider="Daily Rain",
        domain="rain.example", url="https://rain.example/1", topics=["Rain", "Wind"], quality=90, body="It *rained*.",
        related=[{"title": "The opening", "url": "https://www.bay.example/kite/"}],
    )  # fmt: skip
    write_story(folder, "plain.md", title="A plain note")
    return folder


@pytest.fixture
def empty_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual library, without a story."""
    folder = tmp_path / "news"
    folder.mkdir()
    monkeypatch.setenv("READER_LIBRARY", str(folder))
    return folder
