"""Dialogs in which one types to narrow a list: letters are compared as everywhere else, without case and accents."""

from __future__ import annotations

import pytest

from reader.library.index.rows import TopicCount
from reader.settings.config import ShareTarget
from reader.ui.dialogs.listing.topic_picker import TopicPicker
from reader.ui.dialogs.story.share import ShareDialog

NAMES = ("Straße", "Decaf", "Café")


@pytest.mark.parametrize(("typed", "found"), [("cafe", ["Café"]), ("CAF", ["Café", "Decaf"]), ("strasse", ["Straße"])])
def test_topics_those_that_begin_with_the_letters_first(typed: str, found: list[str]) -> None:
    picker = TopicPicker([TopicCount(name, 1) for name in NAMES], frozenset())
    assert [name for name, _ in picker.choices(typed)] == found


def test_share_targets_are_narrowed_without_accents() -> None:
    dialog = ShareDialog([ShareTarget(name, ("true",)) for name in NAMES])
    assert [number for number, _ in dialog.choices("cafe")] == ["2"]
