"""Handing a story on: to the browser, the clipboard, a command, a share target, a file, the editor."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.library.folder.paths import in_folder
from reader.library.index.index import Index
from reader.ui.look.cells import cut
from reader.ui.messages import CopyRequested, OpenRequested
from reader.ui.parts.host import AtHand, Host, task
from reader.ui.parts.index.questions import Questions, reason
from reader.ui.parts.marks.words import HEADLINE
from reader.ui.upstream.type_ahead import DIALOG

if TYPE_CHECKING:
    from reader.coverage.model import CoverageArticle
    from reader.outside.programs import Started, Values
    from reader.settings.config import ShareTarget

KEPT = 20
"""How many of the commands that were piped to are remembered."""

PATIENCE = 30.0
"""Seconds in which a share target's end is told; one that takes longer is left to itself."""


class Handed(NamedTuple):
    """What is handed on.

    Attributes:
        title: the headline.
        url: the link; empty where there is none.
        story: the id of the story; None for an article on the web only.
        article: the article under the cursor of the tree; None where it is the story of the list.
    """

    title: str
    url: str
    story: int | None
    article: CoverageArticle | None


class Links:
    """Opens and copies the links of what is at hand.

    Args:
        host: the screen.
        questions: the way to the story.
        own_hosts: hosts of the person's own, to which a link leads without a doubt.
    """

    def __init__(self, host: Host, questions: Questions, own_hosts: Collection[str] = ()) -> None:
        self.host = host
        self._own_hosts = own_hosts
        self._questions = questions

    def open(self, at_hand: AtHand) -> None:
        """Open the link."""
        link = at_hand.article or self._questions.text(at_hand.story)
        self.host.post_message(OpenRequested(link.url if link else ""))

    @task(DIALOG)
    async def choose(self, at_hand: AtHand) -> None:
        """Choose among all links, and open one."""
        from reader.ui.dialogs.story.links import LinksDialog

        if at_hand.article is not None:
            links = [("source", at_hand.article.url)] if at_hand.article.url else []
        elif at_hand.story is not None:
            try:
                story = await self._questions.read(at_hand.story)
            except ReaderError as error:
                self.host.toast(str(error), "error")
                return
            links = [(str(link.role), link.url) for link in story.links]
            links += [(f"image: {image.title}" if image.title else "image", image.url) for image in story.images]
        else:
            return
        url = await self.host.show(LinksDialog(links, own_hosts=self._own_hosts))
        if url is not None:
            self.host.post_message(OpenRequested(url, is_seen=True))

    def copy(self, at_hand: AtHand) -> None:
        """Copy the link."""
        self._copy(at_hand, lambda _, url: url, "Link")

    def copy_markdown(self, at_hand: AtHand) -> None:
        """Copy title and link as Markdown."""
        from reader.outside.export import markdown_link

        self._copy(at_hand, markdown_link, "Title and link")

    def _copy(self, at_hand: AtHand, written: Callable[[str, str], str], what: str) -> None:
        link = at_hand.article or self._questions.text(at_hand.story)
        if link is None or not link.url:
            self.host.toast("There is no link to copy.", "warning")
        else:
            self.host.post_message(CopyRequested(written(link.title, link.url), what))


class HandingOn:
    """Hands stories on to commands and files.

    Args:
        host: the screen.
        questions: the way to the story.
        now: the clock.
        zone: the time zone of what is written; None for the system's.
        share: the share targets, as `Config.share`.
        rescan: has the folder read again, once a file was edited.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        *,
        now: Callable[[], datetime],
        zone: tzinfo | None,
        share: Sequence[ShareTarget],
        rescan: Callable[[], None],
    ) -> None:
        self.host = host
        self._questions = questions
        self._now = now
        self._zone = zone
        self._share_targets = share
        self._rescan = rescan
        self._piped: tuple[str, ...] = ()

    def pipe(self, at_hand: AtHand) -> None:
        """Pipe the story to a command."""
        if handed := self._handed(at_hand):
            self._pipe(handed)

    def share(self, at_hand: AtHand) -> None:
        """Hand the story to a share target."""
        if not self._share_targets:
            words = "There is no share target yet: a [[share]] with name and command in the configuration is one."
            self.host.toast(words, "warning")  # over several lines, where one has no room for it
        elif handed := self._handed(at_hand):
            self._share(handed)

    def save(self, at_hand: AtHand) -> None:
        """Save the story."""
        if handed := self._handed(at_hand):
            self._save(handed)

    def edit(self, at_hand: AtHand) -> None:
        """Edit the story's file."""
        handed = self._handed(at_hand)
        if handed is None:
            return
        if handed.story is None:
            self.host.toast("This article is on the web only: it has no file.", "warning")
            return
        self._edit_file(handed.story, handed.title)

    # What they do.

    def _handed(self, at_hand: AtHand) -> Handed | None:
        """What is acted on; None where there is nothing, which is told."""
        article = at_hand.article
        if article is not None:
            return Handed(article.title, article.url, article.story, article)
        text = self._questions.text(at_hand.story)
        if text is None:
            self.host.toast("No story is selected.")
            return None
        return Handed(text.title, text.url, text.id, None)

    async def _markdown(self, handed: Handed) -> list[str] | None:
        """It as lines of Markdown; None where its file cannot be read, which is told."""
        from reader.outside.export import article_markdown, story_markdown

        story, library = handed.story, self._questions.library
        if story is None:
            return list(article_markdown(handed.article, self._zone)) if handed.article else None

        def question(index: Index) -> list[str]:
            coverage = self._questions.as_shown(index.coverage(story))
            if not coverage:
                return []
            return list(story_markdown(library.read(story, index), coverage, self._zone, self._now()))

        try:
            return await self._questions.ask(question)
        except ReaderError as error:
            self.host.toast(f"The story cannot be read: {clean(reason(error))}", "error")
            return None

    @task(DIALOG, exclusive=True)
    async def _pipe(self, handed: Handed) -> None:
        from reader.outside import programs
        from reader.ui.dialogs.story.pipe import PipeDialog

        lines = await self._markdown(handed)
        if lines is None:
            return
        typed = await self.host.show(PipeDialog(self._piped, os.environ))
        if typed is None:
            return
        self._piped = (typed, *(one for one in self._piped if one != typed))[:KEPT]
        command = programs.split(typed)
        data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
        try:
            code = self.host.lend_terminal(lambda: programs.run_and_show(command, data))
        except programs.RunError as error:
            self.host.toast(str(error), "error")
            return
        self._tell(programs.ending(command, code) if code else f"Piped to {programs.name_of(command)}", code)

    @task(DIALOG, exclusive=True)
    async def _share(self, handed: Handed) -> None:
        target: ShareTarget | None = self._share_targets[0]
        if len(self._share_targets) > 1:
            from reader.ui.dialogs.story.share import ShareDialog

            target = await self.host.show(ShareDialog(self._share_targets))
        if target is not None:
            self._hand_to(target, handed)

    @task("share")
    async def _hand_to(self, target: ShareTarget, handed: Handed) -> None:
        from reader.outside import programs

        values = await self._values(handed)
        try:
            command = programs.fill(target.command, values)
            programs.find(command)
            if programs.draws_on_screen(command):
                code = self.host.lend_terminal(lambda: programs.run_and_show(command))
                self._tell(programs.ending(command, code) if code else f"Shared: {target.name}", code)
                return
            started = await asyncio.to_thread(programs.Started, command)
        except programs.RunError as error:
            self.host.toast(f"{target.name}: {error}", "error")
            return
        await self._follow(started, target.name)

    async def _values(self, handed: Handed) -> Values:
        from reader.outside.programs import Values

        file = await self._file_of(handed.story) if handed.story is not None else None
        return Values(handed.url, handed.title, str(file) if file is not None else "")

    async def _file_of(self, story: int) -> Path | None:
        """A story's file; None where the index does not know it."""
        path = await self._questions.ask(lambda index: index.path(story))
        return in_folder(self._questions.library.root.absolute(), path) if path is not None else None

    async def _follow(self, started: Started, name: str) -> None:
        """Wait for a command beside the screen, and tell how it ended."""
        from reader.outside.programs import ending

        waited, step = 0.0, 0.02
        try:
            while (code := started.code) is None and waited < PATIENCE:
                await asyncio.sleep(step)
                waited, step = waited + step, min(step * 1.5, 0.5)
            said = started.last_words()
        finally:
            started.close()
        if code is None:
            self.host.toast(f"Shared: {name} is still at it.")
            return
        words = ending(started.command, code) if code else f"Shared: {name}"
        self._tell(f"{words}: {said}" if said else words, code)

    def _tell(self, words: str, code: int) -> None:
        self.host.toast(words, "warning" if code else "information")

    @task(DIALOG, exclusive=True)
    async def _save(self, handed: Handed) -> None:
        from reader.base.whole_files import free_name, name_for
        from reader.ui.dialogs.story.save import SaveDialog, written_in_words

        lines = await self._markdown(handed)
        if lines is None:
            return
        name = await asyncio.to_thread(free_name, Path(), name_for(handed.title, "story", ".md"))
        file = await self.host.show(SaveDialog("Save the story", lines, name))
        if file is not None:
            self.host.toast(written_in_words("Story saved", file, self.host.size.width))

    @task(DIALOG, exclusive=True)
    async def _edit_file(self, story: int, title: str) -> None:
        file = await self._file_of(story)
        if file is None or not await asyncio.to_thread(file.is_file):  # an editor would begin a new one
            self.host.toast("The story's file is gone.", "warning")
            return
        if trouble := edit(self.host, file):
            self.host.toast(trouble, "error")
        try:
            await self._questions.read(story)
        except ReaderError as error:  # the story leaves the list, and nothing else would say why
            self.host.toast(f"No longer read: {cut(title, HEADLINE)} · {clean(reason(error))}", "error")
        self._rescan()


def edit(host: Host, file: Path) -> str:
    """Have a file edited in the person's editor; gives what went wrong, empty where nothing did."""
    from reader.outside import programs

    try:
        command = programs.editor()
        code = host.lend_terminal(lambda: programs.run([*command, str(file)]))
    except programs.RunError as error:
        return str(error)
    return programs.ending(command, code) if code else ""
