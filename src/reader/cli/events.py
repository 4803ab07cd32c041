"""`reader events`: the events of a library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.base.wording import plural
from reader.cli.libraries import complete_folders, folder_and_query, synced
from reader.cli.printing import NOTHING_FOUND, fail, now, prints, say, say_json
from reader.cli.stories import listing_of, marks_for
from reader.coverage.summary import days_of
from reader.library.folder.paths import shown_path
from reader.library.index.events.event_list import EventSort
from reader.library.index.listing import Listing
from reader.library.library import Library

if TYPE_CHECKING:
    from array import array

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
    """Print the events that stories answering the QUERY are on, one a line. What is no folder is its first word.

    The newest is the one with the latest article, which may be on the web only. Printed are the days of its first and
    its last article, how many outlets report it, and a headline.
    """
    folder, query = folder_and_query(folder, query)
    listing = listing_of(query)
    library = synced(folder)
    stories = _stories(library, listing)
    say_event = _say_json if as_json else _say_line
    is_empty = True
    for event in library.index.events(stories, EventSort[sort.upper()], limit):
        is_empty = False
        say_event(event)
    if is_empty:
        fail("no event found", NOTHING_FOUND)


def _stories(library: Library, listing: Listing) -> array[int] | None:
    """The stories whose events are listed; None for all. Hidden stories are not among them."""
    index = library.index
    with index.one_state():
        marks = marks_for(library, listing)
        is_all = not listing.query and not (marks and marks.hidden)
        return None if is_all else index.ask(listing, now=now(), marks=marks).ids


def _say_line(event: Event) -> None:
    say(f"{_days(event):<24}  {plural(event.outlets, 'outlet'):<11}  {event.representative.title}")


def _days(event: Event) -> str:
    """The first and the last day of an event, in the person's zone; articles dated in the future do not count."""
    days = days_of((member.published for member in event.members), now(), None)
    return " to ".join(dict.fromkeys(f"{day:%Y-%m-%d}" for day in (min(days), max(days)))) if days else ""


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
