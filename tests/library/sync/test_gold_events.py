"""The events that the index finds beside those that people made by reading."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from library.conftest import OpenLibrary


@pytest.fixture
def score(shared: Path) -> ModuleType:
    """The program that compares events, as it lies beside what people decided."""
    file = shared / "gold" / "score.py"
    if not file.exists():
        pytest.skip("there is nothing here that people decided by reading")
    spec = importlib.util.spec_from_file_location("score", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("first", [3, pytest.param(0, marks=pytest.mark.long)], ids=["a quarter", "all"])
def test_events_are_those_that_people_make(
    score: ModuleType, shared: Path, tmp_path: Path, open_library: OpenLibrary, first: int
) -> None:
    neighbourhoods: list[dict[str, Any]] = score.load(shared / "gold" / "events-dev.json")[first :: first + 1]
    score.write_library(tmp_path, neighbourhoods)
    library = open_library(tmp_path)
    event_of = dict(library.index.connection.execute("SELECT url, event FROM articles WHERE event IS NOT NULL"))
    figures = score.compare(neighbourhoods, lambda _, article: event_of.get(article["url"]))
    assert figures["pairs F1"] >= 0.9
    assert figures["event F1, gold side"] >= 0.9
    assert figures["event F1, found side"] >= 0.9
