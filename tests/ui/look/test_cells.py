"""Text broken into lines, as strangers write it."""

from __future__ import annotations

import time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from examples import thinned
from hostile.worst import SECONDS
from reader.base.text import clean
from reader.ui.look.cells import lines_of, words

TEXTS = st.text(st.sampled_from("a b漢e\u0301ßé-. \n"), max_size=200)


@given(TEXTS, st.integers(1, 30))
def test_no_line_is_wider_than_the_width_and_nothing_is_lost(text: str, width: int) -> None:
    text = clean(text)
    lines = words(text, width)
    assert all(cell_len(line) <= max(width, 2) for line in lines)  # a wide sign takes two
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("unit", thinned(["a", "漢", "e\u0301", "a ", "漢a", "ab\n", " ", "\u0301"], every=2))
def test_a_million_characters_are_broken_at_once_and_no_more_than_is_asked_for(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begun = time.process_time()
    lines = list(islice(lines_of(text, 88), 3_000))
    assert time.process_time() - begun < SECONDS
    assert lines
