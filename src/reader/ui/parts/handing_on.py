"""Handing a story on: to a command, to a share target, to a file, to the editor."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import work

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.library.index.index import Index, in_folder
from reader.ui.parts.notes import Annotating
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


class Sharing(Annotating):
    """The part of the main screen that hands stories on.

    Attributes:
        share: the share targets, as of `Config`.
    """

    share: Sequence[ShareTarget] = ()
    _piped: tuple[str, ...] = ()

    # Actions. What each is for stands in `bindings`.

    def action_pipe(self) -> None:
        """Pipe the story to a command."""
        if handed := self._handed():
            self._pipe(handed)

    def action_share(self) -> None:
        """Hand the story to a share target."""
        if not self.share:
            self.toast("There is no share target yet: a [[share]] with name and command in the configuration is one.")
        elif handed := self._handed():
            self._share(handed)

    def action_save(self) -> None:
        """Save the story."""
        if handed := self._handed():
            self._save(handed)

    def action_edit(self) -> None:
        """Edit the story's file."""
        handed = self._handed()
        if handed is None:
            return
        if handed.story is None:
            self.toast("This article is on the web only: it has no file.", "warning")
            return
        self._edit_file(handed.story)

    # What they do.

    def _handed(self) -> Handed | None:
        """What is acted on; None where there is nothing, which is told."""
        article = self.target
        if article is not None:
            return Handed(article.title, article.url, article.story, article)
        text = self.library.index.text(self.story) if self.story is not None else None
        if text is None:
            self.toast("No story is selected.")
            return None
        return Handed(text.title, text.url, text.id, None)

    async def _markdown(self, handed: Handed) -> list[str] | None:
        """It as lines of Markdown; None where its file cannot be read, which is told."""
        from reader.outside.export import article_markdown, story_markdown  # the start goes without it

        story = handed.story
        if story is None:
            return list(article_markdown(handed.article, self._zone)) if handed.article else None

        def question(index: Index) -> list[str]:
            coverage = index.coverage(story)
            return (
                list(story_markdown(self.library.read(story, index), coverage, self._zone, self._now()))
                if coverage
                else []
            )

        try:
            return await self.ask(question)
        except ReaderError as error:
            self.toast(f"The story cannot be read: {clean(getattr(error, 'reason', str(error)))}", "error")
            return None

    @work(exclusive=True, group=DIALOG)
    async def _pipe(self, handed: Handed) -> None:
        from reader.outside import programs
        from reader.ui.dialogs.pipe import PipeDialog
        from reader.ui.upstream.suspension import on_terminal

        lines = await self._markdown(handed)
        if lines is None:
            return
        typed = await self.app.push_screen_wait(PipeDialog(self._piped, os.environ))
        if typed is None:
            return
        self._piped = (typed, *(one for one in self._piped if one != typed))[:KEPT]
        command = programs.split(typed)
        data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
        try:
            code = on_terminal(self.app, lambda: programs.run_and_show(command, data))
        except programs.RunError as error:
            self.toast(str(error), "error")
            return
        self._tell(programs.ending(command, code) if code else f"Piped to {programs.name_of(command)}", code)

    @work(exclusive=True, group=DIALOG)
    async def _share(self, handed: Handed) -> None:
        target: ShareTarget | None = self.share[0]
        if len(self.share) > 1:
            from reader.ui.dialogs.share import ShareDialog

            target = await self.app.push_screen_wait(ShareDialog(self.share))
        if target is not None:
            self._hand_to(target, handed)

    @work(group="share")
    async def _hand_to(self, target: ShareTarget, handed: Handed) -> None:
        from reader.outside import programs
        from reader.ui.upstream.suspension import on_terminal

        values = await self._values(handed)
        try:
            command = programs.fill(target.command, values)
            programs.find(command)
            if programs.draws_on_screen(command):
                code = on_terminal(self.app, lambda: programs.run_and_show(command))
                self._tell(programs.ending(command, code) if code else f"Shared: {target.name}", code)
                return
            started = await asyncio.to_thread(programs.Started, command)
        except programs.RunError as error:
            self.toast(f"{target.name}: {error}", "error")
            return
        await self._follow(started, target.name)

    async def _values(self, handed: Handed) -> Values:
        from reader.outside.programs import Values

        story = handed.story
        path = await self.ask(lambda index: index.path(story)) if story is not None else None
        file = str(in_folder(self.library.root.absolute(), path)) if path is not None else ""
        return Values(handed.url, handed.title, file)

    async def _follow(self, started: Started, name: str) -> None:
        """Wait for a command beside the screen, and tell how it ended."""
        from reader.outside.programs import ending

        waited, step = 0.0, 0.02
        try:
            while (code := started.code) is None and waited < PATIENCE:
                await asyncio.sleep(step)
                waited, step = waited + step, min(step * 1.5, 0.5)
            said = started.told()
        finally:
            started.close()
        if code is None:
            self.toast(f"Shared: {name} is still at it.")
            return
        words = ending(started.command, code) if code else f"Shared: {name}"
        self._tell(f"{words}: {said}" if said else words, code)

    def _tell(self, words: str, code: int) -> None:
        self.toast(words, "warning" if code else "information")

    @work(exclusive=True, group=DIALOG)
    async def _save(self, handed: Handed) -> None:
        from reader.base.whole_files import free_name, name_for
        from reader.ui.dialogs.save import SaveDialog

        lines = await self._markdown(handed)
        if lines is None:
            return
        name = await asyncio.to_thread(free_name, Path(), name_for(handed.title, "story", ".md"))
        file = await self.app.push_screen_wait(SaveDialog("Save the story", lines, name))
        if file is not None:
            self.toast(f"Story saved: {clean(str(file))}")

    @work(exclusive=True, group=DIALOG)
    async def _edit_file(self, story: int) -> None:
        path = await self.ask(lambda index: index.path(story))
        file = in_folder(self.library.root.absolute(), path) if path is not None else None
        if file is None or not await asyncio.to_thread(file.is_file):  # an editor would begin a new one
            self.toast("The story's file is gone.", "warning")
            return
        if trouble := self.edit(file):
            self.toast(trouble, "error")
        self.action_rescan()
