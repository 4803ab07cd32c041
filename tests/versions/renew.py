"""Writes the two lists of versions beside it anew, by what pyproject asks for today; it needs uv.

`locked.txt` has the newest release of everything that the tests need, `lowest.txt` the lowest that pyproject allows of
what it names and the newest of what those need. Both are constraints for pip: `pip install --constraint FILE`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PYPROJECT = HERE.parents[1] / "pyproject.toml"

OLDEST_PYTHON = "3.11"
"""What `requires-python` begins with: the lists hold from there on."""

EXTRAS = ("dev", "images", "fulltext")
"""What the tests need beside the program's own dependencies."""

LISTS = {"locked.txt": "highest", "lowest.txt": "lowest-direct"}
"""Each list's name, and the way by which uv chooses among the releases."""

HEAD = "# Written by tests/versions/renew.py; not to be changed by hand.\n"


def versions(way: str) -> str:
    """The lines of a list, for every platform and every Python that pyproject allows.

    Args:
        way: a `--resolution` of uv.

    Raises:
        subprocess.CalledProcessError: uv found no releases that go together; it has said why.
    """
    extras = [argument for extra in EXTRAS for argument in ("--extra", extra)]
    plain = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet")
    command = ["uv", "pip", "compile", "--universal", "--python-version", OLDEST_PYTHON, *plain, *extras]
    command += ["--resolution", way, str(PYPROJECT)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def main() -> None:
    """Write both lists."""
    for name, way in LISTS.items():
        HERE.joinpath(name).write_text(HEAD + versions(way), encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
