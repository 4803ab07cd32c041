"""What the commands that measure have in common: their options, the work folder, the table."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.figures import Figure, as_markdown, as_text
from bench.setting import Setting
from bench.terminal import ProgramEndedError

Measure = Callable[[Setting, Sequence[int]], Iterator[Figure]]

FAILED = " failed"


def run(
    description: str,
    measures: Mapping[str, Measure],
    sizes: Sequence[int],
    targets: Mapping[tuple[str, int], str],
    arguments: Sequence[str] | None = None,
) -> int:
    """Measure what the command line names, and print the table.

    Args:
        description: what the command is for.
        measures: what can be measured, by name.
        sizes: stories of the libraries, unless the command line names others.
        targets: what figures should reach, by name and number of stories.
        arguments: the command line.

    Returns:
        The exit code: 1 where something could not be measured.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--work", type=Path, help="keeps the libraries for the next time; default: a passing folder")
    parser.add_argument("--runs", type=int, default=7, help="how often what is slow is measured (default: 7)")
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, metavar="N", help="stories of the libraries")
    parser.add_argument(
        "--only", nargs="+", choices=measures, default=list(measures), metavar="NAME", help=", ".join(measures)
    )
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there as well")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="WORD",
        help="for each start of the screen: --option=--no-watch",
    )
    parser.add_argument(
        "--source", type=Path, metavar="FOLDER", help="take the program from there: a folder like `src`"
    )
    options = parser.parse_args(arguments)
    if options.work:
        figures = _measure(options, measures, options.work)
    else:
        with tempfile.TemporaryDirectory(prefix="reader-bench-") as work:
            figures = _measure(options, measures, Path(work))
    figures = [replace(figure, target=targets.get((figure.name, figure.size or 0), "")) for figure in figures]
    sys.stdout.write(as_text(figures))
    if options.markdown:
        options.markdown.write_text(as_markdown(figures), encoding="utf-8")
    return int(any(figure.name.endswith(FAILED) for figure in figures))


def _measure(options: argparse.Namespace, measures: Mapping[str, Measure], work: Path) -> list[Figure]:
    source = options.source.resolve() if options.source else None
    setting = Setting(work.resolve(), options.runs, options.option, source, tell)
    setting.home.mkdir(parents=True, exist_ok=True)
    figures: list[Figure] = []
    try:
        for name in options.only:
            started = time.perf_counter()
            tell(f"measuring {name}")
            try:
                for figure in measures[name](setting, options.sizes):
                    figures.append(figure)
                    tell(f"  {' | '.join(cell for cell in figure.cells() if cell)}")
            except (ProgramEndedError, subprocess.SubprocessError) as error:
                figures.append(Figure(f"{name}{FAILED}", None, ()))
                tell(f"{name}{FAILED}: {error} {getattr(error, 'stderr', None) or ''}")
            tell(f"  {time.perf_counter() - started:,.0f} s")
    finally:
        setting.close()
    return figures


def tell(words: str) -> None:
    """Tell how far the measurements are."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
