"""A copy behaves as the process that it stands for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import copies
from support import Desk

TELL = """
import os, sys, time
print(sys.argv[1:], os.getcwd() == os.path.realpath(os.environ["HOME"]), os.environ.get("ONLY"), "PATH" in os.environ)
print([(os.isatty(number), os.get_inheritable(number)) for number in range(3)], len(os.listdir("/proc/self/fd")))
print(sys.stdin.read(), time.tzname, sys.stdout.encoding, sys.stdout.errors, sys.stdout.line_buffering, os.getppid())
print(sys.stderr.errors, sys.stderr.line_buffering, __name__, "é", file=sys.stderr)
"""

ENDS = {
    "a word": "import sys; sys.exit('a word')",
    "a number": "import sys; print('said', end=''); sys.exit(300)",
    "nothing": "raise SystemExit",
    "a function at the end": "import atexit; atexit.register(print, 'at the end')",
    "a thread": "import threading, time; threading.Thread(target=lambda: (time.sleep(0.05), print('late'))).start()",
    "a signal": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "a signal that is handled": (  # where the tests run in the background it is ignored at first
        "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "os.kill(os.getpid(), signal.SIGINT); signal.pause()"
    ),
    "a place where nothing can be written": "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1); print('lost')",
}


def is_copy(**environment: str) -> bool:
    """Whether a start with such an environment is a copy: then the reader is there before anyone has asked for it."""
    command = [sys.executable, "-c", "import sys; print('reader.ui.app' in sys.modules)"]
    done = copies.run(command, env={"LANG": "C.UTF-8", **environment}, text=True)
    return bool(done.stdout == "True\n")


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes an orphan a child of another")


def test_it_has_arguments_environment_folder_descriptors_and_streams_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TELL, "one", "two \udce9"]
    given = tmp_path / "given"
    given.write_text("what is read")
    environment = {"HOME": str(tmp_path), "LANG": "C.UTF-8", "ONLY": "this", "TZ": "Asia/Tokyo"}
    told = []
    for way in (copies.Popen, subprocess.Popen):
        with (
            given.open() as source,
            way(
                command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=tmp_path
            ) as process,
        ):
            told.append((*process.communicate(timeout=30), process.returncode))
    assert told[0] == told[1]
    assert b"what is read ('JST', 'JST') utf-8 surrogateescape" in told[0][0]
    assert str(os.getpid()).encode() in told[0][0]


@pytest.mark.parametrize(
    ("asked", "leads"), [({"start_new_session": True}, "True True"), ({"process_group": 0}, "False True")]
)
def test_it_leads_a_session_or_a_group_as_soon_as_its_id_is_known(asked: dict[str, Any], leads: str) -> None:
    command = [sys.executable, "-c", "import os; i = os.getpid(); print(os.getsid(0) == i, os.getpgid(0) == i)"]
    with copies.Popen[str](command, stdout=subprocess.PIPE, text=True, **asked) as process:
        assert os.getpgid(process.pid) == process.pid
        assert process.communicate()[0].split() == leads.split()


def test_what_the_reader_starts_for_a_part_of_its_work_is_a_copy() -> None:
    command = [sys.executable, "-P", "-m", "reader.feeds.entries.child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        loaded = Path(f"/proc/{process.pid}/cmdline").read_text()
        process.communicate()
    assert process.returncode == 0
    assert "original.py" in loaded


@pytest.mark.parametrize("end", ENDS)
def test_it_ends_as_the_interpreter_does(end: str) -> None:
    command = [sys.executable, "-c", ENDS[end]]
    environment = {"LANG": "C.UTF-8"}
    copy = copies.run(command, env=environment, text=True)
    anew = subprocess.run(command, env=environment, text=True, capture_output=True, check=False)
    assert (copy.returncode, copy.stdout) == (anew.returncode, anew.stdout)
    assert bool(copy.stderr) == bool(anew.stderr)


def test_an_error_is_told_with_its_traceback() -> None:
    done = copies.run([sys.executable, "-c", "1 / 0"], env={"LANG": "C.UTF-8"}, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_what_the_interpreter_reads_as_it_starts_is_not_copied() -> None:
    assert is_copy()
    assert is_copy(PYTHONIOENCODING="utf-8:strict")
    assert not is_copy(PYTHONPATH="/nowhere")
    assert not is_copy(LANG="C")
    assert not is_copy(TEXTUAL_FPS="7")


def test_it_can_be_killed() -> None:
    command = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"]
    with copies.Popen(command, env={"LANG": "C.UTF-8"}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        assert process.wait(10) == -signal.SIGKILL


def test_it_has_a_terminal_of_its_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    code = """
import os, sys
print(os.get_terminal_size(), os.getsid(0) == os.getpid(), os.tcgetpgrp(0) == os.getpid(), sys.stdout.line_buffering)
try:
    print("copied", "reader.ui.app" in sys.modules)
    input()
except KeyboardInterrupt:
    sys.exit(7)
"""
    terminal = desk.start(size=(90, 11), python=["-c", code])
    try:
        terminal.wait_for("columns=90, lines=11) True True True")
        terminal.wait_for("copied True")
        terminal.process.sendintr()
        assert terminal.wait_for_end() == 7, terminal.text
    finally:
        terminal.close()
