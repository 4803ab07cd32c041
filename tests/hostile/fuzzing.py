"""Reads many mutants: alone through every way of the parser, then together as a library.

    python -m hostile.fuzzing --files 100000 --seed 1 --processes 2 FOLDER...

Nothing but `StoryError` may come out, no file may take a second, what is read in pieces must be what is read whole, and
every text must be safe. Whatever fails is told by its number, of which `--only NUMBER` makes the file again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from hostile.mutants import mutant, sources
from hostile.safety import texts, unsafe
from reader.library.library import Library
from reader.stories.errors import StoryError
from reader.stories.files import parse_head, parse_rest, parse_story
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.model import Story
from reader.stories.sections import HEAD_BYTES, EntryMemory

CHUNK = 250
"""Mutants that make one library."""

LONGEST = 1.0
"""Seconds that reading one file may take."""

_HANGS = 30
_MEMORY = 1536 * 1024 * 1024
_PATHS = (Path("a.md"), Path("a.md"), Path("a.md"), Path("b.txt"), Path("c.yaml"))


@dataclass
class Tally:
    """What came of some mutants."""

    files: int = 0
    stories: int = 0
    none: int = 0
    refused: int = 0
    bytes: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, -1)
    library_seconds: float = 0.0
    peak_mb: float = 0.0
    failures: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another one in."""
        for name in ("files", "stories", "none", "refused", "bytes", "seconds", "library_seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)
        self.peak_mb = max(self.peak_mb, other.peak_mb)
        self.failures += other.failures

    def __str__(self) -> str:
        return (
            f"{self.files:,} files ({self.bytes / 1e6:,.0f} MB): {self.stories:,} stories, {self.refused:,} refused, "
            f"{self.none:,} no stories; {len(self.failures)} failures; "
            f"{1000 * self.seconds / max(self.files, 1):.2f} ms a file, the slowest {self.slowest[0]:.3f} s "
            f"(number {self.slowest[1]}); as libraries "
            f"{1000 * self.library_seconds / max(self.files, 1):.2f} ms a file; {self.peak_mb:.0f} MB at most"
        )


def read_alone(data: bytes, path: Path, memory: EntryMemory) -> Story | StoryError | None:
    """Read a file in each way there is; an AssertionError says in what they differ, or which text is not safe."""
    whole = _read(data, path)
    pieces = _read(data, path, memory)
    if isinstance(whole, StoryError):
        assert isinstance(pieces, StoryError), "refused whole, read in pieces"
        assert whole.reason
        assert not unsafe(str(whole)), f"an error with {unsafe(str(whole))!r}"
        assert 0 <= whole.line <= len(data) + 2
    else:
        assert pieces == whole, "not the same in pieces as whole"
    head = parse_head(data[:HEAD_BYTES], path)
    rest = parse_rest(data, DEFAULT_LIMITS, memory)
    if isinstance(whole, Story):
        for text in texts(whole):
            assert not unsafe(text, line_ends="\n"), f"a story with {unsafe(text, line_ends=chr(10))!r}"
        assert whole.title
        assert whole.key
        assert all(article.title for article in whole.related)
        if head is not None and rest is not None:
            completed = replace(head, body=rest[0], related=rest[1], sealed_bytes=whole.sealed_bytes)
            assert completed == whole, "head and rest are not the whole"
    return whole


def _read(data: bytes, path: Path, memory: EntryMemory | None = None) -> Story | StoryError | None:
    try:
        return parse_story(data, path, DEFAULT_LIMITS, memory)
    except StoryError as error:
        return error


def read_together(folder: Path, cache: Path, files: int) -> None:
    """Make a library of a folder, and ask it for all that the screen asks for; then once more, with nothing to do."""
    with Library(folder, cache, in_process=True) as library:
        report = library.sync()
        assert report.files == files
        ids = library.index.ids()
        problems = library.index.problems()
        for text in texts(list(library.index.rows(ids).values())):
            assert not unsafe(text), f"a row with {unsafe(text)!r}"
        for story in ids:
            told = [library.index.text(story), library.index.coverage(story)]
            assert None not in told
            assert not any(unsafe(text, line_ends="\n") for text in texts(told))
        assert not any(unsafe(str(problem)) for problem in problems)
        assert len(ids) + sum(problem.unread for problem in problems) <= files
        library.index.topics()
        assert library.sync().read == 0


def run_chunk(numbers: Sequence[int], seed: int, originals: Sequence[bytes], *, together: bool = True) -> Tally:
    """Read the mutants of some numbers."""
    tally = Tally()
    memory = EntryMemory(most=500)
    work = Path(tempfile.mkdtemp(prefix="reader-mutants-"))
    folder = work / "stories"
    folder.mkdir()
    try:
        for number in numbers:
            data, path = mutant(number, seed, originals), _PATHS[number % len(_PATHS)]
            (folder / f"{number}{path.suffix}").write_bytes(data)
            _count(tally, number, data, path, memory)
        if together:
            started = time.process_time()
            with _told(tally, numbers[0], "as a library"):
                read_together(folder, work / "cache", len(numbers))
            tally.library_seconds = time.process_time() - started
    finally:
        shutil.rmtree(work)
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return tally


def _count(tally: Tally, number: int, data: bytes, path: Path, memory: EntryMemory) -> None:
    started = time.process_time()
    outcome: Story | StoryError | None = None
    with _told(tally, number, "alone"):
        outcome = _read(data, path)
    took = time.process_time() - started
    with _told(tally, number, "in all ways"):
        read_alone(data, path, memory)
    if took > LONGEST:
        tally.failures.append((number, f"took {took:.2f} s"))
    tally.files += 1
    tally.stories += isinstance(outcome, Story)
    tally.refused += isinstance(outcome, StoryError)
    tally.none += outcome is None
    tally.bytes += len(data)
    tally.seconds += took
    tally.slowest = max(tally.slowest, (took, number))


@dataclass
class _told:  # noqa: N801 — reads as a statement
    """Notes whatever goes wrong within, and what does not end."""

    tally: Tally
    number: int
    what: str

    def __enter__(self) -> None:
        signal.signal(signal.SIGALRM, _hangs)
        signal.alarm(_HANGS if self.what != "as a library" else 10 * _HANGS)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        signal.alarm(0)
        if kind is None or not issubclass(kind, Exception):
            return False
        last = traceback.extract_tb(error.__traceback__)[-1] if error else None
        place = f" ({Path(last.filename).name}:{last.lineno})" if last else ""
        self.tally.failures.append((self.number, f"{self.what}: {kind.__name__}: {str(error)[:300]}{place}"))
        return True


def _hangs(*_: object) -> None:
    raise TimeoutError("it does not end")


def run(files: Iterable[int], seed: int, originals: Sequence[bytes], processes: int) -> Iterator[Tally]:
    """Read mutants in processes of their own, in whose memory there is a bound."""
    numbers = list(files)
    chunks = [numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK)]
    bound = (resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, context, resource.setrlimit, bound) as pool:
        yield from pool.map(partial(run_chunk, seed=seed, originals=originals), chunks)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Read mutants of story files.")
    parser.add_argument("folders", nargs="+", type=Path, help="folders of stories to be changed")
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--only", type=int, help="write the mutant of this number to standard output")
    options = parser.parse_args()
    originals = sources(*options.folders)
    if options.only is not None:
        sys.stdout.buffer.write(mutant(options.only, options.seed, originals))
        return 0
    total = Tally()
    for tally in run(range(options.first, options.first + options.files), options.seed, originals, options.processes):
        total.add(tally)
        for number, words in tally.failures:
            print(f"number {number}: {words}", flush=True)  # noqa: T201 — a command
        if total.files % 5_000 == 0:
            print(total, flush=True)  # noqa: T201
    print(total)  # noqa: T201
    return int(bool(total.failures))


if __name__ == "__main__":
    sys.exit(main())
