"""The README says of each dependency what bytes of strangers it parses, and in which process."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAID_OTHERWISE = {"textual-plotext": "plotext", "pyyaml": "PyYAML"}


def test_each_dependency_stands_in_the_table() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["images"]]
    names = [re.split(r"[<>=\[; ]", one)[0] for one in needed]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, _, after = readme.partition("What parses strangers' bytes, and where:")
    first_cells = [
        line.split("|")[1] for line in after.partition("What is not defended")[0].splitlines() if "|" in line
    ]
    said = {name.strip().lower() for cell in first_cells for name in re.split(r",|\(", cell)}
    assert len(names) > 10
    assert [name for name in names if SAID_OTHERWISE.get(name, name).lower() not in said] == []
