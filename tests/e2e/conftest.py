"""Programs on pseudo-terminals."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import Desk


@pytest.fixture
def desk(tmp_path: Path, sample_cache: Path) -> Iterator[Desk]:
    """A desk, where the sample was read before; at the end every program on it is ended."""
    desk = Desk(tmp_path)
    shutil.copytree(sample_cache, tmp_path / "cache")
    desk.browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{tmp_path}/opened"\n')
    desk.browser.chmod(stat.S_IRWXU)
    yield desk
    for terminal in desk.terminals:
        terminal.close()
