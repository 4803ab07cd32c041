"""Workers that read files."""

from __future__ import annotations

import multiprocessing
import os
import signal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.folder.scan import scan
from reader.library.sync.reading import MANY, Reading

if TYPE_CHECKING:
    from conftest import WriteStory


def test_ctrl_c_is_left_to_who_started_them(
    tmp_path: Path, write_story: WriteStory, capfd: pytest.CaptureFixture[str]
) -> None:
    write_story(tmp_path, "1.md", title="First")
    stamps = list(chain.from_iterable(folder.stamps() for folder in scan(tmp_path)))
    with Reading(tmp_path, workers=1, files=MANY) as reading:
        before = list(reading.read(stamps, heads=False))
        (worker,) = multiprocessing.active_children()
        os.kill(worker.pid or 0, signal.SIGINT)
        assert list(reading.read(stamps, heads=False)) == before
    assert capfd.readouterr() == ("", "")
