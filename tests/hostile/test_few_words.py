"""Libraries in which everything is like everything: each article is compared with some, however many there are."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples import thinned
from library.packed import bonds_told, nearest_told
from reader.library.library import Library
from reader.library.sync.bonds.nearest import MOST

if TYPE_CHECKING:
    from conftest import WriteStory

STORIES = 150
WORDS = ["ferry", "bridge", "glacier", "town", "volcano", "comet", "opera", "strike", "whale", "harbour", "storm"]


def headline(chance: random.Random, kind: str) -> str:
    """A headline of few words, or the one that all have."""
    return " ".join(chance.choices(WORDS, k=6)) if kind == "few words" else "Ferry hits old bridge below glacier"


@pytest.mark.parametrize("kind", thinned(["few words", "one headline"], every=2))
def test_an_article_is_bound_to_some_of_many(tmp_path: Path, write_story: WriteStory, kind: str) -> None:
    chance = random.Random(1)
    for number in range(STORIES):
        write_story(
            tmp_path / "stories",
            f"{number}.md",
            title=headline(chance, kind),
            excerpt=" ".join(chance.choices(WORDS, k=20)),
            url=f"https://o{number % 40}.example/{number}",
            domain=f"o{number % 40}.example",
            published=f"2026-11-{1 + number % 2:02}T{chance.randrange(24):02}:00:00Z",
        )
    with closing(Library(tmp_path / "stories", tmp_path / "cache", in_process=True)) as library:
        library.sync()
        bonds = bonds_told(library.index.connection)
        crowded = Counter(article for article, _, _ in nearest_told(library.index.connection))
    assert STORIES * 4 < len(bonds) <= STORIES * MOST < STORIES * STORIES / 4
    assert len(crowded) > STORIES * 0.9
    assert {*crowded.values()} == {MOST}
