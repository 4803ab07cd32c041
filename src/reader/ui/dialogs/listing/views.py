"""The dialog in which a view is chosen, or a saved one removed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList

from reader.base.wording import fold
from reader.library.query.query import Sort
from reader.settings.config import View
from reader.settings.views import Origin, Views, ViewsError
from reader.ui.dialogs.choice import ChoiceDialog
from reader.ui.keys.bindings import REMOVER
from reader.ui.look.cells import column, cut

_NAME, _COUNT, _FRAME = 24, 9, 6
"""Cells of a view's name, of its count with the space before it, and of the frame around a line."""

_HELP = (
    "Enter list · {views.remove} remove a saved one · {dialog.close} close",
    "Enter list · {views.remove} remove · {dialog.close} close",
    "Enter · {views.remove} · {dialog.close}",
)


class ViewsDialog(ChoiceDialog[View]):
    """All views; gives back the one to list. They are counted while the dialog is open.

    Args:
        views: all views; a saved one can be removed here.
        current: the view that is listed; None where it is none.
        count: counts the stories of a view; None where it cannot be listed.
    """

    BINDINGS: ClassVar[list[Binding]] = [replace(binding, priority=True) for binding in REMOVER]
    TITLE_TEXT = "Views"
    PLACEHOLDER = "type to narrow"
    EMPTY_TEXT = "No view has these letters."

    DEFAULT_CSS = """
    ViewsDialog {
        OptionList { max-height: 1fr; }
        #told { color: $warning; display: none; }
    }
    """

    def __init__(self, views: Views, current: View | None, count: Callable[[View], Awaitable[int | None]]) -> None:
        super().__init__()
        self._views = views
        self._current = current
        self._count = count
        self._counts: dict[str, str] = {}
        self._to_remove = ""
        """The name of the view that Delete removes when it is pressed once more, as the dialog has said."""

    def on_mount(self) -> None:
        """Add a line for messages, begin at the view that is listed, read the saved views, and count all."""
        self.query_one(Vertical).mount(Label(id="told", markup=False))
        self.list_choices("")
        options = self.query_one(OptionList)
        if self._current is not None and options.option_count:
            options.highlighted = options.get_option_index(self._current.name)
        self._look()

    def on_resize(self) -> None:
        """List for the new width."""
        hints = [self.in_force(hint) for hint in _HELP]
        hint = next((hint for hint in hints if cell_len(hint) <= self._width), hints[-1])
        self.query_one(Vertical).border_subtitle = Content(hint)
        self.list_choices(self.query_one(Input).value)

    @property
    def _width(self) -> int:
        """Cells of a line."""
        return max(min(72, int(self.app.size.width * 0.96)) - _FRAME, 8)

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        try:
            await asyncio.to_thread(self._views.read)
        except ViewsError as error:
            self._tell(str(error))
        self.list_choices(self.query_one(Input).value)
        for view in self._views.all:
            count = await self._count(view)
            self._counts[view.name] = "!" if count is None else f"{count:,}"
            self._show_count(view)

    def _show_count(self, view: View) -> None:
        options = self.query_one(OptionList)
        listed = (options.get_option_at_index(place).id for place in range(options.option_count))
        if view.name in listed:
            options.replace_option_prompt(view.name, self._shown(view))

    def choices(self, typed: str) -> list[tuple[str, Content]]:
        """The views with these letters, those whose names begin with them first."""
        folded = fold(typed.strip())
        matching = [view for view in self._views.all if folded in fold(view.name)]
        matching.sort(key=lambda view: not fold(view.name).startswith(folded))
        return [(view.name, self._shown(view)) for view in matching]

    def _shown(self, view: View) -> Content:
        width = self._width - 2
        name = min(_NAME, width - _COUNT)
        room = width - name - _COUNT - 2
        return Content.from_markup(
            "[$accent]$sign[/] $name[$reader-dim]$count  $about[/]",
            sign="✓" if view == self._current else " ",
            name=column(view.name, name),
            count=f"{cut(self._counts.get(view.name, '…'), _COUNT - 1):>{_COUNT}}",
            about=cut(about(view), room) if room >= 8 else "",
        )

    def choose(self, name: str) -> None:
        """Give back the view."""
        self.dismiss(self._views.named(name))

    def on_input_changed(self, event: Input.Changed) -> None:  # noqa: ARG002 — the list follows it by itself
        """Something else was typed: Delete would have to be pressed twice again."""
        self._forget()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The cursor is on another view: Delete would have to be pressed twice again."""
        if event.option.id != self._to_remove:
            self._forget()

    def _forget(self) -> None:
        if self._to_remove:
            self._to_remove = ""
            self._tell("")

    def action_remove(self) -> None:
        """Remove the view under the cursor, if it is a saved one, the second time that the key is pressed."""
        line, options = self.query_one(Input), self.query_one(OptionList)
        if line.cursor_position < len(line.value):  # the key is meant for what was typed
            line.action_delete_right()
            return
        if options.highlighted is None:
            return
        view = self._views.named(options.get_option_at_index(options.highlighted).id or "")
        if view is None:
            return
        origin = self._views.origin(view)
        if origin is Origin.BUILT_IN:
            self._tell(f"“{view.name}” is built in, and stays.")
        elif origin is Origin.CONFIGURED:
            self._tell(f"“{view.name}” is written in the configuration file.")
        elif self._to_remove != view.name:
            self._to_remove = view.name
            self._tell(f"{self.key_of('views.remove')} once more removes “{view.name}”.")
        else:
            self._remove(view)

    @work(exclusive=True, group="remove")
    async def _remove(self, view: View) -> None:
        self._to_remove = ""
        try:
            await asyncio.to_thread(self._views.remove, view.name)
        except ViewsError as error:
            self._tell(str(error))
        else:
            self._tell(f"“{view.name}” is removed.")
            self.list_choices(self.query_one(Input).value)

    def _tell(self, words: str) -> None:
        label = self.query_one("#told", Label)
        label.update(Content(words))
        label.display = bool(words)


def about(view: View) -> str:
    """The query and the order of a view, in a few words."""
    sort = next((str(sort) for sort in Sort if sort.short == view.sort), "")
    return " · ".join(filter(None, (view.query or "all stories", sort, "by event" if view.by_event else "")))
