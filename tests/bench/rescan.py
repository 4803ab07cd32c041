"""Looks at a folder in which nothing has changed, with a warm index, and prints the seconds that each look took."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from reader.library.library import Library


def main(folder: str, cache: str, runs: str) -> None:
    """Sync in this process."""
    library = Library(Path(folder), Path(cache), in_process=True)
    library.sync()
    seconds = []
    for _ in range(int(runs)):
        started = time.perf_counter()
        library.sync()
        seconds.append(time.perf_counter() - started)
    library.close()
    sys.stdout.write(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
