"""What the child says, and what its parent hears."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reader.base.errors import (
    IndexBusyError,
    IndexReplacedError,
    IndexUnwritableError,
    LibraryError,
    LibraryIndexError,
    ReaderError,
)
from reader.library.sync.progress import Progress, Report
from reader.library.sync.wire import SyncChild, progress_line, report_line, report_of, trouble_line
from reader.stories.limits import DEFAULT_LIMITS

REPORT = Report(files=3, read=2, removed=1, bytes=40, seconds=0.5, changed=True)


def test_the_parent_hears_what_the_child_says() -> None:
    steps = [Progress(1, 2, 10, 20), Progress(2, 2, 20, 20)]
    heard: list[Progress] = []
    assert report_of([*map(progress_line, steps), report_line(REPORT)], heard.append) == REPORT
    assert heard == steps


@pytest.mark.parametrize("trouble", [LibraryError, LibraryIndexError, IndexBusyError, IndexUnwritableError])
def test_a_trouble_keeps_its_kind_and_its_words(trouble: type[ReaderError]) -> None:
    with pytest.raises(trouble, match="the disk is full") as caught:
        report_of([trouble_line(trouble("the disk is full"))], lambda _: None)
    assert type(caught.value) is trouble


def test_a_trouble_without_a_name_of_its_own_is_one_of_the_library() -> None:
    with pytest.raises(LibraryError, match="taken away") as caught:
        report_of([trouble_line(IndexReplacedError("taken away"))], lambda _: None)
    assert type(caught.value) is LibraryError


def test_other_lines_are_passed_over() -> None:
    said = ["a warning\n", "5\n", "[1]\n", '{"later": 1}\n', report_line(REPORT)]
    assert report_of(said, lambda _: None) == REPORT
    assert report_of(said[:-1], lambda _: None) is None


def test_a_system_that_has_no_process_left_is_a_trouble_of_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr("subprocess.Popen", fail)
    with pytest.raises(LibraryError, match="cannot begin: Resource temporarily unavailable"):
        SyncChild().sync(tmp_path / "index.sqlite3", tmp_path, DEFAULT_LIMITS, lambda _: None)
