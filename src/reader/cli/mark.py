"""The command that marks: `reader mark`, for scripts."""

from __future__ import annotations

from collections.abc import Sequence

import click

from reader.base.wording import plural
from reader.cli.libraries import complete_folders, folder_and_query, own_marks, synced
from reader.cli.printing import NOTHING_FOUND, USAGE, fail, prints, refuse_both, say
from reader.cli.stories import ask, listing_of, rows_of, say_line
from reader.library.marks.marks import MarkKind
from reader.library.query.query import parse_whole


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
    parse_whole(listing.text)  # what lacks something would mark too much: a script may have had no value for it
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
