"""The stories jumped from, as a browser keeps its pages."""

from __future__ import annotations

from reader.ui.parts.story.history import History


def test_back_and_forward() -> None:
    history = History()
    assert history.back(1) is None
    history.leave(1)
    history.leave(2)
    assert history.back(3) == 2
    assert history.back(2) == 1
    assert history.back(1) is None
    assert history.forward(1) == 2
    assert history.forward(2) == 3
    assert history.forward(3) is None


def test_who_goes_elsewhere_leaves_nothing_ahead() -> None:
    history = History()
    history.leave(1)
    assert history.back(2) == 1
    history.leave(1)
    assert history.forward(5) is None
    assert history.back(5) == 1


def test_the_story_that_is_shown_is_no_step() -> None:
    history = History()
    for story in (1, 1, 2):
        history.leave(story)
    assert history.back(2) == 1
    assert history.back(None) is None


def test_only_so_many_are_kept() -> None:
    history = History(longest=2)
    for story in (1, 2, 3):
        history.leave(story)
    assert [history.back(None) for _ in range(3)] == [3, 2, None]
