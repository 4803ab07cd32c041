"""Disks that are unmounted, fill up or may not be written while the program runs: real ones, of this test alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library.marks.marks import MarkKind, Marks
from support import Desk, Terminal


class Room:
    """The name space of a program: what is done in it, the program sees."""

    def __init__(self, way: list[str], desk: Desk, *commands: str) -> None:
        self._way = way
        config = desk.home / "config" / "config.toml"
        config.parent.mkdir()
        config.write_text('mark_read = "never"\n', encoding="utf-8")  # no mark but by a key
        self.before = [*way, "sh", "-ec", f'{"; ".join(commands)}; exec "$@"', "sh"]
        self.terminal = desk.start(str(desk.home / "lib"), before=self.before)

    def run(self, command: str) -> None:
        """Run a command of the shell in it."""
        user = ["-U", "--preserve-credentials"] if "-U" in self._way else []
        enter = ["nsenter", "-t", str(self.terminal.process.pid), *user, "-m"]
        subprocess.run([*enter, "sh", "-c", command], check=True, capture_output=True)

    @contextmanager
    def held(self, folder: Path) -> Iterator[int]:
        """A folder of it, open for looking at also when the program has ended."""
        descriptor = os.open(f"/proc/{self.terminal.process.pid}/root{folder}", os.O_RDONLY)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def fill(folder: Path) -> str:
    """The command that leaves no room on a disk."""
    return f"dd if=/dev/zero of={folder}/filler bs=4k 2>/dev/null || true"


@pytest.mark.long
def test_disks_that_fill_up_and_go_away_cost_nothing(desk: Desk, own_disks: list[str]) -> None:
    home = desk.home
    lib, data, cache, aside = home / "lib", home / "data", home / "cache", home / "aside"
    lib.rename(aside)
    for folder in (lib, data, cache):
        folder.mkdir()
    mount = f"mount -t tmpfs none {lib}; cp {aside}/*.md {lib}"
    room = Room(
        own_disks, desk, mount, f"mount -t tmpfs -o size=1m none {data}", f"mount -t tmpfs -o size=8m none {cache}"
    )
    terminal = room.terminal
    terminal.wait_for("40 stories")

    # A mark on a full disk is told, is not shown, stays pending, and is kept by the next try.
    room.run(fill(data))
    terminal.send("s")
    terminal.wait_for_message("Not kept yet", "full")
    terminal.wait_for("! 1 mark not kept yet")
    assert "★" not in terminal.text
    room.run(f"rm {data}/filler")
    terminal.send("s")
    terminal.wait_for(lambda text: "★" in text and "not kept yet" not in text.splitlines()[0])

    # A library whose disk goes keeps its stories on the screen, and is read and watched again when it is back.
    room.run(f"until umount {lib}; do sleep 0.05; done")  # it may be being read
    terminal.wait_for_message("the folder is empty, and on another disk")
    terminal.wait_for("! folder not read")
    assert "40 stories" in terminal.text
    room.run(mount)
    terminal.wait_for(lambda text: "folder not read" not in text)
    (home / "back.md").write_text("---\ntitle: Back\npublishedDateTime: 2031-01-01T00:00:00Z\n---\n", encoding="utf-8")
    room.run(f"cp {home}/back.md {lib}")
    terminal.wait_for("41 stories")

    # A full disk for the index: a copy of it goes on in memory.
    room.run(fill(cache))
    room.run(f"for n in 1 2 3 4 5 6 7 8; do for f in {aside}/*.md; do cp $f {lib}/copy-$n-${{f##*/}}; done; done")
    terminal.wait_for_message("the index is kept in memory only")
    terminal.wait_for("361 stories")

    # At the end all is kept, or what is lost is told: what SQLite lets go of may be room enough.
    room.run(fill(data))
    terminal.send("Gs")
    terminal.wait_for("! 1 mark not kept yet")
    with room.held(data) as held:
        terminal.send("q")
        assert terminal.wait_for_end() == 0
        files = os.listdir(held)  # noqa: PTH208 — an open folder has no path
        with Marks(Path(f"/proc/self/fd/{held}/marks.sqlite3"), lambda: datetime.now(UTC)) as marks:
            starred = len(marks.keys(MarkKind.STARRED))
    last = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    is_told = "reader: not kept: the marks cannot be written" in last and "reader: starred: " in last
    assert starred == (1 if is_told else 2), last
    assert ("where you were is not kept" in last) != ("state.json" in files)


@pytest.mark.long
def test_a_start_before_the_disk_is_mounted_costs_nothing(desk: Desk, own_disks: list[str]) -> None:
    home = desk.home
    lib, aside, told = home / "lib", home / "aside", home / "told"
    lib.rename(aside)
    lib.mkdir()
    mount = f"mount -t tmpfs none {lib}; cp {aside}/*.md {lib}"
    reader = f"{sys.executable} -m reader"
    check = f"if {reader} check {lib} > {told} 2>&1; then exit 9; fi"
    room = Room(own_disks, desk, mount, f"{reader} index {lib} > {told} 2>&1", f"umount {lib}", check)
    terminal = room.terminal
    terminal.wait_for(lambda text: "40 stories" in text and "! folder not read" in text)
    terminal.wait_for_message("the folder is empty, and on another disk than before")
    assert "the folder is empty, and on another disk than before: is it mounted?" in told.read_text(encoding="utf-8")
    terminal.send("\x12")  # asking once more forgets nothing either
    terminal.wait_for_message("the folder is empty, and on another disk than before")
    assert "40 stories" in terminal.text
    room.run(mount)
    terminal.wait_for(lambda text: "folder not read" not in text and "40 stories" in text)
    room.run(f"rm {lib}/*")
    terminal.wait_for("No stories in ~/lib")


REMOUNTED = """
import subprocess, sys, threading, queue
from pathlib import Path
from reader.library.folder.watch import watch

root, stop, doubt, told = Path(sys.argv[1]), threading.Event(), threading.Event(), queue.Queue()
mount = f"mount -t tmpfs none {root}"
subprocess.run(mount, shell=True, check=True)
thread = threading.Thread(target=lambda: [told.put(None) for _ in watch(root, stop, doubt)])
thread.start()
told.get(timeout=20)
subprocess.run(f"umount {root}; {mount}", shell=True, check=True)
doubt.set()
told.get(timeout=20)
told.get(timeout=20)  # it is watched again
(root / "a.md").write_text("a")
told.get(timeout=20)
stop.set()
thread.join()
"""


def test_a_disk_that_is_back_in_its_place_at_once_is_watched_again(tmp_path: Path, own_disks: list[str]) -> None:
    command = [*own_disks, sys.executable, "-P", "-c", REMOUNTED, str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)


WITHIN = """
import subprocess, sys
from pathlib import Path
from reader.library.library import Library

root, cache = Path(sys.argv[1]), Path(sys.argv[2])
disk = root / "disk"
disk.mkdir(parents=True)

def run(command):
    subprocess.run(command, shell=True, check=True)

def stories(library):
    library.sync()
    told = [problem.reason for problem in library.index.problems()]
    return library.index.counts().stories, told

def write(folder, name):
    (folder / name).write_text(f"---\\ntitle: {name}\\n---\\n")

write(root, "a.md")
run(f"mount -t tmpfs none {disk}")
write(disk, "b.md")
write(disk, "c.md")
with Library(root, cache, in_process=True) as library:
    assert stories(library) == (3, [])
    run(f"mkdir {root}.aside; mount --bind {disk} {root}.aside; umount {disk}")
    for _ in range(2):
        number, (told,) = stories(library)
        assert (number, told[:60]) == (3, "the folder is empty, and on another disk than before: is it "), told
    run(f"mount --bind {root}.aside {disk}")
    assert stories(library) == (3, [])
    (disk / "b.md").unlink()
    assert stories(library) == (2, [])
"""


def test_a_folder_of_the_library_that_is_a_disk_of_its_own_goes_away_and_costs_no_story(
    tmp_path: Path, own_disks: list[str]
) -> None:
    command = [*own_disks, sys.executable, "-P", "-c", WITHIN, str(tmp_path / "lib"), str(tmp_path / "cache")]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=100, text=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.long
def test_in_a_home_that_may_not_be_written_it_reads_and_says_what_it_cannot_keep(
    desk: Desk, own_disks: list[str]
) -> None:
    home = desk.home
    room = Room(own_disks, desk, f"mount --bind {home} {home}", f"mount -o remount,ro,bind {home}")
    terminal: Terminal = room.terminal
    terminal.wait_for("40 stories")
    terminal.wait_for_message("the index is kept in memory only")
    terminal.send("s")
    terminal.wait_for_message("Read-only file system")
    terminal.wait_for("! 1 mark not kept yet")
    terminal.send("U")
    terminal.wait_for_message("The mark that was not kept yet is forgotten.")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    last = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    assert "not kept: the marks" not in last
    assert sorted(path.name for path in home.iterdir()) == ["browser", "config", "lib"]
