"""The dialog of feeds: what is known of each; adding one, removing one, choosing one to list its stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList

from reader.base.errors import ReaderError
from reader.base.times import ago
from reader.base.wording import fold, plural
from reader.feeds.model import Feed, FoundFeed, public_url
from reader.ui.dialogs.choice import ChoiceDialog
from reader.ui.keys.bindings import FEED_LIST
from reader.ui.look.cells import column, cut

if TYPE_CHECKING:
    from reader.feeds.subscriptions.adding import Offer
    from reader.library.feeds.state import FeedFacts

_NAME, _COUNT, _FRAME = 30, 15, 6
"""Cells of a feed's name, of its numbers, and of the frame around a line."""

_ADD = "+ "
"""The beginning of the ids of those lines that add a feed: before the address to add."""


class FeedRow(NamedTuple):
    """A feed, with what is known of it.

    Attributes:
        feed: the feed.
        facts: the results of asking the feed.
        stories: how many of its stories are in the library, hidden ones too: as `reader feeds list` counts them.
        unread: how many of these are unread, and not hidden.
        hidden: how many of them are hidden.
    """

    feed: Feed
    facts: FeedFacts
    stories: int
    unread: int
    hidden: int = 0


class FeedsSource(Protocol):
    """What the dialog needs of the library. All of it may raise a `ReaderError`, which the dialog shows."""

    async def rows(self) -> Sequence[FeedRow]:
        """A row for each feed."""

    async def look_up(self, address: str, named_by: str = "") -> Offer:
        """What is at an address: one that was typed, or one that the page at such an address names."""

    async def add(self, feed: Feed) -> bool:
        """Subscribe; says whether it is new."""

    async def remove(self, feed: Feed) -> None:
        """Unsubscribe."""


NONE_WITH_LETTERS = "No feed has these letters; the address of one adds it."


class FeedsDialog(ChoiceDialog[Feed]):
    """All feeds; gives back the one whose stories are to be listed.

    Args:
        source: what knows and changes them.
        now: the clock.
    """

    BINDINGS: ClassVar[list[Binding]] = [replace(binding, priority=True) for binding in FEED_LIST]
    TITLE_TEXT = "Feeds · unread of all their stories"
    PLACEHOLDER = "type to narrow, or the address of a feed or a page to add"
    HELP_TEXT = "Enter list its stories · {feeds.remove} remove · {dialog.close} close"
    EMPTY_TEXT = "No feed yet: type the address of one, or of a page that names one."

    DEFAULT_CSS = """
    FeedsDialog {
        & > Vertical { width: 84; }
        OptionList { max-height: 1fr; }
        #told { color: $warning; display: none; }
    }
    """

    def __init__(self, source: FeedsSource, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._source = source
        self._now = now
        self._rows: Sequence[FeedRow] = ()
        self._found: Sequence[FoundFeed] = ()
        """The feeds that a page names, where the address of one was typed; else empty."""
        self._page = ""
        """The address of that page, as it was typed."""
        self._at = ""
        """The id of the line under the cursor, which the message below the list is about."""
        self._to_remove = ""
        """The key of the feed that Delete removes when it is pressed once more, as the dialog has said."""

    def on_mount(self) -> None:
        """Add a line for messages, and look which feeds there are."""
        self.query_one(Vertical).mount(Label(id="told", markup=False))
        self.query_one("#empty", Label).display = False
        self._look()

    def on_resize(self) -> None:
        """List for the new width."""
        self.list_choices(self._typed)

    @property
    def _typed(self) -> str:
        return self.query_one(Input).value

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        await self._look_again()

    async def _look_again(self) -> None:
        try:
            self._rows = await self._source.rows()
        except ReaderError as error:
            self._tell(str(error))
        self.list_choices(self._typed)

    # The list.

    def choices(self, typed: str) -> list[tuple[str, Content]]:
        """The feeds that a page names; else the address that is typed, and the feeds with these letters."""
        if self._found:
            return [(f"{_ADD}{one.url}", self._offered(one.url, one.name)) for one in self._found]
        folded = fold(typed.strip())
        rows = [row for row in self._rows if folded in fold(f"{row.feed.name} {public_url(row.feed.url)}")]
        listed = [(row.feed.key, self._shown(row)) for row in rows]
        return [(f"{_ADD}{typed.strip()}", self._offered(typed.strip(), "")), *listed] if _is_address(typed) else listed

    @property
    def why_empty(self) -> str:
        """Says whether there is no feed at all, or none with these letters."""
        return NONE_WITH_LETTERS if self._rows else self.EMPTY_TEXT

    def _offered(self, url: str, name: str) -> Content:
        return Content.from_markup(
            "[$accent]+[/] $url[$reader-dim]  $name[/]", url=cut(url, self._width - 4), name=cut(name, _NAME)
        )

    def _shown(self, row: FeedRow) -> Content:
        width = self._width - 2
        name = max(min(_NAME, width - _COUNT - 2), 8)
        room = width - name - _COUNT - 2
        return Content.from_markup(
            "[$error]$sign[/] $name[$reader-dim]$count  $about[/]",
            sign="!" if row.facts.error else " ",
            name=column(row.feed.label, name),
            count=f"{f'{row.unread:,} of {row.stories:,}':>{_COUNT}}",
            about=cut(self._about(row), room) if room >= 8 else "",
        )

    def _about(self, row: FeedRow) -> str:
        facts = row.facts
        hidden = f"{'all' if row.hidden == row.stories else f'{row.hidden:,}'} hidden · " if row.hidden else ""
        if facts.error:
            return hidden + (f"ended: {facts.error}" if facts.ended else facts.error)
        if facts.news:
            return f"{hidden}news {ago(datetime.fromtimestamp(facts.news, UTC), self._now())}"
        return hidden + ("no news yet" if facts.asked else "never asked")

    @property
    def _width(self) -> int:
        return max(min(84, int(self.app.size.width * 0.96)) - _FRAME, 8)

    # What is done.

    def choose(self, name: str) -> None:
        """Add the feed of an address that is typed or was found; else give back the feed that was chosen."""
        if name.startswith(_ADD):
            self._add(name.removeprefix(_ADD))
        else:
            self.dismiss(next((row.feed for row in self._rows if row.feed.key == name), None))

    @work(exclusive=True, group="change")
    async def _add(self, address: str) -> None:
        self._tell(f"asking {address} …")
        try:
            page = self._page if address in {one.url for one in self._found} else ""
            offer = await self._source.look_up(address, page)
            if offer.feed is None and len(offer.page) == 1:
                offer = await self._source.look_up(offer.page[0].url, page or address)
            if offer.feed is None:
                self._found, self._page = offer.page, page or address
                self.list_choices(self._typed)
                self._tell_here(f"This page names {plural(len(offer.page), 'feed')}: Enter adds one.")
                return
            is_new = await self._source.add(offer.feed)
        except ReaderError as error:
            self._tell(str(error))
            return
        self._found = ()
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        await self._look_again()
        self._go_to(offer.feed)
        many = plural(offer.entries, "entry", "entries")
        added = f"Added: {offer.feed.label} ({many}); {self.in_force('{library.rescan}')} brings them in."
        self._tell_here(added if is_new else f"There already: {offer.feed.label}")

    def _go_to(self, feed: Feed) -> None:
        """Put the cursor on a feed."""
        options = self.query_one(OptionList)
        names = [options.get_option_at_index(place).id for place in range(options.option_count)]
        if feed.key in names:
            options.highlighted = names.index(feed.key)

    def action_remove(self) -> None:
        """Unsubscribe from the feed under the cursor, the second time that the key is pressed."""
        line, options = self.query_one(Input), self.query_one(OptionList)
        if line.cursor_position < len(line.value):  # the key is meant for what was typed
            line.action_delete_right()
            return
        name = "" if options.highlighted is None else options.get_option_at_index(options.highlighted).id or ""
        feed = next((row.feed for row in self._rows if row.feed.key == name), None)
        if feed is None:
            return
        if self._to_remove != feed.key:
            self._to_remove = feed.key
            self._tell(f"{self.key_of('feeds.remove')} once more removes “{feed.label}”; its stories stay.")
        else:
            self._remove(feed)

    @work(exclusive=True, group="change")
    async def _remove(self, feed: Feed) -> None:
        self._to_remove = ""
        try:
            await self._source.remove(feed)
        except ReaderError as error:
            self._tell(str(error))
            return
        await self._look_again()
        self._tell_here(f"Removed: {feed.label}. Its stories stay.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Something else was typed: forget what was found or asked, and list for it."""
        self._found = ()
        self._forget()
        self.list_choices(event.value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The cursor is on another feed: say in full what is wrong with that."""
        is_past = event.option_index != event.option_list.highlighted  # the cursor has moved on since the message
        if is_past or event.option.id == self._at:
            return
        self._at = event.option.id or ""
        self._forget()
        row = next((row for row in self._rows if row.feed.key == event.option.id), None)
        if row is not None and row.facts.error:
            times = f", {row.facts.failures:,} times now" if row.facts.failures > 1 else ""
            self._tell(f"{public_url(row.feed.url)}: {row.facts.error}{times}")

    def _forget(self) -> None:
        self._to_remove = ""
        self._tell("")

    def _tell_here(self, words: str) -> None:
        """Show a message that stays as long as the cursor stays on its line."""
        options = self.query_one(OptionList)
        at = options.highlighted
        self._at = "" if at is None else options.get_option_at_index(at).id or ""
        self._tell(words)

    def _tell(self, words: str) -> None:
        label = self.query_one("#told", Label)
        label.update(Content(words))
        label.display = bool(words)


def _is_address(typed: str) -> bool:
    """Whether what is typed looks like an address."""
    text = typed.strip()
    return bool(text) and not any(map(str.isspace, text)) and ("://" in text or "." in text.strip("."))
