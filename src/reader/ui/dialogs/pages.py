"""The dialog from which pages to read are made, and the one of files that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.base.text import clean
from reader.library.index.rows import Problem
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.keys.bindings import again

_SCROLLS = (
    ("move.next", "scroll(1)"),
    ("move.previous", "scroll(-1)"),
    ("move.page_down", "scroll(10)"),
    ("move.page_up", "scroll(-10)"),
    ("move.half_down", "scroll(10)"),
    ("move.half_up", "scroll(-10)"),
    ("story.scroll_down", "scroll(10)"),
    ("story.scroll_up", "scroll(-10)"),
)


class PageDialog(FramedDialog[None]):
    """A page of text that scrolls."""

    BINDINGS: ClassVar[list[Binding]] = [
        *(again(name, "close") for name in ("app.quit", "app.help", "dialog.help", "library.problems")),
        *(replace(again(name, action), priority=True) for name, action in _SCROLLS),
    ]

    TITLE_TEXT: ClassVar[str] = ""

    def page(self) -> Content:
        """The page. Subclasses say it."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The page in its frame."""
        with VerticalScroll() as frame:
            frame.border_title = Content(self.TITLE_TEXT)
            frame.border_subtitle = Content(self.in_force("{dialog.close} closes"))
            yield Static(self.page())

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


class ProblemsDialog(PageDialog):
    """The files that could not be read, and the flaws of those that were.

    Args:
        problems: the problems of files, as found when the folder was last read.
        trouble: why the folder could not be read the last time; empty where it could.
    """

    TITLE_TEXT = "Problems"

    def __init__(self, problems: Sequence[Problem], trouble: str = "") -> None:
        super().__init__()
        self._problems = problems
        self._trouble = trouble

    def page(self) -> Content:
        """A line for each problem; those for which a story is missing come first."""
        parts = []
        if self._trouble:
            head = Content.from_markup("[b $primary]$title[/]", title="Folder not read")
            what_holds = "What is listed is as it was when the folder was read last."
            parts += [head, Content(f"  {clean(self._trouble)}"), Content(f"  {what_holds}"), Content("")]
        elif not self._problems:
            return Content("Every file of this library was read without a flaw.")
        kinds = (((True, False), "Not read"), ((False, True), "Passed over"), ((False, False), "Read, with a flaw"))
        for kind, title in kinds:
            rows = [problem for problem in self._problems if (problem.unread, problem.passed_over) == kind]
            if rows:
                parts.append(Content.from_markup("[b $primary]$title[/]", title=f"{title} ({len(rows)})"))
                parts += [Content(f"  {problem}") for problem in rows[:500]]
                if len(rows) > 500:
                    parts.append(Content(f"  … and {len(rows) - 500} more: `reader check` lists all"))
                parts.append(Content(""))
        return Content("\n").join(parts[:-1])
