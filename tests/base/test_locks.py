from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.base.locks import LockedError, locked


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    lock = tmp_path / "new" / "lock"
    with locked(lock):
        with pytest.raises(LockedError), locked(lock):
            pass
        start = time.monotonic()
        with pytest.raises(LockedError), locked(lock, 0.2):
            pass
        assert time.monotonic() - start >= 0.2
    with locked(lock):
        pass
    assert lock.stat().st_mode & 0o777 == 0o600


def test_a_process_that_is_killed_lets_go(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    hold = "import sys, time; from pathlib import Path; from reader.base.locks import locked\n"
    hold += "with locked(Path(sys.argv[1])):\n    print(flush=True)\n    time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold, str(lock)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(LockedError), locked(lock):
            pass
        holder.kill()
        with locked(lock, 10):
            pass
