"""The commands about marks: `reader mark`, for scripts, and `reader marks export` and `import`, which hand them on."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from reader.base.errors import MarksError
from reader.base.text import clean, escaped
from reader.base.whole_files import place_of, save
from reader.base.wording import plural
from reader.cli.libraries import complete_folders, folder_and_query, own_marks, synced
from reader.cli.printing import NOTHING_FOUND, USAGE, fail, prints, refuse_both, say
from reader.cli.stories import ask, listing_of, rows_of, say_line
from reader.library.marks.exchange import MOST_BYTES, parse_export, read_export
from reader.library.marks.marks import MarkKind
from reader.library.query.query import parse_whole

STANDARD = "-"
"""The name of standard input and output."""


@click.command("mark")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.argument("query", nargs=-1)
@click.option("--read/--unread", "read", multiple=True, help="Read, or unread again.")
@click.option("--star/--unstar", "starred", multiple=True, help="Star, or take the star off.")
@click.option("--later/--not-later", "later", multiple=True, help="Keep for later, or no longer.")
@click.option("--tag", "tags", multiple=True, help="Give this tag; may be said several times.")
@click.option("--untag", "gone", multiple=True, help="Take this tag away; may be said several times.")
@click.option("--dry-run", is_flag=True, help="Print the stories that would be marked, and mark none.")
@prints
def mark(
    folder: str | None,
    query: Sequence[str],
    *,
    read: Sequence[bool],
    starred: Sequence[bool],
    later: Sequence[bool],
    tags: Sequence[str],
    gone: Sequence[str],
    dry_run: bool,
) -> None:
    """Mark the stories that answer a QUERY. What is no folder is the QUERY's first word.

    Each option is one change, which `U` on the screen takes back.
    """
    folder, query = folder_and_query(folder, query)
    refuse_both(read=True in read, unread=False in read)
    refuse_both(star=True in starred, unstar=False in starred)
    refuse_both(later=True in later, not_later=False in later)
    for tag in {*tags} & {*gone}:
        fail(f"--tag {tag} and --untag {tag} say different things: give one of them", USAGE)
    flags = {MarkKind.READ: read, MarkKind.STARRED: starred, MarkKind.LATER: later}
    wanted = {kind: given[0] for kind, given in flags.items() if given}
    listing = listing_of(query)
    parse_whole(listing.text)  # an incomplete query would mark too much: a script may have had an empty value
    if not listing.query:
        fail("say which stories: a query, such as age:>30d", USAGE)
    if not (wanted or tags or gone):
        fail("say what to set: --read, --star, --later, --tag, or its opposite", USAGE)
    library = synced(folder)
    ids = ask(library, listing).ids
    if not ids:
        fail("no story found", NOTHING_FOUND)
    if dry_run:
        for row in rows_of(library, ids):
            say_line(library, row)
        return
    keys = library.index.keys(ids).values()
    articles = dict.fromkeys(keys)  # files of one article share its key
    with own_marks() as marks:
        changes = [marks.set(articles, kind, value) for kind, value in wanted.items()]
        if tags or gone:
            changes.append(marks.set_tags(articles, add=tags, remove=gone))
    changed = {key for change in changes for key in change.keys}
    say(f"{plural(sum(key in changed for key in keys), 'story', 'stories')} of {len(ids):,} marked", err=True)


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
