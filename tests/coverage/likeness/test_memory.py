from __future__ import annotations

import pytest

from reader.coverage.likeness import memory
from reader.coverage.likeness.memory import LONGEST, Memory


def test_what_was_found_is_found_once_and_forgotten_when_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Memory(length)
    assert list(map(known.__getitem__, ["ferry", "fog", "ferry", "bridge", "ferry"])) == [5, 3, 5, 6, 5]
    assert asked == ["ferry", "fog", "bridge", "ferry"]
    assert len(known) == 2


def test_what_is_too_long_for_a_word_is_not_kept() -> None:
    known = Memory(len)
    assert known["x" * LONGEST] == LONGEST
    assert known["x" * (LONGEST + 1)] == LONGEST + 1
    assert list(known) == ["x" * LONGEST]
