"""Programs on pseudo-terminals, and disks of their own that fill up and go away."""

from __future__ import annotations

import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.base.paths import sample_folder
from support import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a library in `lib`; at the end every program on it is ended."""
    desk = Desk(tmp_path)
    desk.browser.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    desk.browser.chmod(stat.S_IRWXU)
    shutil.copytree(sample_folder(), tmp_path / "lib")
    yield desk
    for terminal in desk.terminals:
        terminal.close()


@pytest.fixture(scope="session")
def own_disks() -> list[str]:
    """The beginning of a command that may mount disks no one else sees; skipped where the system forbids that."""
    for way in (["unshare", "-m"], ["unshare", "-U", "-r", "-m"]):
        try:
            tried = subprocess.run([*way, "mount", "-t", "tmpfs", "none", "/mnt"], check=False, capture_output=True)
        except OSError:
            break
        if tried.returncode == 0:
            return way
    pytest.skip("no disks of one's own can be mounted here")
