"""Each contract of import-linter is broken in a copy of the program, and is to be told as broken."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the program, and of what its contracts say."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.md"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path) -> tuple[int, str]:
    """The exit code and the report of `lint-imports`, without its line breaks."""
    environment = {**os.environ, "PYTHONPATH": str(house / "src"), "COLUMNS": "500"}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, timeout=100, check=False)
    return done.returncode, re.sub(r"\s+", " ", done.stdout + done.stderr)


def floors(contract: dict[str, Any]) -> list[list[str]]:
    """The rooms of a contract of layers, those of each floor by their whole names, the highest first."""
    (container,) = contract["containers"]
    return [[f"{container}.{room.strip()}" for room in floor.split("|")] for floor in contract["layers"]]


def add_import(house: Path, importer: str, imported: str) -> None:
    """Have a room, a package or a module, import another."""
    file = house / "src" / importer.replace(".", "/")
    file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
    with file.open("a", encoding="utf-8") as module:
        module.write(f"\n\ndef _late() -> None:\n    import {imported}\n")


def test_an_import_that_goes_up_or_across_is_told_whatever_the_room(house: Path) -> None:
    broken = []
    for contract in CONTRACTS:
        if contract["type"] != "layers":
            continue
        for above, below in itertools.pairwise(floors(contract)):
            broken += [(low, high) for low in below for high in above]
        for floor in floors(contract):
            broken += list(itertools.permutations(floor, 2))
    for importer, imported in broken:
        add_import(house, importer, imported)
    code, report = lint(house)
    assert code == 1
    told = [(low, high) for low, high in broken if f"{low} is not allowed to import {high}: " in report]
    assert told == broken
    assert len(broken) > 15


def test_an_import_of_what_a_room_is_to_do_without_is_told(house: Path) -> None:
    broken = [
        (room, module)
        for contract in CONTRACTS
        if contract["type"] == "forbidden"
        for room in contract["source_modules"]
        for module in contract["forbidden_modules"]
        if not module.startswith("reader.")
    ]
    for importer, imported in broken:
        add_import(house, importer, imported)
    code, report = lint(house)
    assert code == 1
    assert [(room, one) for room, one in broken if f"{room} is not allowed to import {one}: " in report] == broken


@pytest.mark.parametrize(
    "container", ["reader", *(pytest.param(room, marks=pytest.mark.long) for room in ("reader.library", "reader.ui"))]
)
def test_a_module_beside_the_rooms_is_told(house: Path, container: str) -> None:
    (house / "src" / container.replace(".", "/") / "stray.py").write_text("", encoding="utf-8")
    code, report = lint(house)
    assert code == 1
    assert f"{container}.stray" in report
