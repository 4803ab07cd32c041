"""Where a text is written to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from reader.base.text import clean
from reader.base.whole_files import FileExistsAlreadyError, SaveError, place_of, save
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.look.cells import cut_within
from reader.ui.widgets.text_line import TextLine


class SaveDialog(FramedDialog[Path]):
    """Asks for a file's name and writes a text there; gives back the file once it is written.

    What goes wrong is told here, and the dialog stays: another name can be tried, and the text is not lost.

    Args:
        heading: what is done, such as `Save the story`.
        lines: the text.
        name: the name that is offered.
    """

    DEFAULT_CSS = """
    SaveDialog #trouble { color: $warning; display: none; }
    """

    def __init__(self, heading: str, lines: Sequence[str], name: str) -> None:
        super().__init__()
        self._heading = heading
        self._lines = lines
        self._offered = name
        self._overwrites = ""
        """What was typed when it was said that this file is there: once more Enter overwrites it."""

    def compose(self) -> ComposeResult:
        """The frame with its parts."""
        with Vertical() as frame:
            frame.border_title = Content(self._heading)
            frame.border_subtitle = Content(self.in_force("Enter write · {dialog.close} close"))
            yield TextLine(self._offered, compact=True, select_on_focus=False)
            yield Label(id="place", markup=False)
            yield Label(id="trouble", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say where that is."""
        self._overwrites = ""
        self._tell("")
        try:
            place = f"in {clean(str(place_of(event.value).parent))}"
        except SaveError as error:
            place = str(error)
        self.query_one("#place", Label).update(Content(place))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write it."""
        self._write(event.value)

    @work(exclusive=True, group="write")
    async def _write(self, typed: str) -> None:
        overwrite = bool(typed) and typed == self._overwrites
        try:
            file = place_of(typed)
            await asyncio.to_thread(save, file, self._lines, overwrite=overwrite)
        except FileExistsAlreadyError as error:
            self._overwrites = typed
            self._tell(f"{error}. Enter once more overwrites it.")
        except SaveError as error:
            self._tell(str(error))
        else:
            self.dismiss(file)

    def _tell(self, trouble: str) -> None:
        label = self.query_one("#trouble", Label)
        label.update(Content(f"! {trouble}" if trouble else ""))
        label.display = bool(trouble)


def written_in_words(what: str, file: Path, width: int) -> str:
    """What is said once a file is written: its name before its folder, and of a long one its end as well.

    Args:
        what: what was done, such as `Story saved`.
        file: the file.
        width: of the screen, in cells.
    """
    room = max(width - len(what) - 5, 12)  # beside a colon, a space at either side, and the sign that the rest is cut
    return f"{what}: {cut_within(clean(file.name), room)} · in {clean(str(file.parent))}"
