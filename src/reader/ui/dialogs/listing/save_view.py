"""The dialog that saves what is listed as a view."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from reader.base.wording import plural
from reader.settings.config import View
from reader.settings.views import LONGEST_NAME, NameTakenError, Origin, Views, ViewsError
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.dialogs.listing.views import about
from reader.ui.widgets.text_line import TextLine


class SaveViewDialog(FramedDialog[View]):
    """Asks for a name, saves the view and returns it. Where that fails, it says so and stays open.

    Args:
        views: all views.
        view: what to save, with the name that is offered.
        count: counts the stories of a view; None where it cannot be listed.
        also: topics that were not chosen, but that the view will list as well.
    """

    DEFAULT_CSS = """
    SaveViewDialog {
        & > Vertical { width: 72; }
        Label { max-height: 4; }
        #trouble { color: $warning; display: none; }
    }
    """

    def __init__(
        self,
        views: Views,
        view: View,
        count: Callable[[View], Awaitable[int | None]],
        also: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._views = views
        self._view = view
        self._count = count
        self._also = also
        self._replaces = ""
        """The name for which the dialog has said that there is such a view: Enter once more replaces that."""

    def compose(self) -> ComposeResult:
        """The frame with its parts."""
        named = self._views.named(self._view.name)
        is_saved = named is not None and self._views.origin(named) is Origin.SAVED
        name = self._view.name if is_saved else ""
        with Vertical() as frame:
            frame.border_title = Content("Save as a view")
            frame.border_subtitle = Content(self.in_force("Enter save · {dialog.close} close"))
            yield TextLine(name, "a name", compact=True, select_on_focus=False, max_length=LONGEST_NAME)
            yield Label(Content(about(self._view)), id="about", markup=False)
            if self._also:
                others = ", ".join(self._also)
                yield Label(Content(f"with topics that begin the same: {others}"), markup=False)
            yield Label("…", id="count", markup=False)
            yield Label(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Say how many stories the view lists."""
        self._tell_count()

    @work(exclusive=True, group="count")
    async def _tell_count(self) -> None:
        count = await self._count(self._view)
        words = "this cannot be listed" if count is None else f"{plural(count, 'story', 'stories')} now"
        self.query_one("#count", Label).update(Content(words))

    def on_input_changed(self) -> None:
        """Another name was typed: forget what was said of the last one."""
        self._replaces = ""
        self._tell("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the view under the name that was typed."""
        self._save(event.value)

    @work(exclusive=True, group="save")
    async def _save(self, typed: str) -> None:
        is_replaced = bool(typed) and typed == self._replaces
        try:
            saved = await asyncio.to_thread(self._views.save, self._view._replace(name=typed), replace=is_replaced)
        except NameTakenError as error:
            can_be = error.origin is Origin.SAVED
            self._replaces = typed if can_be else ""
            self._tell(f"{error}. Enter once more replaces it." if can_be else f"{error}; it needs another name.")
        except ViewsError as error:
            self._tell(str(error))
        else:
            self.dismiss(saved)

    def _tell(self, trouble: str) -> None:
        label = self.query_one("#trouble", Label)
        label.update(Content(f"! {trouble}" if trouble else ""))
        label.display = bool(trouble)
