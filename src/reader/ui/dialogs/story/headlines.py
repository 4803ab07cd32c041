"""The dialog with the headlines of an event, one below the other, so that one sees in which words they differ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from reader.base.times import day_text
from reader.base.wording import plural
from reader.coverage.likeness.words import words_of
from reader.coverage.model import Coverage, CoverageArticle
from reader.coverage.summary import by_day, sum_up
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.keys.bindings import again
from reader.ui.look.cells import ELLIPSIS, column, cut, line, words
from reader.ui.widgets.coverage.coverage_tree import HERE, LOCAL, WEB
from reader.ui.widgets.line_list import LineList

ROOMY = 60
"""The width, in cells, from which on there is room for whole notes and longer names."""

_WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
_WIDEST_OUTLET = 22

_MOST_BELOW, _ROOM_BELOW = 3, 16
"""The most lines below the list for the whole headline at the cursor; and the least lines of a screen for that."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: a story to go to, by its id, or where that is None a link to open."""

    story: int | None
    url: str


def parts_of(headline: str) -> list[tuple[str, frozenset[str]]]:
    """Divide a headline into parts, each with its words in the form in which headlines are compared.

    The parts joined give the headline. The words are those of `words_of`, without case, accents and plurals; spaces,
    signs and stop words have none.
    """
    parts: list[tuple[str, frozenset[str]]] = []
    end = 0
    for match in _WORD.finditer(headline):
        if match.start() > end:
            parts.append((headline[end : match.start()], frozenset()))
        parts.append((match[0], frozenset(words_of(match[0]))))
        end = match.end()
    if end < len(headline):
        parts.append((headline[end:], frozenset()))
    return parts


class HeadlineList(LineList):
    """Articles in the order of time, one a line, below the line of their day.

    Args:
        focus: the story whose event this is.
        articles: the articles of the event, the story among them.
        zone: the time zone of what is shown; None for the system's.
    """

    BINDINGS: ClassVar[list[Binding]] = [again("list.choose", "choose")]

    def __init__(self, focus: CoverageArticle, articles: tuple[CoverageArticle, ...], zone: tzinfo | None) -> None:
        super().__init__(id="headlines")
        self._focus = focus
        self._zone = zone
        self._rows: list[CoverageArticle | date | None] = []
        for day, of_the_day in by_day(articles, zone):
            self._rows += [day, *of_the_day]
        names = [_outlet(article) for article in articles]
        self._outlet_width = min(max(map(cell_len, names)), _WIDEST_OUTLET)
        texts = [article.copy for article in articles if article.copy is not None]
        copied = sorted({text for text in texts if texts.count(text) > 1})
        self._notes = {text: f" {number}" if len(copied) > 1 else "" for number, text in enumerate(copied, start=1)}
        self._parts: dict[int, list[tuple[str, frozenset[str]]]] = {}

    @property
    def selected(self) -> CoverageArticle | None:
        """The article under the cursor."""
        row = self._rows[self.cursor]
        return row if isinstance(row, CoverageArticle) else None

    def on_mount(self) -> None:
        """Begin on the story itself."""
        self.show_items(len(self._rows), self._rows.index(self._focus) if self._focus in self._rows else 1)

    def move_to(self, index: int) -> None:
        """As `LineList.move_to`. All lines are drawn again: they differ from the headline at the cursor."""
        before = self.cursor
        super().move_to(index)
        if self.cursor != before:
            self.redraw()

    def is_stop(self, index: int) -> bool:
        """Whether the cursor may stand on a line: it passes over the days."""
        return isinstance(self._rows[index], CoverageArticle)

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw a day or a headline."""
        row, ground, dim = self._rows[index], self.ground(at_cursor=at_cursor), self.look("dim")
        bar = ("▌" if at_cursor else " ", self.look("mark"))
        if not isinstance(row, CoverageArticle):
            return [line([bar, (day_text(row) if row else "no date", dim)], width, ground)]
        roomy = width >= ROOMY
        when = row.published
        time = f"{when.astimezone(self._zone):%H:%M}" if isinstance(when, datetime) else "  –  "
        outlet = column(_outlet(row), self._outlet_width if roomy else min(self._outlet_width, 10))
        parts = [bar, (f"{time} ", dim), self._sign(row), (f" {outlet}  " if roomy else f" {outlet} ", dim)]
        parts += self._headline_parts(index, row, self._room(row, width), at_cursor=at_cursor)
        return [line([*parts, (self._note(row, roomy=roomy), dim)], width, ground)]

    def _room(self, article: CoverageArticle, width: int) -> int:
        """The cells for an article's headline: what bar, time, sign, outlet and note leave of the width."""
        roomy = width >= ROOMY
        outlet = self._outlet_width + 3 if roomy else min(self._outlet_width, 10) + 2
        return width - 8 - outlet - cell_len(self._note(article, roomy=roomy)) - 1

    def cut_at(self, width: int) -> list[str]:
        """The headlines that are cut at a width, in cells."""
        articles = [row for row in self._rows if isinstance(row, CoverageArticle)]
        return [_headline(one) for one in articles if cell_len(_headline(one)) > self._room(one, width)]

    def _headline_parts(
        self, index: int, article: CoverageArticle, room: int, *, at_cursor: bool
    ) -> list[tuple[str, Style]]:
        """The parts of the headline; words that the headline at the cursor does not have are marked."""
        title = _headline(article)
        if not title:
            return [(cut("(no headline)", room), self.look("dim"))]
        shown = cut(title, room)
        kept = len(title) if shown == title else len(shown) - len(ELLIPSIS)
        known = {word for _, said in self._parts_at(self.cursor) for word in said}
        marked = self.look("strong") + self.look("accent")
        parts: list[tuple[str, Style]] = []
        for text, said in self._parts_at(index):
            if kept <= 0:
                break
            differs = bool(said - known) and not at_cursor
            parts.append((text[:kept], marked if differs else Style.null()))
            kept -= len(text)
        return parts if shown == title else [*parts, (ELLIPSIS if shown else "", Style.null())]

    def _parts_at(self, index: int) -> list[tuple[str, frozenset[str]]]:
        row = self._rows[index]
        if index not in self._parts and isinstance(row, CoverageArticle):
            self._parts[index] = parts_of(_headline(row))
        return self._parts.get(index, [])

    def _sign(self, article: CoverageArticle) -> tuple[str, Style]:
        if article.key == self._focus.key:
            return HERE, self.look("accent")
        return (LOCAL, self.look("mark")) if article.is_local else (WEB, self.look("dim"))

    def _note(self, article: CoverageArticle, *, roomy: bool) -> str:
        if article.copy not in self._notes:
            return ""
        return f"  same text{self._notes[article.copy]}" if roomy else f" ={self._notes[article.copy].strip()}"


def _headline(article: CoverageArticle) -> str:
    """The headline, with each accented letter as one character, so that no word ends at an accent."""
    return unicodedata.normalize("NFC", article.title)


def _outlet(article: CoverageArticle) -> str:
    return article.provider or article.outlet or "?"


class HeadlinesDialog(FramedDialog[Chosen]):
    """The headlines of a story's event; gives back which one was chosen.

    Args:
        coverage: the coverage of the story.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.

    Attributes:
        counts: the counts of the event in words, for the title; where room is short, the last ones are left out.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        again("event.headlines", "close"),
        again("app.quit", "close"),
        again("story.open", "open"),
    ]

    DEFAULT_CSS = """
    HeadlinesDialog {
        & > Vertical { width: 100%; max-width: 100%; max-height: 100%; padding: 0; }
        #whole { width: 100%; padding: 0 1; border-top: solid $reader-border; background: $panel; }
        #headlines {
            width: 100%; background: $panel;
            scrollbar-color: $reader-border; scrollbar-background: $panel;
            scrollbar-color-hover: $reader-dim; scrollbar-background-hover: $panel;
            scrollbar-color-active: $primary; scrollbar-background-active: $panel;
        }
    }
    """

    def __init__(self, coverage: Coverage, now: datetime, zone: tzinfo | None) -> None:
        super().__init__()
        articles = coverage.event
        self._list = HeadlineList(coverage.focus, articles, zone)
        self._lines = len(articles) + len(by_day(articles, zone))
        event = sum_up(articles, now, zone)
        self.counts = [
            plural(event.articles, "headline"),
            plural(event.outlets, "outlet"),
            f"{event.independent} independent",
        ]
        if event.days:
            self.counts.append(plural(event.days, "day"))

    def compose(self) -> ComposeResult:
        """The list in its frame."""
        with Vertical():
            yield self._list
            yield Static(id="whole", markup=False)

    def on_mount(self) -> None:
        """Put the focus on the list."""
        self._fit()
        self._list.focus()
        self.call_after_refresh(self._tell_whole)

    def on_resize(self) -> None:
        """Fit the dialog to the new size."""
        self._fit()

    def _fit(self) -> None:
        width, height = self.app.size
        frame = self.query_one_optional(Vertical)
        if frame is None:  # it was closed before it was shown
            return
        whole = self.query_one("#whole", Static)
        lines = max((len(words(one, width - 4)) for one in self._list.cut_at(width - 3)), default=0)
        below = min(lines, _MOST_BELOW) if height >= _ROOM_BELOW else 0
        whole.display, below = bool(below), below + bool(below)  # one more for the line between them
        whole.styles.height = below
        self._list.styles.height = max(min(self._lines, height - 2 - below), 1)
        shown = list(self.counts)
        while len(shown) > 1 and len(" · ".join(shown)) > width - 6:
            shown.pop()
        frame.border_title = Content(" · ".join(shown))
        # The first of these that has room is shown.
        hints = [
            self.in_force(
                "bold: not in the headline at the cursor"
                " · {list.choose} go there · {story.open} open · {dialog.close} close"
            ),
            self.in_force("{list.choose} go · {dialog.close} close"),
        ]
        frame.border_subtitle = Content(next((hint for hint in hints if len(hint) <= width - 6), ""))

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Show the whole headline at the cursor below the list, where headlines are cut."""
        message.stop()
        self._tell_whole()

    def _tell_whole(self) -> None:
        article = self._list.selected
        self.query_one("#whole", Static).update(_headline(article) if article else "")

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Go to a story of the library; open what is on the web only."""
        message.stop()
        article = self._list.selected
        if article is not None and article.story is not None:
            self.dismiss(Chosen(article.story, article.url))
        else:
            self.action_open()

    def action_open(self) -> None:
        """Open the link of the article under the cursor."""
        article = self._list.selected
        if article is None or not article.url:
            self.notify("This article has no link.", severity="warning", markup=False)
        else:
            self.dismiss(Chosen(None, article.url))
