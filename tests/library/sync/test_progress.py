"""How long a sync still takes."""

from __future__ import annotations

import pytest

from reader.library.sync.progress import Pace, Progress, in_words


def test_the_time_left_follows_the_pace() -> None:
    pace = Pace()
    assert pace.seconds_left(Progress(1, 10, 100, 1_000), 50.0) is None
    assert pace.seconds_left(Progress(2, 10, 200, 1_000), 50.5) is None, "half a second tells little"
    assert pace.seconds_left(Progress(5, 10, 500, 1_000), 54.0) == pytest.approx(5.0)
    assert pace.seconds_left(Progress(10, 10, 1_000, 1_000), 60.0) == 0


def test_each_pass_has_its_own_pace() -> None:
    pace = Pace()
    pace.seconds_left(Progress(1, 10, 100, 1_000), 0.0)
    pace.seconds_left(Progress(10, 10, 1_000, 1_000), 9.0)
    assert pace.seconds_left(Progress(1, 10, 100, 1_000), 10.0) is None
    assert pace.seconds_left(Progress(2, 10, 200, 1_000), 20.0) == pytest.approx(80.0)


def test_what_follows_the_reading_is_told_as_well() -> None:
    pace, read = Pace(), Progress(10, 10, 1_000_000, 1_000_000)
    assert in_words(read, None) == "reading 10 of 10 files · 1.0 of 1.0 MB"
    assert pace.seconds_left(read._replace(steps=100, of_steps=1_000), 0.0) is None
    later = read._replace(steps=300, of_steps=1_100)  # how much it is altogether is only estimated
    assert pace.seconds_left(later, 10.0) == pytest.approx(40.0)
    assert in_words(later, 40.0) == "finding events · 27% · 40 s left"
    assert in_words(Progress(0, 0, 0, 0), None) == ""


def test_nothing_read_tells_nothing() -> None:
    pace = Pace()
    pace.seconds_left(Progress(1, 10, 100, 1_000), 0.0)
    assert pace.seconds_left(Progress(1, 10, 100, 1_000), 30.0) is None
