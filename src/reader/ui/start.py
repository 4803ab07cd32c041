"""What the main screen shows first: where the person was, what was asked for, or the start view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.base.text import clean
from reader.coverage.ways import Grouping
from reader.library.index.listing import Listing
from reader.settings.config import Config
from reader.ui.widgets.panes import Split

if TYPE_CHECKING:
    from reader.settings.place import Place


class Start(NamedTuple):
    """What the main screen shows at first.

    Attributes:
        listing: what is listed.
        story: the key of the story that is shown; empty for the first of the list.
        grouping: how the coverage is grouped.
        split: how the panes share the screen.
        side_bar: whether the side bar is open.
        opened: keys of stories whose events' rows are open.
        density: how many lines a story takes, where that was chosen on the screen; empty where the settings decide.
    """

    listing: Listing
    story: str = ""
    grouping: Grouping = Grouping.TIME
    split: Split = Split()
    side_bar: bool = False
    opened: tuple[str, ...] = ()
    density: str = ""

    def showing(self, listing: Listing) -> Start:
        """The same with another listing, which begins at its first story."""
        return self._replace(listing=listing, story=self.story if listing == self.listing else "")


def start_at(place: Place | None, asked: Listing) -> Start:
    """What to show first: the listing that was asked for, else that of the last session, and its layout in any case."""
    if place is None:
        return Start(asked)
    from reader.ui.parts.listed.place import density_at, grouping_at, listing_at, split_at

    is_asked = asked != Listing()
    return Start(
        asked if is_asked else listing_at(place),
        "" if is_asked else place.story,
        grouping_at(place),
        split_at(place),
        place.side_bar,
        () if is_asked else place.opened,
        density_at(place),
    )


def start_view(config: Config, file: Path | None) -> Listing:
    """The listing of the settings' start view.

    Args:
        config: the settings, with views of their own.
        file: the file of saved views; None where nothing is saved.

    Raises:
        ReaderError: there is no view of this name, or none that can be listed.
    """
    from reader.settings.checks import nearest
    from reader.settings.views import Views
    from reader.ui.parts.views.listing import listing_of

    views, name = Views(config.views, file), clean(config.start_view)
    if views.named(name) is None:
        views.read()
    if (view := views.named(name)) is not None:
        return listing_of(view)
    known = nearest(name, (one.name for one in views.all), "known views")
    raise config.mistake("start_view", f"there is no view of this name{known}")
