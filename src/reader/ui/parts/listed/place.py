"""Where the person is, as it is written to a file at the end, and taken up again at the next start."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from reader.base.errors import LibraryIndexError
from reader.coverage.ways import Grouping
from reader.library.index.listing import Listing
from reader.library.index.storage.damage import as_index_errors
from reader.library.query.query import Sort
from reader.settings.place import Place
from reader.ui.widgets.panes import Split
from reader.ui.widgets.stories.story_lines import DENSITIES

if TYPE_CHECKING:
    from reader.ui.parts.assembly import Parts

MOST_OPENED = 50
"""How many open events the next start opens again, at most."""


def listing_at(place: Place) -> Listing:
    """The listing of a place, with defaults for what the file has wrong."""
    sort = next((sort for sort in Sort if sort.short == place.sort), Sort.NEWEST)
    listing = Listing(place.query, frozenset(place.topics), sort, place.by_event)
    return listing if listing.error is None else Listing("", listing.topics, sort, place.by_event)


def grouping_at(place: Place) -> Grouping:
    """The grouping of a place; by time where the file has it wrong."""
    with suppress(ValueError):
        return Grouping(place.grouping)
    return Grouping.TIME


def split_at(place: Place) -> Split:
    """How the panes shared the screen at a place, with the defaults for what the file has wrong."""
    width, height = (share if 0 < share < 100 else 0 for share in (place.split, place.split_height))
    return Split(width, height)


def density_at(place: Place) -> str:
    """How many lines a story took at a place, as `Config.density`; empty where the settings decide."""
    return place.density if place.density in DENSITIES else ""


def place_on(parts: Parts) -> Place:
    """Where the person is on the screen of these parts, or was when it was closed."""
    listing, current, split = parts.listed.listing, parts.current, parts.layout.split
    story, opened = current.id, parts.widgets.stories.opened[:MOST_OPENED]
    keys: dict[int, str] = {}
    with suppress(LibraryIndexError), as_index_errors():  # the screen has shown the error
        keys = parts.questions.library.index.keys([*opened, *([story] if story is not None else [])])
    return Place(
        query=listing.text,
        topics=tuple(sorted(listing.topics)),
        sort="" if listing.sort is Sort.NEWEST else listing.sort.short,
        by_event=listing.by_event,
        story=keys.get(story, "") if story is not None else "",
        split=split.width,
        split_height=split.height,
        grouping="" if current.grouping is Grouping.TIME else str(current.grouping),
        side_bar=parts.side_bar.is_open,
        opened=tuple(keys[one] for one in opened if one in keys),
        density=parts.layout.density,
    )
