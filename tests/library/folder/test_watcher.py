"""The child that watches a folder says what `watch` tells, and ends with its parent."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reader.base.errors import LibraryError
from reader.library.folder import watcher
from reader.library.folder.watcher import watch_apart

LONGEST = 20.0


def test_changes_are_told_until_the_watch_is_doubted_and_after(tmp_path: Path) -> None:
    stop, doubt = threading.Event(), threading.Event()
    told = watch_apart(tmp_path, stop, doubt)
    next(told)
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n", encoding="utf-8")
    next(told)
    doubt.set()
    next(told)  # what was missed meanwhile
    next(told)  # it has begun anew
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\n", encoding="utf-8")
    next(told)
    stop.set()
    assert next(told, "end") == "end"


def test_a_folder_that_cannot_be_watched_says_why(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no such folder"):
        next(watch_apart(tmp_path / "none", threading.Event()))


@pytest.mark.parametrize(
    ("child", "said"),
    [
        (
            "print('trouble the folder cannot be watched (OS file watch limit reached.)')",
            r"watched \(OS file watch limit",
        ),
        ("print('noise')", "no longer watched"),
    ],
)
def test_a_child_that_gives_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: str, said: str) -> None:
    script = tmp_path / "child.py"
    script.write_text(child, encoding="utf-8")
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda _, **named: popen([sys.executable, str(script)], **named))
    with pytest.raises(LibraryError, match=said):
        next(watch_apart(tmp_path, threading.Event()))


def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", watcher.__name__, os.fspath(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == b"changed\n"
        child.stdin.close()
        assert child.wait(LONGEST) == 0
