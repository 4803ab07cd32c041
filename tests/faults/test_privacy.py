"""No network unless it is asked for, and no file that others may read."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from reader.base.private_files import make_folder, tighten_database
from support import Desk, Terminal

WITNESS = """
import os, sys
def witness(event, arguments):
    kinds = ("connect", "bind", "getaddrinfo", "gethostby", "send")
    if event.startswith(("urllib", "http.", *(f"socket.{kind}" for kind in kinds))):
        with open(os.environ["WITNESSED"], "a") as file:
            file.write(f"{event} {arguments!r}\\n")
    elif event == "import" and arguments[0] == "reader":
        open(os.environ["WITNESSED"] + ".begun", "a").close()
sys.addaudithook(witness)
"""

KEYS = "jkgG\x04\x15JK h\tcvvvvx][\x7ft\x1b1120/met\x1b\x1buj\x1brrsUUyYnpEE\\aaa=\x1bi\x1bw!\x1b?\x1bLdzz:\x1b\x12"
"""All keys but those that open, and Enter, which opens an article of the web."""


@pytest.mark.long
def test_no_key_but_open_reaches_the_network_and_no_file_is_for_others(desk: Desk) -> None:
    spy, witnessed = desk.home / "spy", desk.home / "witnessed"
    spy.mkdir()
    (spy / "sitecustomize.py").write_text(WITNESS, encoding="utf-8")
    loose = desk.home / "share" / "story-reader"
    loose.mkdir(parents=True, mode=0o777)
    loose.chmod(0o777)
    (loose / "marks.sqlite3").touch()
    (loose / "marks.sqlite3").chmod(0o666)
    terminal = desk.start(
        str(desk.home / "lib"),
        before=["sh", "-c", 'umask 0; exec "$@"', "sh"],
        PYTHONPATH=str(spy),
        WITNESSED=str(witnessed),
        READER_DATA_DIR=str(loose),
        READER_CACHE_DIR=str(desk.home / "new" / "cache"),
    )
    terminal.wait_for("40 stories")
    for keys in KEYS.split("\x1b"):
        press(terminal, keys)
        press(terminal, "\x1b")
    for _ in range(20):  # a slow machine may have opened a dialog after the key that was to close it
        press(terminal, "\x1b")
        terminal.send("s")
        with suppress(AssertionError):
            terminal.wait_for("▌★", 2)
            break
    assert "▌★" in terminal.text
    open_to_others = [
        str(path)
        for place in (loose, desk.home / "new")
        for path in [place, *place.rglob("*")]
        if path.stat().st_mode & 0o077
    ]
    assert not open_to_others
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    assert (desk.home / "witnessed.begun").exists(), "nobody watched"
    assert not witnessed.exists(), witnessed.read_text()
    assert not [path for path in loose.rglob("*") if path.stat().st_mode & 0o077]


def press(terminal: Terminal, keys: str) -> None:
    """Press keys; what follows upon Esc at once would be taken for one key with it."""
    terminal.send(keys)
    end = time.monotonic() + 0.2
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def test_a_shared_folder_that_the_environment_names_stays_shared(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    make_folder(shared)
    assert shared.stat().st_mode & 0o777 == 0o755
    before = os.umask(0)
    try:
        make_folder(shared / "a" / "b")
    finally:
        os.umask(before)
    assert (shared / "a").stat().st_mode & 0o777 == 0o700
    assert (shared / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_database_is_tightened_with_all_that_lies_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    for name in ("a.sqlite3", "a.sqlite3-wal", "a.sqlite3-shm", "other"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o664)
    tighten_database(file)
    assert {path.name for path in tmp_path.iterdir() if path.stat().st_mode & 0o077} == {"other"}


def test_what_is_neither_file_nor_folder_is_left_to_all_who_may_use_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "device")
    (tmp_path / "device").chmod(0o666)
    (tmp_path / "a.sqlite3").symlink_to("device")
    tighten_database(tmp_path / "a.sqlite3")
    assert (tmp_path / "device").stat().st_mode & 0o777 == 0o666
