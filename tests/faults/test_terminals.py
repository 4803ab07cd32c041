"""The terminal goes away, stops, or is none; a signal comes; the program itself fails. The terminal is given back."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader.cli.printing import now
from reader.library.marks.marks import MarkKind, Marks
from reader.outside.crash_report import CRASHED
from reader.settings.place import load_state
from support import Desk, Terminal

GIVEN_BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[<u", b"\x1b[?7h")
"""The alternate screen, the cursor, pasting, the mouse, the keys and the line wrap."""

FAILING = """
from reader.ui.main_screen import MainScreen
def fail(self): raise RuntimeError("words of " + self.story_pane.border_title)
MainScreen.action_zen = fail
from reader.__main__ import main
main()
"""


def is_cooked(terminal: Terminal) -> bool:
    """Whether what is typed shows, line by line, as before the program."""
    flags = termios.tcgetattr(terminal.process.fd)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON)


def marked(desk: Desk) -> Terminal:
    """A program whose third story has a star."""
    terminal = desk.start(str(desk.home / "lib"))
    terminal.wait_for("NBA and Microsoft")
    terminal.send("jjs")
    terminal.wait_for("★")
    return terminal


def kept(desk: Desk) -> tuple[int, str]:
    """How many stars there are, and the story where the person was."""
    with Marks(desk.home / "data" / "marks.sqlite3", now) as marks:
        stars = len(marks.keys(MarkKind.STARRED))
    return stars, load_state(desk.home / "data" / "state.json").place(str(desk.home / "lib")).story


def test_a_program_told_to_end_keeps_marks_and_place_and_gives_the_terminal_back(desk: Desk) -> None:
    terminal = marked(desk)
    assert not is_cooked(terminal)
    os.kill(terminal.process.pid, signal.SIGTERM)
    assert terminal.wait_for_end() == 128 + signal.SIGTERM
    assert all(sign in terminal.raw for sign in GIVEN_BACK)
    assert is_cooked(terminal)
    assert kept(desk) == (1, "https://windowscentral.com/microsoft-power-apps-expose-data-millions")


@pytest.mark.long
def test_a_program_told_to_end_waits_a_moment_for_another_that_holds_the_marks_and_tells_what_is_lost(
    desk: Desk,
) -> None:
    terminal = marked(desk)
    with closing(sqlite3.connect(desk.home / "data" / "marks.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.send("jsjsjsjsjsjsj")
        terminal.wait_for("Morningstar, Inc. · Tue")  # all of these keys have come
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait_for_end(15) == 128 + signal.SIGTERM
    assert all(sign in terminal.raw for sign in GIVEN_BACK)
    last = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    assert last.count("reader: not kept: another program is writing the marks") == 1
    assert last.count("reader: starred: ") == 6
    assert kept(desk)[0] == 1


@pytest.mark.long
def test_a_terminal_that_takes_nothing_any_more_does_not_keep_it_from_ending(desk: Desk) -> None:
    terminal = marked(desk)
    terminal.send("L" * 20)
    time.sleep(1)  # it draws until nothing more is taken, and hangs
    os.kill(terminal.process.pid, signal.SIGTERM)
    end = time.monotonic() + 20
    while terminal.process.isalive():
        assert time.monotonic() < end, "it waits for somebody to read what it draws"
        time.sleep(0.05)
    assert terminal.process.exitstatus == 128 + signal.SIGTERM
    assert kept(desk)[0] == 1


def test_a_terminal_that_is_closed_costs_neither_marks_nor_place(desk: Desk) -> None:
    terminal = marked(desk)
    process = terminal.process.pid
    terminal.process.fileobj.close()
    end = time.monotonic() + 20
    ended, status = 0, 0
    while not ended and time.monotonic() < end:
        ended, status = os.waitpid(process, os.WNOHANG)
        time.sleep(0.02)
    terminal.process.closed = terminal.process.terminated = True
    assert ended, "it goes on without a terminal"
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert kept(desk)[0] == 1
    assert not list((desk.home / "data").glob("story-reader-crash-*"))


def threads(process: int) -> int:
    """How many threads a process has."""
    return len(list(Path(f"/proc/{process}/task").iterdir()))


@pytest.mark.long
def test_stopped_without_being_told_it_goes_on_as_it_was(desk: Desk) -> None:
    terminal = desk.start(str(desk.home / "lib"))
    terminal.wait_for("NBA and Microsoft")
    process = terminal.process.pid
    terminal.send("u")
    terminal.wait_for(" Links ")
    before = threads(process)
    for is_stopped in (True, True, True, True, False, False, False, False):
        if is_stopped:
            os.kill(process, signal.SIGSTOP)
            wait_for_state(terminal, process, "T")
        start = len(terminal.raw)
        os.kill(process, signal.SIGCONT)
        while b" Links " not in terminal.raw[start:]:
            assert terminal.read(10), "nothing is drawn after it goes on"
    assert threads(process) <= before + 2  # one of a pool may be new; each time would be two more
    assert not is_cooked(terminal)
    terminal.send("\x1b[27uq")
    assert terminal.wait_for_end() == 0
    assert is_cooked(terminal)


FLOODING = "import os, sys; pid = int(sys.argv[1])\nwhile True: os.kill(pid, 28)"


@pytest.mark.long
def test_a_flood_of_sizes_keeps_no_key_and_no_end_waiting(desk: Desk) -> None:
    terminal = marked(desk)
    process = terminal.process.pid
    with subprocess.Popen([sys.executable, "-c", FLOODING, str(process)], stderr=subprocess.DEVNULL) as flood:
        try:
            time.sleep(3)
            assert "Stories" in terminal.text
            terminal.send("z")
            terminal.wait_for(lambda text: "Stories" not in text, 10)
            os.kill(process, signal.SIGTERM)
            assert terminal.wait_for_end(5) == 128 + signal.SIGTERM
        finally:
            flood.kill()
    assert kept(desk)[0] == 1


STUCK = """
import time
from reader.ui.main_screen import MainScreen
def stick(self):
    end = time.monotonic() + 100
    while time.monotonic() < end: {}
MainScreen.action_zen = stick
from reader.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("how", "by_key"),
    [
        ("time.sleep(100)", True),
        *(pytest.param(*case, marks=pytest.mark.long) for case in
          (("time.sleep(100)", False), ("pass", True), ("pass", False))),
    ],
)  # fmt: skip
def test_a_screen_that_is_stuck_ends_all_the_same(desk: Desk, how: str, *, by_key: bool) -> None:
    terminal = desk.start(str(desk.home / "lib"), python=["-c", STUCK.format(how)])
    terminal.wait_for("NBA and Microsoft")
    terminal.send("jjs")
    terminal.wait_for("★")
    terminal.send("z")
    time.sleep(0.5)
    begun = time.monotonic()
    if by_key:
        terminal.send("q")
    else:
        os.kill(terminal.process.pid, signal.SIGTERM)
    assert terminal.wait_for_end(20) == (0 if by_key else 128 + signal.SIGTERM)
    assert time.monotonic() - begun < 5  # three seconds, on a machine that does nothing else
    assert all(sign in terminal.raw for sign in GIVEN_BACK)
    assert is_cooked(terminal)
    assert kept(desk) == (1, "https://windowscentral.com/microsoft-power-apps-expose-data-millions")


@pytest.mark.long
def test_an_editor_is_waited_for_and_marks_and_place_are_kept_before_it_ends(desk: Desk) -> None:
    editor = desk.home / "editor"
    editor.write_text('#!/bin/sh\necho EDITING\nwhile ! [ -e "$0.end" ]; do sleep 0.1; done\necho EDITED\n')
    editor.chmod(0o700)
    terminal = desk.start(str(desk.home / "lib"), EDITOR=str(editor))
    terminal.wait_for("NBA and Microsoft")
    terminal.send("jjs")
    terminal.wait_for("★")
    terminal.send("e")
    terminal.wait_for("EDITING")
    os.kill(terminal.process.pid, signal.SIGTERM)
    end = time.monotonic() + 40
    while not (desk.home / "data" / "state.json").exists():
        assert time.monotonic() < end, "the place is not kept"
        terminal.read(0.05)
    place = (1, "https://windowscentral.com/microsoft-power-apps-expose-data-millions")
    assert kept(desk) == place
    assert terminal.process.isalive(), "the editor is still open"
    editor.with_name("editor.end").touch()
    assert terminal.wait_for_end(20) == 128 + signal.SIGTERM
    assert b"EDITED" in terminal.raw
    assert kept(desk) == place


def catches(process: int, number: signal.Signals) -> bool:
    """Whether a process does something of its own upon a signal; see proc(5), SigCgt."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


@pytest.mark.long
def test_shared_memory_that_another_program_truncates_costs_neither_the_terminal_nor_a_mark(desk: Desk) -> None:
    terminal = marked(desk)
    while not catches(terminal.process.pid, signal.SIGBUS):  # that is made ready a second after the start
        assert terminal.process.isalive()
        terminal.read(0.05)
    os.truncate(desk.home / "data" / "marks.sqlite3-shm", 0)
    terminal.send("js")
    assert terminal.wait_for_end() == 128 + signal.SIGBUS
    assert all(sign in terminal.raw for sign in GIVEN_BACK)
    assert is_cooked(terminal)
    assert terminal.raw.endswith(b"what was marked before is kept\r\n")
    assert kept(desk)[0] == 1


@pytest.mark.long
def test_it_stops_resumes_takes_a_storm_of_sizes_and_a_browser_that_hangs_and_prints_and_reports_a_crash(
    desk: Desk,
) -> None:
    desk.browser.write_text("#!/bin/sh\necho GARBAGE\necho GARBAGE >&2\necho GARBAGE > /dev/tty\nsleep 60\n")
    terminal = desk.start(str(desk.home / "lib"), python=["-c", FAILING])
    terminal.wait_for("NBA and Microsoft")
    process = terminal.process.pid

    terminal.send("\x1a")
    wait_for_state(terminal, process, "T")
    assert is_cooked(terminal)
    while b"\x1b[?1049l" not in terminal.raw:
        assert terminal.read(10), "the terminal was not given back"
    os.kill(process, signal.SIGCONT)
    before = len(terminal.raw)
    while b"NBA and Microsoft" not in terminal.raw[before:]:
        assert terminal.read(10), "nothing is drawn after it resumes"
    assert not is_cooked(terminal)

    chance = random.Random(1)
    for _ in range(200):
        terminal.process.setwinsize(chance.randrange(1, 60), chance.randrange(1, 200))
        terminal.read(0.002)
    terminal.resize(120, 40)
    terminal.wait_for(lambda text: "? Help" in text and "╭─ Coverage" in text)

    terminal.send("o")
    terminal.wait_for_message("Opening with browser")
    terminal.send("jjs")
    terminal.wait_for("★")
    assert b"GARBAGE" not in terminal.raw

    terminal.send("z")
    assert terminal.wait_for_end() == CRASHED
    assert is_cooked(terminal)
    assert all(sign in terminal.raw for sign in GIVEN_BACK)
    (report,) = (desk.home / "data").glob("story-reader-crash-*.txt")
    told = terminal.raw.rpartition(b"reader: ")[2].decode()
    assert f"this is a bug, not your fault (RuntimeError); a report without any story's text is in {report}" in told
    assert "Traceback" not in terminal.raw.decode(errors="replace")
    assert report.stat().st_mode & 0o777 == 0o600
    text = report.read_text(encoding="utf-8")
    assert "in fail" in text
    assert "builtins.RuntimeError" in text
    assert "120x40" in text
    assert "words of" not in text
    assert str(desk.home) not in text
    assert kept(desk)[0] == 1


def wait_for_state(terminal: Terminal, process: int, state: str) -> None:
    """Wait until a process is in a state, as the kernel names it."""
    end = time.monotonic() + 20
    while True:
        if Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == state:
            break
        assert time.monotonic() < end, f"it does not reach {state}"
        terminal.read(0.02)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("exec 0<&-", "standard input is none"),
        ("exec 0</dev/null", "standard input is none"),
        ("exec 1>/dev/null", "standard output is none"),
        ("TERM=dumb", "TERM=dumb"),
    ],
)
def test_what_is_no_terminal_is_told_in_one_line(desk: Desk, how: str, told: str) -> None:
    script = f'{how}; exec "$@"'
    terminal = desk.start(str(desk.home / "lib"), before=["sh", "-c", script, "sh"])
    assert terminal.wait_for_end() == 2
    assert told in terminal.text.replace("\n", "")
    assert "Traceback" not in terminal.text


def test_an_error_stream_that_is_a_file_is_not_drawn_into(desk: Desk) -> None:
    log = desk.home / "log"
    script = f'exec 2>{log}; exec "$@"'
    terminal = desk.start(str(desk.home / "lib"), before=["sh", "-c", script, "sh"])
    assert terminal.wait_for_end() == 2
    assert log.read_text() == (
        "reader: the screen needs a terminal, and standard error is none; `reader list` prints the stories\n"
    )


def test_a_command_that_fails_by_a_defect_tells_in_one_line(desk: Desk) -> None:
    script = "import reader.cli.start as cli, reader.cli.stories as stories\n"
    script += "def fail(*_, **__): raise KeyError('a headline')\n"
    script += "stories.synced = fail\ncli.main()\n"
    ended = subprocess.run(
        [sys.executable, "-c", script, "list", str(desk.home / "lib")],
        env={**desk.environment, "READER_DATA_DIR": "/proc/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == CRASHED
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert len(list(desk.home.glob("story-reader-crash-*"))) == 1, "no data folder can be"
    assert "headline" not in ended.stderr
