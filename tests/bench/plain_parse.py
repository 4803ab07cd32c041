"""The least that reading a folder of stories can be asked to do: the floor under every index that is made anew.

`python tests/bench/plain_parse.py FOLDER` parses the front matter of every file in one process, and prints how many.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml


def front_matters(folder: Path) -> Iterator[str]:
    """What stands between the first two lines of three hyphens, of each file."""
    for path in sorted(folder.rglob("*.md")):
        yield path.read_text(encoding="utf-8").split("---\n", 2)[1]


def main() -> int:
    """Parse all."""
    count = sum(isinstance(yaml.load(text, Loader=yaml.CSafeLoader), dict) for text in front_matters(Path(sys.argv[1])))
    sys.stdout.write(f"{count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
