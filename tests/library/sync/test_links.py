"""Links out of the library: followed by a setting alone, and told of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.folder.scan import LEAVES
from reader.library.library import Library
from reader.stories.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from conftest import WriteStory

FOLLOWING = DEFAULT_LIMITS._replace(follow_links=True)


@pytest.mark.parametrize("in_process", [True, False])
def test_links_out_of_the_library_are_told_and_come_and_go_with_the_setting(
    tmp_path: Path, write_story: WriteStory, in_process: bool
) -> None:
    write_story(tmp_path / "n", "a.md")
    write_story(tmp_path / "elsewhere", "b.md", title="Secret")
    (tmp_path / "n" / "all").symlink_to(tmp_path / "elsewhere")
    for limits, stories, told in (
        (DEFAULT_LIMITS, 1, [("all", LEAVES, True)]),
        (FOLLOWING, 2, []),
        (FOLLOWING, 2, []),
        (DEFAULT_LIMITS, 1, [("all", LEAVES, True)]),
        (DEFAULT_LIMITS, 1, [("all", LEAVES, True)]),
    ):
        with Library(tmp_path / "n", tmp_path / "cache", in_process=in_process, limits=limits) as library:
            library.sync()
            assert len(library.index.ids()) == stories
            assert [(problem.path, problem.reason, problem.unread) for problem in library.index.problems()] == told


def test_a_glance_does_not_take_the_one_for_the_other(
    tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.folder.memory.LARGE", 1)
    monkeypatch.setattr("reader.library.folder.memory.CLOCK_NS", 0)
    write_story(tmp_path / "n", "a.md")
    write_story(tmp_path / "elsewhere", "b.md")
    (tmp_path / "n" / "all").symlink_to(tmp_path / "elsewhere")
    for limits, stories in ((FOLLOWING, 2), (DEFAULT_LIMITS, 1)):
        with Library(tmp_path / "n", tmp_path / "cache", in_process=True, limits=limits) as library:
            library.sync(glance=True)
            assert len(library.index.ids()) == stories
