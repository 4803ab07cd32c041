"""`reader events`: the events of a library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.base.wording import plural
from reader.cli.libraries import complete_folders, folder_and_query, synced
from reader.cli.printing import NOTHING_FOUND, fail, prints, say, say_json
from reader.cli.stories import ask, listing_of
from reader.library.folder.paths import shown_path
from reader.library.index.events.event_list import EventSort

if TYPE_CHECKING:
    from reader.library.index.events.event_list import Event


@click.command("events")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--sort", type=click.Choice([sort.name.lower() for sort in EventSort]), default="newest", show_default=True
)
@click.option("--limit", type=click.IntRange(min=0), default=None, help="At most so many events.")
@prints
def list_events(folder: str | None, query: Sequence[str], *, as_json: bool, sort: str, limit: int | None) -> None:
    """Print the events that stories answering the QUERY are on, one a line. What is no folder is its first word."""
    folder, query = folder_and_query(folder, query)
    listing = listing_of(query)
    library = synced(folder)
    stories = ask(library, listing).ids if query else None
    say_event = _say_json if as_json else _say_line
    is_empty = True
    for event in library.index.events(stories, EventSort[sort.upper()], limit):
        is_empty = False
        say_event(event)
    if is_empty:
        fail("no event found", NOTHING_FOUND)


def _say_line(event: Event) -> None:
    first = event.members[0].published
    day = f"{first:%Y-%m-%d}" if first else ""
    say(f"{day:<10}  {plural(event.outlets, 'outlet'):<11}  {event.representative.title}")


def _say_json(event: Event) -> None:
    from reader.outside.export import time_json

    say_json(
        {
            "id": event.key,
            "title": event.representative.title,
            "outlets": event.outlets,
            "independent": event.independent,
            "first": time_json(event.members[0].published),
            "last": time_json(event.members[-1].published),
            "articles": [
                {
                    "url": member.url or None,
                    "key": member.key,
                    "title": member.title,
                    "outlet": member.outlet,
                    "provider": member.provider,
                    "published": time_json(member.published),
                    "file": shown_path(member.paths[0]) if member.paths else None,
                    "files": [shown_path(path) for path in member.paths],
                    "why": None if member.reason is None else str(member.reason),
                }
                for member in event.members
            ],
        }
    )
