"""The story pane: a story, or an article of its coverage, as a page of text that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.library.index.rows import StoryText
from reader.ui.keys.bindings import MOVES
from reader.ui.look.cells import LINK, line
from reader.ui.upstream.sizes import Fitted
from reader.ui.widgets.story.page import DETAILS, Page, PageContent, Row

if TYPE_CHECKING:
    from reader.stories.model import Story
    from reader.ui.widgets.story.article_page import ArticlePage

_BEGINNING = 20
"""So many letters of a line are looked for to find it: in a narrow pane it may be broken after them."""

_SEEN = 4
"""Where so many lines from the wanted one on are in view, the pane need not scroll."""


class StoryPane(Fitted, can_focus=True):
    """Shows at once what the index knows of a story, and the rest of its file when that has been read.

    Args:
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        keymap: keys that differ from the program's own, by the ids of bindings.
        own_hosts: hosts of the person's own, to which a link leads without a doubt.
    """

    BINDINGS: ClassVar[list[Binding]] = [*MOVES]  # type: ignore[assignment]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "story-pane--title",
        "story-pane--dim",
        "story-pane--link",
        "story-pane--label",
        "story-pane--code",
    }

    DEFAULT_CSS = """
    StoryPane {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .story-pane--title { text-style: bold; color: $foreground; }
        & > .story-pane--dim { color: $reader-dim; }
        & > .story-pane--link { color: $primary; text-style: underline; }
        & > .story-pane--label { color: $accent; }
        & > .story-pane--code { color: $secondary; }
    }
    """

    class CameUp(Message):
        """The pane was hidden, and is on the screen now."""

    def __init__(
        self,
        now: Callable[[], datetime],
        zone: tzinfo | None,
        keymap: Mapping[str, str] = MappingProxyType({}),
        own_hosts: Collection[str] = (),
    ) -> None:
        super().__init__(id="story")
        self._content = PageContent()
        self._page = Page(self._look, now, zone, keymap, own_hosts)
        self._left_at = 0
        """How many lines the pane was scrolled down when an article came in the story's place."""
        self._rows: list[Row] | None = None
        """The lines of the page; None where they are to be composed anew."""
        self._to_reveal = ""
        """The beginning of a line to scroll to once the page has it; empty for none."""

    @property
    def is_empty(self) -> bool:
        """Whether it shows no story."""
        return self._content.text is None

    def show_text(self, text: StoryText | None, *, empty_text: str = "") -> None:
        """Show what the index knows of a story, another one from its top.

        Args:
            text: what is known; None for no story.
            empty_text: what to say where there is none.
        """
        same = text is not None and self._content.text is not None and text.id == self._content.text.id
        if (text is None) != self.is_empty:
            self.refresh_bindings()  # the bar offers what acts on a story where there is one
        self._content.text = text
        self._content.empty = empty_text
        if not same:
            self._content.story = None
            self._content.trouble = self._content.image_note = ""
            self._content.tags, self._content.note, self._to_reveal = (), "", ""
            self.scroll_to(y=0, animate=False, force=True)
        self._compose_page()

    def show_file(self, story: Story | None, trouble: str = "") -> None:
        """Add what the story's file says, or why it could not be read."""
        self._content.story = story
        self._content.trouble = trouble
        self._compose_page()

    def show_article(self, page: ArticlePage | None) -> None:
        """Show an article of the coverage in the story's place; None to show the story again, where it was left."""
        if page == self._content.article:
            return
        if self._content.article is None:
            self._left_at = self.scroll_offset.y
        self._content.article = page
        self._compose_page()
        self.scroll_to(y=0 if page else self._left_at, animate=False, force=True)

    def show_image_note(self, note: str, *, reveal: bool = False) -> None:
        """Show a note below the first image, such as why it is not shown; nothing where the note is empty.

        Args:
            note: the words.
            reveal: whether to scroll to the note.
        """
        self._to_reveal = note[:_BEGINNING] if reveal else self._to_reveal
        if note != self._content.image_note or reveal:
            self._content.image_note = note
            self._compose_page()

    def show_own_words(self, tags: tuple[str, ...], note: str) -> None:
        """Show the reader's own tags and note on the story."""
        if (tags, note) != (self._content.tags, self._content.note):
            self._content.tags, self._content.note = tags, note
            self._compose_page()

    def toggle_details(self) -> bool:
        """Show all of the front matter and scroll to it, or hide it where it is in view; says whether it is shown."""
        at = self._line_beginning(DETAILS) if self._content.has_details else None
        is_hidden = at is not None and not 0 <= at - self.scroll_offset.y < self.size.height
        self._content.has_details = is_hidden or not self._content.has_details
        self._to_reveal = DETAILS if self._content.has_details else ""
        self._compose_page()
        return self._content.has_details

    def _line_beginning(self, words: str) -> int | None:
        """The place of the last line of the page that begins with some words; None where none does."""
        lines = self.lines
        return next((at for at in reversed(range(len(lines))) if lines[at].strip().startswith(words)), None)

    def _reveal(self) -> None:
        """Scroll to the line that is to be revealed, with one line above it; not where it is in view already."""
        at = self._line_beginning(self._to_reveal) if self._to_reveal else None
        if at is not None:
            self._to_reveal = ""
            room = self.size.height
            if not 0 <= at - self.scroll_offset.y < room - min(_SEEN, room // 2):
                self.scroll_to(y=max(at - 1, 0), animate=False, force=True)

    @property
    def is_in_sight(self) -> bool:
        """Whether the story is on the screen, with no dialog in front of it and no article in its place."""
        return (
            self._content.article is None and self.app.screen is self.screen and bool(self.region) and self.is_on_screen
        )

    @property
    def lines(self) -> list[str]:
        """The page as plain text, line by line."""
        return ["".join(text for text, _ in row).rstrip() for row in self._composed()]

    # The page.

    def _compose_page(self) -> None:
        width = self.size.width
        if not width:
            return
        self._rows = None
        # A page that fits gets the pane's own height: so the size does not change with each story, which costs frames.
        self.virtual_size = Size(width, max(len(self._composed()), self.size.height))
        self._reveal()
        self.refresh()

    def _composed(self) -> list[Row]:
        """The lines of the page, which are composed now where that has not been done yet."""
        if self._rows is None:
            self._rows = self._page.rows(self._content, self.size.width) if self.size.width else []
        return self._rows

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"story-pane--{name}", partial=True)

    # Drawing, scrolling, clicking.

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        row, rows = y + self.scroll_offset.y, self._composed()
        return line(rows[row] if row < len(rows) else (), self.size.width, self.rich_style)

    def on_show(self) -> None:
        """Post that the story can be read now."""
        self.post_message(self.CameUp())

    def fit(self) -> None:
        """Compose the page for the new width."""
        self._compose_page()

    def notify_style_update(self) -> None:
        """Compose the page in the new colours when it is next drawn: the styles of its parts are not known yet."""
        super().notify_style_update()
        self._rows = None
        self._page.forget()

    def on_click(self, event: events.Click) -> None:
        """Open a link that was clicked."""
        url = event.style.meta.get(LINK)
        if isinstance(url, str):
            from reader.ui.messages import OpenRequested

            event.stop()
            self.post_message(OpenRequested(url))

    def action_move(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)

    def action_page(self, pages: float) -> None:
        """Scroll by pages, less one line, so that the eye finds its place."""
        step = max(int((self.size.height - 1) * abs(pages)), 1)
        self.scroll_to(y=self.scroll_offset.y + (step if pages > 0 else -step), animate=False, force=True)

    def action_edge(self, edge: int) -> None:
        """Scroll to the top (-1) or the bottom (1)."""
        self.scroll_to(y=0 if edge < 0 else self.virtual_size.height, animate=False, force=True)
