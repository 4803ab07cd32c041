"""Searching by completion and by history from end to end, on a real pseudo-terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import Desk

UP, DOWN, TAB = "\x1b[A", "\x1b[B", "\t"


@pytest.mark.long
def test_a_completed_search_comes_back_at_the_next_start(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("40 stories")
    terminal.send("/topi" + TAB)
    terminal.wait_for("/ topic:")
    terminal.send("comp" + TAB)
    terminal.wait_for('/ topic:"Computer Vision"')
    terminal.send(" provider:" + TAB)
    terminal.wait_for("Associated Press")  # an outlet of what is found so far
    terminal.send("zdn" + TAB)
    terminal.wait_for("provider:ZDNet")
    terminal.send("\rq")
    assert terminal.wait_for_end() == 0

    again = desk.start("--fresh", size=(80, 24))
    again.wait_for("all stories")
    again.send("/draft")
    again.wait_for("/ draft")
    again.send(UP)
    again.wait_for('/ topic:"Computer Vision" provider:ZDNet')
    again.send(DOWN)
    again.wait_for("/ draft")
    again.send("\rq")
    assert again.wait_for_end() == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes(tmp_path: Path) -> None:
    folder = Path(sys.executable).parent
    script = """
    eval "$(_READER_COMPLETE=bash_source reader)"
    COMP_WORDS=(reader help qu) COMP_CWORD=2 COMPREPLY=()
    _reader_completion reader
    echo "${COMPREPLY[@]}"
    """
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    told = subprocess.run(
        ["bash", "--norc", "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout.strip() == "query", told.stderr
    assert list(tmp_path.iterdir()) == []
