"""The page of the story pane: the lines about a story or an article, set at a width."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from rich.style import Style

from reader.base.times import ago, long_time
from reader.base.wording import fold
from reader.library.index.rows import StoryText
from reader.stories.limits import (
    DETAIL_CHARACTERS,
    MARKDOWN_CHARACTERS,
    MARKDOWN_LINES,
    SHOWN_CHARACTERS,
    SHOWN_LINES,
)
from reader.stories.urls import is_plain, is_web, short_url
from reader.ui.keys.bindings import key_of
from reader.ui.look.cells import LINK, cut, lines_of, words

if TYPE_CHECKING:
    from reader.stories.model import Image, Story, Value
    from reader.ui.widgets.story.article_page import ArticlePage

DETAILS = "All of the front matter"
"""The line above the details."""

_WIDEST_COLUMN = 88
"""The most cells of a line: wider text is hard to read. A wider pane leaves the rest empty."""

_CUT_ENDS = ("…", "...", "[…]", "[...]")
"""The ends by which one sees that an excerpt was cut off."""

Row: TypeAlias = Sequence[tuple[str, Style]]
"""A line of the page: its parts, each with its style. It is drawn when it comes into view."""


class PageContent:
    """What a page is made from.

    Attributes:
        text: what the index knows of the story; None where no story is shown.
        story: what its file says; None until that was read.
        article: the article of the coverage that is shown in the story's place; None for none.
        trouble: why the file could not be read; empty where it could.
        image_note: what to say of the first image, such as why it is not shown; empty for nothing.
        tags: the reader's own tags.
        note: the reader's own note.
        empty: what to say where no story is shown.
        has_details: whether all of the front matter is shown.
    """

    text: StoryText | None = None
    story: Story | None = None
    article: ArticlePage | None = None
    trouble: str = ""
    image_note: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    empty: str = ""
    has_details: bool = False


class Page:
    """Composes pages.

    Args:
        look: gives the style of a part: title, dim, link, label or code.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        keymap: keys that differ from the program's own, by the ids of bindings.
        own_hosts: hosts of the person's own, to which a link leads without a doubt.
    """

    def __init__(
        self,
        look: Callable[[str], Style],
        now: Callable[[], datetime],
        zone: tzinfo | None,
        keymap: Mapping[str, str],
        own_hosts: Collection[str] = (),
    ) -> None:
        self._look = look
        self._now = now
        self._zone = zone
        self._keymap = keymap
        self._own_hosts = own_hosts
        self._set_body: tuple[tuple[str, int], list[list[tuple[str, Style]]]] | None = None
        """The last Markdown body, its width, and its lines: a page is composed several times while it is shown."""

    def forget(self) -> None:
        """Forget the lines of the last body: the colours have changed."""
        self._set_body = None

    def rows(self, content: PageContent, width: int) -> list[Row]:
        """The lines of a page, for a pane of so many cells."""
        dim = self._look("dim")
        shown = content.article.text if content.article is not None else content.text
        if shown is None:
            return [(), *([("  " + part, dim)] for part in words(content.empty, width - 4))]
        page = self._page(content, shown, min(width - 2, _WIDEST_COLUMN))
        rows = list(islice(page, SHOWN_LINES))
        if next(iter(page), None) is not None:
            rows.append([(" … the rest stands in the file", dim)])
        return rows

    def _head(self, content: PageContent, text: StoryText, width: int) -> Iterator[Row]:
        """Headline, outlet, time, labels; then the reader's tags and note, or of an article where it leads and why."""
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
        if content.article is not None:
            yield from self._paragraph(content.article.standing, width, self._look("label"))
            if content.article.why:  # the tree's subtitle may have no room for all of it
                yield from self._paragraph(content.article.why, width, dim)
        else:
            yield from self._own_words(content, width)

    def _page(self, content: PageContent, text: StoryText, width: int) -> Iterator[Row]:
        yield from self._head(content, text, width)
        body = content.story.body if content.story is not None and content.article is None else text.body
        if text.excerpt:
            yield ()
            yield from self._paragraph(text.excerpt, width, Style.null())
            if text.url and not body and text.excerpt.rstrip().endswith(_CUT_ENDS):
                full, opens = (key_of(name, self._keymap) for name in ("story.full_text", "story.open"))
                more = f"The file has no more of it; {full} fetches the rest, {opens} opens it."
                yield from self._paragraph(more, width, self._look("dim"))
        if body:
            yield ()
            yield from self._body(body, width)
        yield ()
        if text.url:
            yield from self._link(text.url, width)
        else:
            kind = "story" if content.article is None else "article"
            yield from self._paragraph(f"This {kind} has no link that can be opened.", width, self._look("dim"))
        if content.article is not None:
            yield from self._images(content.article.images, text.title, width, "")
            return
        if content.trouble:
            yield from self._paragraph(
                f"The file cannot be read any more: {content.trouble}", width, self._look("label")
            )
        if content.story is not None:
            yield from self._images(content.story.images, text.title, width, content.image_note)
            if content.has_details:
                yield from self._all_details(content.story, width)

    def _own_words(self, content: PageContent, width: int) -> Iterable[Row]:
        """The reader's tags, and the note as a block with a line beside it."""
        if content.tags:
            yield from self._paragraph(f"tags: {' · '.join(content.tags)}", width, self._look("label"))
        if content.note:
            yield ()
            for part in words(content.note, width - 2):
                yield [(" │ ", self._look("label")), (part, Style.null())]

    def _images(self, images: Sequence[Image], headline: str, width: int, image_note: str) -> Iterable[Row]:
        """The images with their captions; one that only repeats the headline is left out."""
        if images:
            yield ()
        for number, image in enumerate(images):
            title = image.title if image.title and fold(image.title) != fold(headline) else "image"
            size = f" ({image.width} × {image.height})" if image.width and image.height else ""
            yield from self._paragraph(f"▣ {title}{size}", width, self._look("dim"))
            yield from self._link(image.url, width)
            if image_note and not number:
                yield from self._paragraph(image_note, width, self._look("label"))

    def _all_details(self, story: Story, width: int) -> Iterable[Row]:
        from reader.ui.widgets.story.details import details

        yield ()
        yield [(f" {DETAILS}", self._look("label"))]
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
            text = (
                text
                if len(text) <= DETAIL_CHARACTERS
                else f"{text[:DETAIL_CHARACTERS]}… {len(text) - DETAIL_CHARACTERS:,} more"
            )
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
        """A body as Markdown. Its lines are kept, as the page is composed several times while it is shown."""
        from reader.ui.widgets.story.markdown_lines import markdown_lines

        if self._set_body is None or self._set_body[0] != (body, width):
            self._set_body = (body, width), markdown_lines(body, width, self._look)
        for parts in self._set_body[1]:
            yield [(" ", Style.null()), *parts]

    def _paragraph(self, text: str, width: int, look: Style) -> Iterable[Row]:
        if len(text) > SHOWN_CHARACTERS:
            text = f"{text[:SHOWN_CHARACTERS]}… {len(text) - SHOWN_CHARACTERS:,} more characters stand in the file"
        return ([(" " + part, look)] for part in islice(lines_of(text, width), SHOWN_LINES + 1))

    def _link(self, url: str, width: int) -> Iterable[Row]:
        """A whole link, over as many lines as it takes; each of them can be clicked. Below it, what raises doubts."""
        if not is_web(url):
            return self._paragraph(url, width, self._look("dim"))
        look = self._look("link") + Style(meta={LINK: url})
        shown: list[Row] = [[(" ", Style.null()), (part, look)] for part in words(short_url(url), width)]
        if is_plain(url):
            return shown
        from reader.stories.doubts import doubts

        for doubt in doubts(url, self._own_hosts):
            shown += self._paragraph(f"! {doubt}", width, self._look("label"))
        return shown
