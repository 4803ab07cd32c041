"""What is built is what the program needs, whoever builds it, and nothing more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from versions.renew import PYPROJECT

pytestmark = [pytest.mark.versions, pytest.mark.long]

ROOT = PYPROJECT.parent
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of what a clean checkout has, built by the backend itself: an isolated build would ask a registry."""
    checkout, built = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("built")
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, checkout)
    for name in ("src", "tests", "screenshots"):
        shutil.copytree(ROOT / name, checkout / name, ignore=LEFT_OUT)
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True, timeout=60)
    (file,) = built.iterdir()
    return file


def test_a_wheel_has_all_of_the_program_and_nothing_of_its_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    source = ROOT / "src"
    program = {
        path.relative_to(source).as_posix()
        for path in (source / "reader").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    about = {name for name in names if ".dist-info/" in name}
    assert set(names) - about == program
    assert len(names) == len(set(names))
    assert {name.rpartition("/")[2] for name in about} == {
        "METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE", "NOTICE",
    }  # fmt: skip
    for kind in (".tcss", ".md"):
        assert any(name.endswith(kind) for name in program), kind


def test_a_wheel_runs_without_the_sources(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", "import reader.__main__ as it; print(it.__file__, flush=True); it.main()", "list"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=60)
    where, *stories = done.stdout.decode().splitlines()
    assert where.startswith(str(tmp_path))
    assert len(stories) == 40, "those of the sample"
