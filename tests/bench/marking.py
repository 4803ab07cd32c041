"""Marks ten thousand stories read and takes it back, with a warm index; asks queries of five terms.

Prints the seconds of each. The marks of all other stories are in the file already.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from reader.library.index.index import Index
from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.library.marks.marks import Change, MarkKind, Marks
from reader.library.marks.snapshot import NOTHING_MARKED, take
from reader.ui.parts.index.thread import IndexThread

COUNT = 10_000
"""Stories that are marked at once."""

QUERIES = (
    "harbour topic:shipping after:2019 -title:crane quality:>=60",
    "topic:energy date:2018..2020 is:unread provider:lumby outlets:>=2",
    "is:read has:related before:2020 (title:ferry OR title:council) heat:>=50",
)
"""Queries of five terms, whose last letter changes what is listed."""

_STARRED, _TAGGED = 9_000, 1_000


def now() -> datetime:
    """The present time."""
    return datetime.now(UTC)


def fill(library: Library, file: Path) -> tuple[list[int], list[str], str]:
    """Mark all stories but the newest ten thousand; gives ids and keys of those, and a query that lists them."""
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    ids = list(library.index.ids())
    last = library.index.rows(ids[COUNT : COUNT + 1])[ids[COUNT]].published
    query = f"after:{last:%Y-%m-%dT%H:%M}" if last else ""
    keys = library.index.keys(ids)
    others = [keys[story] for story in ids[COUNT:]]
    with Marks(file, now) as marks:
        marks.set(others, MarkKind.READ, True)
        marks.set(others[:_STARRED], MarkKind.STARRED, True)
        marks.set_tags(others[:_TAGGED], ["later"])
    return ids[:COUNT], [keys[story] for story in ids[:COUNT]], query


def in_file(file: Path, keys: Sequence[str], runs: int) -> dict[str, list[float]]:
    """The change in the file alone."""
    told: defaultdict[str, list[float]] = defaultdict(list)
    with Marks(file, now) as marks:
        marks.of(keys[:1])
        for _ in range(runs):
            told["file, read"].append(_seconds(lambda: marks.set(keys, MarkKind.READ, True)))
            told["file, undo"].append(_seconds(marks.undo))
            marks.tidy()
    return told


async def in_thread(library: Library, file: Path, stories: Sequence[int], runs: int) -> dict[str, list[float]]:
    """The change as the screen asks for it, until it knows the marks after it."""
    told: defaultdict[str, list[float]] = defaultdict(list)
    thread = IndexThread(library, file, now)
    await thread.snapshot()

    def read(marks: Marks, index: Index) -> Change:
        return marks.set(index.keys(stories).values(), MarkKind.READ, True)

    for _ in range(runs):
        started = time.perf_counter()
        await thread.change(read)
        told["thread, read"].append(time.perf_counter() - started)
        started = time.perf_counter()
        await thread.undo()
        told["thread, undo"].append(time.perf_counter() - started)
        await asyncio.sleep(1)
    thread.close()
    return told


def queries(library: Library, file: Path, runs: int) -> list[float]:
    """Queries of five terms, each the first of its kind that an index is asked."""
    with Marks(file, now) as marks:
        sets = take(marks, library.index, NOTHING_MARKED).sets
    told = []
    for query in QUERIES:
        for _ in range(runs):
            index = library.another_index()
            index.ask(Listing("bells"), now=now(), marks=sets)
            told.append(_seconds(lambda index=index, query=query: index.ask(Listing(query), now=now(), marks=sets)))  # type: ignore[misc]
            index.close()
    return told


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def main(folder: str, cache: str, file: str, runs: str) -> None:
    """Measure in this process."""
    library = Library(Path(folder), Path(cache), in_process=True)
    library.sync()
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    stories, keys, query = fill(library, path)
    seconds = {
        **in_file(path, keys, int(runs)),
        **asyncio.run(in_thread(library, path, stories, int(runs))),
        "query": queries(library, path, int(runs)),
    }
    library.close()
    sys.stdout.write(json.dumps({"query": query, "seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
