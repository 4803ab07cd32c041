"""The commands that hand marks on: `reader marks export` and `reader marks import`."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from reader.base.errors import MarksError
from reader.base.text import clean, escaped
from reader.base.whole_files import place_of, save
from reader.cli.libraries import own_marks
from reader.cli.printing import prints, say
from reader.library.marks.exchange import MOST_BYTES, parse_export, read_export

STANDARD = "-"
"""The name of standard input and output."""


@click.group("marks")
def marks_commands() -> None:
    """Hand marks on: what was read, starred, tagged, noted and watched."""


@marks_commands.command("export")
@click.argument("file")
@prints
def export_marks(file: str) -> None:
    """Write all marks as JSON to FILE, which must be new; - is standard output."""
    with own_marks() as marks:
        exported = marks.export()
    lines = escaped(json.dumps(exported, ensure_ascii=False, indent=1)).split("\n")
    if file == STANDARD:
        for line in lines:
            click.echo(line)
    else:
        save(place_of(file), lines)
        say(f"{len(exported['marks']):,} marks written to {clean(file)}", err=True)


@marks_commands.command("import")
@click.argument("file")
@prints
def import_marks(file: str) -> None:
    """Take in the marks of FILE, or of standard input where it is -; of each mark the later change holds."""
    data = _standard_input() if file == STANDARD else read_export(place_of(file))
    with own_marks() as marks:
        changed = marks.import_(data)
    say(f"{changed:,} {'mark' if changed == 1 else 'marks'} changed", err=True)


def _standard_input() -> Any:
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:
        raise MarksError(f"standard input: cannot be read: {error.strerror}") from error
    return parse_export(data, "standard input")
