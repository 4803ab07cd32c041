"""Where the person was: what of the screen the next start takes up again."""

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
"""Open events that the next start opens again."""


def listing_at(place: Place) -> Listing:
    """What was listed at a place; what cannot be understood of it is as it usually is."""
    sort = next((sort for sort in Sort if sort.short == place.sort), Sort.NEWEST)
    listing = Listing(place.query, frozenset(place.topics), sort, place.by_event)
    return listing if listing.error is None else Listing("", listing.topics, sort, place.by_event)


def grouping_at(place: Place) -> Grouping:
    """How the coverage was grouped at a place."""
    with suppress(ValueError):
        return Grouping(place.grouping)
    return Grouping.TIME


def split_at(place: Place) -> Split:
    """How the panes shared the screen at a place; what no split can be is the usual one."""
    width, height = (share if 0 < share < 100 else 0 for share in (place.split, place.split_height))
    return Split(width, height)


def density_at(place: Place) -> str:
    """How many lines a story took at a place, as `Config.density`; empty where the settings are to say it."""
    return place.density if place.density in DENSITIES else ""


def place_on(parts: Parts) -> Place:
    """Where the person is on a screen of these parts, or was when it was left."""
    listing, current, split = parts.listed.listing, parts.current, parts.layout.split
    story, opened = current.id, parts.widgets.stories.opened[:MOST_OPENED]
    keys: dict[int, str] = {}
    with suppress(LibraryIndexError), as_index_errors():  # the screen has told of it
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
