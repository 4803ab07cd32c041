"""Keys of TOML with too many parts, however they are written, found in a time that grows with the text alone."""

from __future__ import annotations

import time

import pytest

from examples import thinned
from hostile.worst import SECONDS
from reader.base.toml_keys import long_key


@pytest.mark.parametrize("part", ["a.", '"a" . ', "'a'.", '"\\"".', '"\\\\".', "'\"'.", '"a.b".', '"".'])
def test_a_key_past_the_bound_is_found_with_its_line(part: str) -> None:
    assert long_key(f"x = 1\n[{part * 51}a]", 50) == 1
    assert long_key(f"x = 1\n{part * 49}a = 1", 50) is None


@pytest.mark.parametrize(
    "unit",
    thinned(['"a" . ' * 40 + '" ', "a.", "a", '"', "'", '"\\', '"\\"', '"\\\\', "a-", ". .", "a" + " " * 99], every=5),
)
def test_no_text_takes_long(unit: str) -> None:
    begun = time.process_time()
    long_key(unit * (300_000 // len(unit)), 50)
    assert time.process_time() - begun < SECONDS
