"""Measures the program on a real pseudo-terminal, and prints a table.

`python tests/bench/measure.py [--work FOLDER] [--runs N] [--sizes N ...] [--only NAME ...] [--markdown FILE]`
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import measures_keys, measures_memory, measures_start
from bench.figures import Figure, as_markdown, as_text
from bench.setting import Setting
from bench.terminal import ProgramEndedError

Measure = Callable[[Setting, Sequence[int]], Iterator[Figure]]

MEASURES: dict[str, Measure] = {
    "start": measures_start.first_paint,
    "list": measures_start.command_line,
    "rescan": measures_start.rescan,
    "keys": measures_keys.moving,
    "search": measures_keys.searching,
    "memory": measures_memory.memory,
    "cold-start": measures_start.cold_start,
    "while-reading": measures_keys.while_reading,
    "index": measures_start.cold_index,
}
"""What `--only` names."""

FAILED = " failed"

SIZES = (5, 5_632, 100_000)

TARGETS = {
    ("first paint, warm index", 5): "1.05 of empty",
    ("first paint, warm index", 5_632): "1.10 of empty",
    ("first paint, warm index", 100_000): "1.15 of empty",
    ("down: rows drawn", 100_000): "p90 20 ms, as at 1,000",
    ("page down: rows drawn", 100_000): "p90 20 ms, as at 1,000",
    ("G and g: rows drawn", 100_000): "p90 20 ms, as at 1,000",
    ("End and Home: rows drawn", 100_000): "p90 20 ms, as at 1,000",
    ("lag of down, held at 30 Hz: rows drawn", 100_000): "50 ms",
    ("search: one letter: rows drawn", 100_000): "p90 50 ms",
    ("search: a rare word: rows drawn", 100_000): "p90 50 ms",
    ("search: a word of most stories: rows drawn", 100_000): "p90 50 ms",
    ("topic switch: rows drawn", 100_000): "p90 50 ms",
    ("memory at rest", 100_000): "205 MB",
    ("page down while reading: story drawn", 5_632): "p90 1.1 of at rest",
    ("rescan, nothing changed", 5_632): "50 ms",
    ("rescan, nothing changed", 100_000): "500 ms",
}
"""What figures should reach, by name and number of stories."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description="Measure the program on a pseudo-terminal.")
    parser.add_argument("--work", type=Path, help="keeps the libraries for the next time; default: a passing folder")
    parser.add_argument("--runs", type=int, default=7, help="how often what is slow is measured (default: 7)")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="stories of the libraries")
    parser.add_argument(
        "--only", nargs="+", choices=MEASURES, default=list(MEASURES), metavar="NAME", help=f"of {', '.join(MEASURES)}"
    )
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there as well")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="WORD",
        help="an option for each start of the screen: --option=--no-watch",
    )
    parser.add_argument("--source", type=Path, metavar="FOLDER", help="take the program from there: a `src` folder")
    options = parser.parse_args(arguments)
    if options.work:
        figures = _measure(options, options.work)
    else:
        with tempfile.TemporaryDirectory(prefix="reader-bench-") as work:
            figures = _measure(options, Path(work))
    sys.stdout.write(as_text(figures))
    if options.markdown:
        options.markdown.write_text(as_markdown(figures), encoding="utf-8")
    sys.exit(any(figure.name.endswith(FAILED) for figure in figures))


def _measure(options: argparse.Namespace, work: Path) -> list[Figure]:
    source = options.source.resolve() if options.source else None
    setting = Setting(work.resolve(), options.runs, options.option, source, _tell)
    setting.home.mkdir(parents=True, exist_ok=True)
    figures: list[Figure] = []
    try:
        for name in options.only:
            started = time.perf_counter()
            _tell(f"measuring {name}")
            try:
                for figure in MEASURES[name](setting, options.sizes):
                    figures.append(replace(figure, target=TARGETS.get((figure.name, figure.size or 0), "")))
                    _tell(f"  {' | '.join(cell for cell in figures[-1].cells() if cell)}")
            except (ProgramEndedError, subprocess.SubprocessError) as error:
                figures.append(Figure(f"{name}{FAILED}", None, ()))
                _tell(f"{name}{FAILED}: {error} {getattr(error, 'stderr', '') or ''}")
            _tell(f"  {time.perf_counter() - started:,.0f} s")
    finally:
        setting.close()
    return figures


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
