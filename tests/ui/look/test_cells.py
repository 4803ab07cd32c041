"""Text broken into lines, as strangers write it."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from examples import thinned
from hostile.worst import SECONDS
from reader.base.text import clean
from reader.ui.dialogs.story.save import written_in_words
from reader.ui.look.cells import cut_within, lines_of, words

TEXTS = st.text(st.sampled_from("a b漢e\u0301ßé-. \n"), max_size=200)


@given(TEXTS, st.integers(1, 30))
def test_no_line_is_wider_than_the_width_and_nothing_is_lost(text: str, width: int) -> None:
    text = clean(text)
    lines = words(text, width)
    assert all(cell_len(line) <= max(width, 2) for line in lines)  # a wide sign takes two
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("unit", thinned(["a", "漢", "e\u0301", "a ", "漢a", "ab\n", " ", "\u0301"], every=4))
def test_a_million_characters_are_broken_at_once_and_no_more_than_is_asked_for(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begun = time.process_time()
    lines = list(islice(lines_of(text, 88), 3_000))
    assert time.process_time() - begun < SECONDS
    assert lines


@given(TEXTS.filter(str.isprintable), st.integers(3, 30))
def test_of_a_name_that_is_cut_beginning_and_end_stay(text: str, width: int) -> None:
    name = cut_within(text, width)
    assert cell_len(name) <= max(width, cell_len(text) if name == text else 0)
    if name != text:
        begin, _, end = name.partition("…")
        assert text.startswith(begin)
        assert text.endswith(end)


def test_a_file_that_was_written_is_told_by_its_name_first() -> None:
    file = Path("/a/very/long/folder/of/news/metropolitan-police-flip-the-switch-smile-2.md")
    assert written_in_words("Story saved", file, 80) == f"Story saved: {file.name} · in {file.parent}"
    told = written_in_words("Story saved", file, 40)
    assert told == f"Story saved: metropolitan-po…ile-2.md · in {file.parent}"
    assert len(told.partition(" · ")[0] + "…") == 40 - 2, "between spaces"
