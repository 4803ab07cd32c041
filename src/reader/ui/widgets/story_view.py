"""The story pane: one story as a page of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from io import StringIO
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.theme import Theme
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.base.text import clean_block
from reader.base.times import ago, long_time
from reader.base.wording import fold
from reader.library.index.rows import StoryText
from reader.stories.limits import MARKDOWN_CHARACTERS, MARKDOWN_LINES
from reader.stories.urls import is_plain, is_web, short_url
from reader.ui.keys.bindings import MOVES, key_of
from reader.ui.look.cells import cut, line, lines_of, words
from reader.ui.messages import OpenRequested
from reader.ui.upstream.sizes import Fitted

if TYPE_CHECKING:
    from reader.stories.model import Image, Story, Value
    from reader.ui.widgets.article_page import ArticlePage

_LINK = "reader_link"
_WIDEST_COLUMN = 88
"""Text wider than this is hard to read; a wider pane leaves the rest empty."""

_MOST_FIELD = 4_000
"""Characters of one value among the details."""

_MOST_TEXT, _MOST_LINES = 200_000, 3_000
"""Characters of one text, and lines of the whole page, that are shown."""

_CUT_ENDS = ("…", "...", "[…]", "[...]")
"""How an excerpt ends that was cut off."""

_DETAILS = "All of the front matter"
"""The line above the details."""

_BEGINNING = 20
"""Letters by which a line is known again: a narrow pane breaks longer ones."""

_SEEN = 4
"""Lines from the one that is scrolled to on that must be in sight where the pane stays as it is."""


Row: TypeAlias = Sequence[tuple[str, Style]]
"""A line of the page: its parts, each in its style. It is drawn when it is seen."""


class StoryView(Fitted, can_focus=True):
    """Shows what the index knows of a story at once, and the rest of its file when that has been read.

    Args:
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    BINDINGS: ClassVar[list[Binding]] = [*MOVES]  # type: ignore[assignment]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "story-view--title",
        "story-view--dim",
        "story-view--link",
        "story-view--label",
        "story-view--code",
    }

    DEFAULT_CSS = """
    StoryView {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .story-view--title { text-style: bold; color: $foreground; }
        & > .story-view--dim { color: $reader-dim; }
        & > .story-view--link { color: $primary; text-style: underline; }
        & > .story-view--label { color: $accent; }
        & > .story-view--code { color: $secondary; }
    }
    """

    class CameUp(Message):
        """The pane was hidden, and is on the screen."""

    def __init__(
        self,
        now: Callable[[], datetime],
        zone: tzinfo | None,
        keymap: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(id="story")
        self._keymap = keymap
        self._now = now
        self._zone = zone
        self._text: StoryText | None = None
        self._story: Story | None = None
        self._article: ArticlePage | None = None
        self._left_at = 0
        """The line of the story to which the pane was scrolled when an article came in its place."""
        self._trouble = ""
        self._image_note = ""
        self._tags: tuple[str, ...] = ()
        self._note = ""
        self._empty = ""
        self._details = False
        self._rows: list[Row] | None = None
        """The page, line by line; None where it is to be composed anew."""
        self._set_body: tuple[tuple[str, int], list[list[tuple[str, Style]]]] | None = None
        self._to_reveal = ""
        """The beginning of a line that is scrolled to once the page has it."""

    def show_text(self, text: StoryText | None, *, empty_text: str = "") -> None:
        """Show what the index knows of a story, from its top."""
        same = text is not None and self._text is not None and text.id == self._text.id
        self._text = text
        self._empty = empty_text
        if not same:
            self._story = None
            self._trouble = self._image_note = ""
            self._tags, self._note, self._to_reveal = (), "", ""
            self.scroll_to(y=0, animate=False, force=True)
        self._compose_page()

    def show_file(self, story: Story | None, trouble: str = "") -> None:
        """Add what the story's file says, or why it could not be read."""
        self._story = story
        self._trouble = trouble
        self._compose_page()

    def show_article(self, page: ArticlePage | None) -> None:
        """Show an article of the coverage in the story's place; None: the story again, where it was left."""
        if page == self._article:
            return
        if self._article is None:
            self._left_at = self.scroll_offset.y
        self._article = page
        self._compose_page()
        self.scroll_to(y=0 if page else self._left_at, animate=False, force=True)

    def show_image_note(self, note: str, *, reveal: bool = False) -> None:
        """Say below the first image what became of it; nothing where the note is empty.

        Args:
            note: the words.
            reveal: whether to scroll to them.
        """
        self._to_reveal = note[:_BEGINNING] if reveal else self._to_reveal
        if note != self._image_note or reveal:
            self._image_note = note
            self._compose_page()

    def show_own_words(self, tags: tuple[str, ...], note: str) -> None:
        """Show the reader's own tags and note on the story."""
        if (tags, note) != (self._tags, self._note):
            self._tags, self._note = tags, note
            self._compose_page()

    def toggle_details(self) -> bool:
        """Show all of the front matter and scroll to it, or hide it where it is in sight; says which."""
        at = self._line_beginning(_DETAILS) if self._details else None
        is_hidden = at is not None and not 0 <= at - self.scroll_offset.y < self.size.height
        self._details = is_hidden or not self._details
        self._to_reveal = _DETAILS if self._details else ""
        self._compose_page()
        return self._details

    def _line_beginning(self, words: str) -> int | None:
        """The last line of the page that begins with some words."""
        lines = self.lines
        return next((at for at in reversed(range(len(lines))) if lines[at].strip().startswith(words)), None)

    def _reveal(self) -> None:
        """Scroll to what was asked for by a key, with a line of what stands above it; what is in sight stays."""
        at = self._line_beginning(self._to_reveal) if self._to_reveal else None
        if at is not None:
            self._to_reveal = ""
            room = self.size.height
            if not 0 <= at - self.scroll_offset.y < room - min(_SEEN, room // 2):
                self.scroll_to(y=max(at - 1, 0), animate=False, force=True)

    @property
    def is_in_sight(self) -> bool:
        """Whether the story is on the screen, with nothing in front of it, and no article in its place."""
        return self._article is None and self.app.screen is self.screen and bool(self.region) and self.is_on_screen

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
        # A page that fits has the pane's own height: a layout of the screen for each story would cost frames.
        self.virtual_size = Size(width, max(len(self._composed()), self.size.height))
        self._reveal()
        self.refresh()

    def _composed(self) -> list[Row]:
        """The page, line by line; composed now where that has not been done yet."""
        if self._rows is None:
            self._rows = self._all_rows(self.size.width) if self.size.width else []
        return self._rows

    def _all_rows(self, width: int) -> list[Row]:
        dim = self._look("dim")
        shown = self._article.text if self._article is not None else self._text
        if shown is None:
            return [(), *([("  " + part, dim)] for part in words(self._empty, width - 4))]
        page = self._page(shown, min(width - 2, _WIDEST_COLUMN))
        rows = list(islice(page, _MOST_LINES))
        if next(iter(page), None) is not None:
            rows.append([(" … the rest stands in the file", dim)])
        return rows

    def _head(self, text: StoryText, width: int) -> Iterator[Row]:
        """Headline, outlet, time and labels; the reader's own words, or where the article stands."""
        dim = self._look("dim")
        yield from self._paragraph(text.title, width, self._look("title"))
        when = [long_time(text.published, self._zone), ago(text.published, self._now())]
        yield from self._paragraph(" · ".join(part for part in (text.provider, *when) if part), width, dim)
        labels = [*text.topics]
        if text.quality is not None:
            labels.append(f"quality {text.quality} by the file's rating")
        if text.type and text.type != "article":
            labels.append(text.type)
        if labels:
            yield from self._paragraph(" · ".join(labels), width, dim)
        if self._article is not None:
            yield from self._paragraph(self._article.standing, width, self._look("label"))
        else:
            yield from self._own_words(width)

    def _page(self, text: StoryText, width: int) -> Iterator[Row]:
        yield from self._head(text, width)
        if text.excerpt:
            yield ()
            yield from self._paragraph(text.excerpt, width, Style.null())
            if text.url and not text.body and text.excerpt.rstrip().endswith(_CUT_ENDS):
                more = f"The file has no more of it; {key_of('story.open', self._keymap)} opens the rest."
                yield from self._paragraph(more, width, self._look("dim"))
        if text.body:
            yield ()
            yield from self._body(text.body, width)
        yield ()
        if text.url:
            yield from self._link(text.url, width)
        else:
            kind = "story" if self._article is None else "article"
            yield from self._paragraph(f"This {kind} has no link that can be opened.", width, self._look("dim"))
        if self._article is not None:
            yield from self._images(self._article.images, text.title, width)
            return
        if self._trouble:
            yield from self._paragraph(f"The file cannot be read any more: {self._trouble}", width, self._look("label"))
        if self._story is not None:
            yield from self._images(self._story.images, text.title, width)
            if self._details:
                yield from self._all_details(self._story, width)

    def _own_words(self, width: int) -> Iterable[Row]:
        """The reader's tags, and the note as a block with a line beside it."""
        if self._tags:
            yield from self._paragraph(f"tags: {' · '.join(self._tags)}", width, self._look("label"))
        if self._note:
            yield ()
            for part in words(self._note, width - 2):
                yield [(" │ ", self._look("label")), (part, Style.null())]

    def _images(self, images: Sequence[Image], headline: str, width: int) -> Iterable[Row]:
        """The images with their captions, but for one that says the headline again."""
        if images:
            yield ()
        for number, image in enumerate(images):
            title = image.title if image.title and fold(image.title) != fold(headline) else "image"
            size = f" ({image.width} × {image.height})" if image.width and image.height else ""
            yield from self._paragraph(f"▣ {title}{size}", width, self._look("dim"))
            yield from self._link(image.url, width)
            if self._image_note and not number and self._article is None:
                yield from self._paragraph(self._image_note, width, self._look("label"))

    def _all_details(self, story: Story, width: int) -> Iterable[Row]:
        from reader.ui.widgets.details import details

        yield ()
        yield [(f" {_DETAILS}", self._look("label"))]
        for name, value in details(story):
            yield from self._field(name, value, width, 0)

    def _field(self, name: str, value: Value, width: int, depth: int) -> Iterable[Row]:
        head = "  " * depth + name
        if isinstance(value, dict) and value:
            yield [(f" {head}", self._look("dim"))]
            for key, part in value.items():
                yield from self._field(key, part, width, depth + 1)
        elif isinstance(value, list) and value and not all(isinstance(part, str) for part in value):
            yield [(f" {head}", self._look("dim"))]
            for number, part in enumerate(value, start=1):
                yield from self._field(f"{number}", part, width, depth + 1)
        else:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "–")
            text = text if len(text) <= _MOST_FIELD else f"{text[:_MOST_FIELD]}… {len(text) - _MOST_FIELD:,} more"
            head = cut(head, width // 2)
            label = f"{head:<14} "
            for number, part in enumerate(words(text, max(width - len(label), 10))):
                yield [
                    (" " + (label if not number else " " * len(label)), self._look("dim")),
                    (part, Style.null()),
                ]

    def _body(self, body: str, width: int) -> Iterable[Row]:
        if len(body) > MARKDOWN_CHARACTERS or body.count("\n") > MARKDOWN_LINES:
            return self._paragraph(body, width, Style.null())
        return self._markdown(body, width)

    def _markdown(self, body: str, width: int) -> Iterable[Row]:
        """A body as Markdown, which is set once though the page is composed several times a visit."""
        if self._set_body is None or self._set_body[0] != (body, width):
            self._set_body = (body, width), self._markdown_lines(body, width)
        for parts in self._set_body[1]:
            yield [(" ", Style.null()), *parts]

    def _markdown_lines(self, body: str, width: int) -> list[list[tuple[str, Style]]]:
        """The lines of a text in Markdown; its links are ours to open, and only web addresses are links at all."""
        from reader.ui.look.markdown import LeftMarkdown

        console = Console(width=width, file=StringIO(), theme=self._markdown_theme(), color_system="truecolor")
        # Markdown's character references (`&#27;`) become characters here: past the gate that the body came by.
        return [
            [(clean_block(segment.text), _own_link(segment)) for segment in segments if not segment.control]
            for segments in console.render_lines(LeftMarkdown(body, hyperlinks=True), pad=False)
        ]

    def _markdown_theme(self) -> Theme:
        link, code, bold, dim = self._look("link"), self._look("code"), Style(bold=True), self._look("dim")
        names = {f"markdown.h{level}": bold for level in range(1, 8)}
        return Theme(
            {
                **names, "markdown.link": link, "markdown.link_url": link, "markdown.code": code,
                "markdown.code_block": code, "markdown.block_quote": dim, "markdown.hr": dim,
                "markdown.item.bullet": self._look("label"), "markdown.item.number": self._look("label"),
                "markdown.h1.border": dim, "markdown.table.border": dim,
                "markdown.table.header": bold,
            }
        )  # fmt: skip

    def _paragraph(self, text: str, width: int, look: Style) -> Iterable[Row]:
        if len(text) > _MOST_TEXT:
            text = f"{text[:_MOST_TEXT]}… {len(text) - _MOST_TEXT:,} more characters stand in the file"
        return ([(" " + part, look)] for part in islice(lines_of(text, width), _MOST_LINES + 1))

    def _link(self, url: str, width: int) -> Iterable[Row]:
        """A link, whole, over as many lines as it takes; each of them can be clicked."""
        if not is_web(url):
            return self._paragraph(url, width, self._look("dim"))
        look = self._look("link") + Style(meta={_LINK: url})
        shown: list[Row] = [[(" ", Style.null()), (part, look)] for part in words(short_url(url), width)]
        if is_plain(url):
            return shown
        from reader.stories.doubts import doubts

        for doubt in doubts(url):
            shown += self._paragraph(f"! {doubt}", width, self._look("label"))
        return shown

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"story-view--{name}", partial=True)

    # Drawing, scrolling, clicking.

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        row, rows = y + self.scroll_offset.y, self._composed()
        return line(rows[row] if row < len(rows) else (), self.size.width, self.rich_style)

    def on_show(self) -> None:
        """Tell that it can be read now."""
        self.post_message(self.CameUp())

    def fit(self) -> None:
        """Break the lines anew."""
        self._compose_page()

    def notify_style_update(self) -> None:
        """Draw in the new colours, once they are asked for: those of the page's parts are not known yet."""
        super().notify_style_update()
        self._rows = self._set_body = None

    def on_click(self, event: events.Click) -> None:
        """Open a link that was clicked."""
        url = event.style.meta.get(_LINK)
        if isinstance(url, str):
            event.stop()
            self.post_message(OpenRequested(url))

    def action_move(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)

    def action_page(self, pages: float) -> None:
        """Scroll by pages; one line stays for the eye."""
        step = max(int((self.size.height - 1) * abs(pages)), 1)
        self.scroll_to(y=self.scroll_offset.y + (step if pages > 0 else -step), animate=False, force=True)

    def action_edge(self, edge: int) -> None:
        """Scroll to the top (-1) or the bottom (1)."""
        self.scroll_to(y=0 if edge < 0 else self.virtual_size.height, animate=False, force=True)


def _own_link(segment: Segment) -> Style:
    """A segment's style with its link taken out of the terminal's hands and into ours."""
    style = segment.style or Style.null()
    url = style.link
    if not url:
        return style
    style = style.update_link(None)
    return style + Style(meta={_LINK: url}) if is_web(url) else style
