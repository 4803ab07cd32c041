"""Measures the program on a real pseudo-terminal, and prints a table.

`python tests/bench/measure.py [--work FOLDER] [--runs N] [--sizes N ...] [--only NAME ...] [--markdown FILE]`

`--sizes 5 1000000` measures an archive of a million stories; making and reading it takes half an hour.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import measures_keys, measures_marks, measures_memory, measures_start, measures_whole
from bench.command import Measure, run

MEASURES: dict[str, Measure] = {
    "start": measures_start.first_paint,
    "list": measures_start.command_line,
    "rescan": measures_start.rescan,
    "keys": measures_keys.moving,
    "first-keys": measures_keys.first_keys,
    "search": measures_keys.searching,
    "whole": measures_whole.whole,
    "marks": measures_marks.marking,
    "query": measures_marks.asking,
    "memory": measures_memory.memory,
    "cold-start": measures_start.cold_start,
    "while-reading": measures_keys.while_reading,
    "index": measures_start.cold_index,
    "parse": measures_start.beside_a_parse,
}
"""What `--only` names."""

SIZES = (5, 5_632, 100_000)

ARCHIVE = 1_000_000
"""Stories of twenty years of feeds."""

TARGETS = {
    ("first paint, warm index", 5): "1.5 of empty",
    ("first paint, warm index", 5_632): "1.5 of empty",
    ("first paint, warm index", 100_000): "1.5 of empty, 1.15 of 5 stories",
    ("down: story drawn", 100_000): "15 ms, p90 25 ms; 1.5 of 1,000",
    ("page down: story drawn", 100_000): "25 ms; 1.5 of 1,000",
    ("G and g: story drawn", 100_000): "25 ms; 1.5 of 1,000",
    ("End and Home: story drawn", 100_000): "25 ms; 1.5 of 1,000",
    ("down and up in the coverage tree: story drawn", 100_000): "15 ms",
    ("lag of down, held at 30 Hz: rows drawn", 100_000): "30 ms",
    ("search: one letter: rows drawn", 100_000): "35 ms, p90 60 ms",
    ("search: a rare word: rows drawn", 100_000): "35 ms, p90 60 ms",
    ("search: a word of most stories: rows drawn", 100_000): "35 ms, p90 60 ms",
    ("topic switch: rows drawn", 100_000): "35 ms, p90 60 ms",
    ("marked read: the file alone", 100_000): "200 ms",
    ("taken back: the file alone", 100_000): "200 ms",
    ("marked read: asked and answered", 100_000): "200 ms",
    ("taken back: asked and answered", 100_000): "200 ms",
    ("`R` on 10,000: counts drawn", 100_000): "200 ms",
    ("`U` of it: counts drawn", 100_000): "200 ms",
    ("a query of five terms: answered", 100_000): "35 ms, p90 60 ms",
    ("a query of five terms: rows drawn", 100_000): "35 ms, p90 60 ms",
    ("memory at rest", 100_000): "80 MB",
    ("memory after 60 keys", 100_000): "120 MB",
    ("page down while reading: story drawn", 5_632): "p90 1.5 of at rest",
    ("rescan, nothing changed", 5_632): "60 ms",
    ("rescan, nothing changed", 100_000): "600 ms",
    ("`reader list --limit 20`", 100_000): "120 ms",
    ("… megabytes", 5_632): "35 MB/s",
    ("cold index, in turns with it", 5_632): "3 times as quick",
    ("first paint, warm index", ARCHIVE): "1.5 of empty",
    ("down: story drawn", ARCHIVE): "25 ms",
    ("first keys: down: story drawn", ARCHIVE): "99 of 100 within 100 ms",
    ("page down: story drawn", ARCHIVE): "25 ms",
    ("G and g: story drawn", ARCHIVE): "25 ms",
    ("search: one letter: rows drawn", ARCHIVE): "60 ms",
    ("search: a rare word: rows drawn", ARCHIVE): "60 ms",
    ("search: a word of most stories: rows drawn", ARCHIVE): "60 ms",
    ("topic switch: rows drawn", ARCHIVE): "60 ms",
    ("one row per event: rows drawn", ARCHIVE): "100 ms",
    ("next order: rows drawn", ARCHIVE): "100 ms",
    ("overview: first figures", ARCHIVE): "300 ms",
    ("memory at rest", ARCHIVE): "60 MB",
    ("memory after 60 keys", ARCHIVE): "120 MB",
    ("… memory of one process", ARCHIVE): "300 MB",
    ("… CPU-seconds", ARCHIVE): "600 s",
    ("… index on the disk", ARCHIVE): "1,200 MB",
}
"""What figures should reach, by name and number of stories."""


if __name__ == "__main__":
    sys.exit(run("Measure the program on a pseudo-terminal.", MEASURES, SIZES, TARGETS))
