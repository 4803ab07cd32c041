"""The README's page for developers: what it says of the house is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "README.md").read_text(encoding="utf-8").partition("## For developers")[2]
PROGRAM = ROOT / "src" / "reader"

MOST_LINES, MOST_ROOMS, MOST_MODULES = 400, 12, 16
"""Of a file; names in the program's folder; modules of a folder, beside what makes it a package."""

WAY_OF_A_STAR = {
    "ui/keys/bindings.py": '"star"',
    "ui/actions.py": "def action_star",
    "ui/parts/marks/marks.py": "def star",
    "ui/parts/marks/kept.py": "def grant",
    "ui/parts/index/thread.py": "def ask_marks",
    "library/marks/marks.py": "def set(",
    "library/marks/snapshot.py": "class Snapshot",
    "ui/parts/marks/shown.py": "Snapshot",
}
"""What the README leads to from the key to the mark and back → what is found there."""


def files_named(text: str) -> set[str]:
    return set(re.findall(r"`([\w/.-]+\.(?:py|toml|txt))`", text))


def test_every_file_that_is_named_is_there() -> None:
    named = files_named(PAGE)
    assert len(named) > 30
    missing = {name for name in named if not any((root / name).is_file() for root in (ROOT, PROGRAM))}
    assert missing <= {"table.py", "lowest.txt"}, "named by a last part alone"


@pytest.mark.parametrize("file", WAY_OF_A_STAR)
def test_the_way_of_a_star_is_as_it_is_told(file: str) -> None:
    told = PAGE.partition("**A key, to a mark and back.**")[2].partition("**A query, to rows.**")[0]
    assert f"`{file}`" in told
    assert WAY_OF_A_STAR[file] in (PROGRAM / file).read_text(encoding="utf-8")
    assert files_named(told) == set(WAY_OF_A_STAR)


def test_every_room_of_the_plan_is_there_and_no_other() -> None:
    plan = PAGE.partition("```\n")[2].partition("```")[0]
    rooms = set(re.findall(r"^  (\w+)/", plan, re.MULTILINE))
    assert rooms == {room.name for room in PROGRAM.iterdir() if room.is_dir() and room.name != "__pycache__"}


def test_no_file_is_longer_than_can_be_read_at_once_and_no_room_has_too_many() -> None:
    modules = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    lines = {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in modules}
    assert {file: count for file, count in lines.items() if count > MOST_LINES} == {}
    assert len([place for place in PROGRAM.iterdir() if place.name != "__pycache__"]) <= MOST_ROOMS
    folders = {file.parent for file in PROGRAM.rglob("*.py")}
    crowded = {folder.name for folder in folders if len([*folder.glob("*.py")]) - 1 > MOST_MODULES}
    assert crowded == set()
