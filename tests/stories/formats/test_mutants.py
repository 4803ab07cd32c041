"""Whatever a file of another tool holds: it is read alike in every way, and its texts are safe.

`pytest -m long` looks at many more of them.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from hostile.fuzzing import read_alone
from hostile.mutants import mutant
from reader.stories.errors import StoryError
from reader.stories.model import Story
from reader.stories.sections import EntryMemory
from stories.formats import test_readers, test_sites

GROUPS = (
    *(
        test_readers.CLIPPINGS,
        test_readers.BULLETTY,
        test_readers.OMNIVORE,
        test_readers.READWISE,
        test_readers.MINIFLUX,
    ),
    *(test_sites.HUGO, test_sites.ZOLA, test_sites.JEKYLL, test_sites.ELEVENTY, test_sites.ANYONES),
)
TEXTS = [case.text.partition("\n") for cases in GROUPS for case in cases]
ORIGINALS = [dedent(text).encode() for _, _, text in TEXTS]
PATHS = [Path(name) for name, _, _ in TEXTS]


def read_mutants(count: int, seed: int) -> tuple[int, int]:
    """Read so many mutants, each under the name of a file of a tool; says how many were stories and were refused."""
    memory = EntryMemory(most=500)
    read = [read_alone(mutant(number, seed, ORIGINALS), PATHS[number % len(PATHS)], memory) for number in range(count)]
    return sum(isinstance(one, Story) for one in read), sum(isinstance(one, StoryError) for one in read)


def test_mutants_of_other_tools_files_are_read_alike_in_every_way() -> None:
    stories, refused = read_mutants(400, seed=1)
    assert min(stories, refused) > 20


@pytest.mark.long
def test_many_mutants_of_other_tools_files_are_read_alike_in_every_way() -> None:
    stories, refused = read_mutants(20_000, seed=2)
    assert min(stories, refused) > 1_000
