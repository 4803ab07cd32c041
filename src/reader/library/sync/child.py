"""The child that reads a folder into an index: `python -m reader.library.sync.child INDEX FOLDER [BYTES LINKS NEWS…]`.

It prints how far it is on standard output, one JSON object a line (`wire`), and ends quietly when nobody reads that any
more. A process of its own keeps the parsing from slowing down the screen.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reader.base.errors import ReaderError
from reader.library.index.storage import schema
from reader.library.index.storage.damage import as_index_errors
from reader.library.sync.progress import Progress
from reader.library.sync.sync import sync
from reader.library.sync.wire import progress_line, report_line, trouble_line
from reader.stories.limits import DEFAULT_LIMITS, Limits

NICE = 10
"""Added to the niceness of this process, which its workers inherit: the screen goes first."""


def main(index: str, root: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Bring an index up to date, and print how far it is and how it ended, errors of this program included.

    Args:
        index: the path of the index.
        root: the folder, or a single file.
        limits: bounds on what is read of one file.
    """

    def on_progress(progress: Progress) -> None:
        print(progress_line(progress), flush=True)  # noqa: T201 — what the parent reads

    os.nice(NICE)
    try:
        with as_index_errors():
            connection, workers = schema.connect(Path(index)), os.cpu_count() or 1
            report = sync(connection, Path(root), on_progress, workers=workers, limits=limits)
        print(report_line(report), flush=True)  # noqa: T201
    except ReaderError as error:
        print(trouble_line(error), flush=True)  # noqa: T201
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    bounds = sys.argv[3:]
    asked = DEFAULT_LIMITS
    if len(bounds) >= 2:
        asked = Limits(file_bytes=int(bounds[0]), follow_links=bounds[1] == "1", news_folders=tuple(bounds[2:]))
    main(sys.argv[1], sys.argv[2], asked)
