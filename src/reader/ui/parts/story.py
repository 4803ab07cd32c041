"""What can be done with the story at hand: open it, choose among its links, copy, scroll."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual import work
from textual.message import Message
from textual.screen import Screen

from reader.base.errors import ReaderError
from reader.library.library import Library
from reader.ui.parts.index_thread import IndexThread
from reader.ui.upstream.cancelled_waits import Uncancelled
from reader.ui.upstream.type_ahead import DIALOG
from reader.ui.widgets.story_view import StoryView

if TYPE_CHECKING:
    from reader.coverage.model import CoverageArticle
    from reader.library.index.rows import StoryText


class StoryActions(Uncancelled, Screen[None]):
    """The part of the main screen that acts on one story or article.

    Attributes:
        library: what is read.
        index_thread: the way to the index.
        story: the id of the story shown; None where there is none.
    """

    library: Library
    index_thread: IndexThread
    story: int | None

    @dataclass
    class OpenRequested(Message):
        """A link is to be opened; an empty one where there is none. `is_seen`: it was shown whole, and chosen."""

        url: str
        is_seen: bool = False

    @dataclass
    class CopyRequested(Message):
        """A text is to be copied; `what` names it."""

        text: str
        what: str

    @property
    def target(self) -> CoverageArticle | None:
        """The article that is acted on instead of the story; None where it is the story."""
        return None

    @property
    def view(self) -> StoryView:
        """The story pane."""
        return self.query_one(StoryView)

    def toast(self, words: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """Say something in passing; the words are never markup."""
        self.notify(words, severity=severity, markup=False)

    def text_of(self, story: int | None) -> StoryText | None:
        """What the index has of a story."""
        raise NotImplementedError

    def action_open(self) -> None:
        """Open the link."""
        article = self.target
        text = self.text_of(self.story)
        self.post_message(self.OpenRequested(article.url if article else text.url if text else ""))

    @work(group=DIALOG)
    async def action_links(self) -> None:
        """Choose among all links."""
        from reader.ui.dialogs.links import LinksDialog

        number = self.story
        if number is None:
            return
        if self.target is not None:
            links = [("source", self.target.url)] if self.target.url else []
        else:
            try:
                story = await self.index_thread.ask(lambda index: self.library.read(number, index))
            except ReaderError as error:
                self.toast(str(error), "error")
                return
            links = [(str(link.role), link.url) for link in story.links]
            links += [(f"image: {image.title}" if image.title else "image", image.url) for image in story.images]
        url = await self.app.push_screen_wait(LinksDialog(links))
        if url is not None:
            self.post_message(self.OpenRequested(url, is_seen=True))

    def action_copy_link(self) -> None:
        """Copy the link."""
        self._copy(lambda _, url: url, "Link")

    def action_copy_markdown(self) -> None:
        """Copy title and link as Markdown."""
        from reader.outside.export import markdown_link  # the start goes without it

        self._copy(markdown_link, "Title and link")

    def _copy(self, written: Callable[[str, str], str], what: str) -> None:
        article = self.target or self.text_of(self.story)
        if article is None or not article.url:
            self.toast("There is no link to copy.", "warning")
        else:
            self.post_message(self.CopyRequested(written(article.title, article.url), what))

    def action_details(self) -> None:
        """Show or hide all of the front matter."""
        self.view.toggle_details()

    def action_scroll_story(self, pages: int) -> None:
        """Scroll the story, wherever the focus is."""
        self.view.action_page(pages)
