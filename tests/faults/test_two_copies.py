"""Two copies at once: what one marks the other shows, also without a write-ahead log; and a short soak of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.soak import soak
from reader.outside.crash_report import CRASHED
from support import Desk


@pytest.mark.long  # the default has two screens on one file of marks, and two connections to one index
def test_what_one_copy_marks_the_other_shows_also_where_there_is_no_log(desk: Desk) -> None:
    one, other = (desk.start(str(desk.home / "lib"), READER_NO_WAL="1") for _ in range(2))
    for terminal in (one, other):
        terminal.wait_for("40 stories")
    one.send("s")
    one.wait_for("★")
    other.wait_for("★")
    assert not list(desk.home.rglob("*-wal"))
    other.send("s")
    one.wait_for(lambda text: "★" not in text)
    (desk.home / "lib" / "new.md").write_text("---\ntitle: New to both\npublishedDateTime: 2031-01-01T00:00:00Z\n---\n")
    for terminal in (one, other):
        terminal.wait_for("New to both")
        terminal.send("q")
    assert [terminal.wait_for_end() for terminal in (one, other)] == [0, 0]


@pytest.mark.long
@pytest.mark.parametrize(("seconds", "seed"), [(2, 3), (20, 4)])
def test_two_copies_take_random_keys_on_a_library_that_changes(tmp_path: Path, seconds: float, seed: int) -> None:
    outcome = soak(tmp_path, seconds, stories=40, seed=seed, every=1, pause=0.1)
    last = b"\n".join(outcome.ended).decode(errors="replace")[-2_000:]
    assert not outcome.ended, last
    assert CRASHED not in outcome.codes
    assert outcome.codes == [143, 143]
    assert not list((tmp_path / "data").glob("story-reader-crash-*"))
    assert outcome.changes > 5
    assert outcome.pressed > 30
    assert all(samples and min(samples) > 0 for samples in outcome.memory)
