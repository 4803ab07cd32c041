"""The dialog that asks to which of several share targets a story is handed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from reader.base.text import clean
from reader.base.wording import fold
from reader.settings.config import ShareTarget
from reader.ui.dialogs.choice import ChoiceDialog


class ShareDialog(ChoiceDialog[ShareTarget]):
    """The share targets of the configuration, in its order, narrowed by typing; gives back the one to take."""

    TITLE_TEXT = "Share the story"
    PLACEHOLDER = "type to narrow"
    HELP_TEXT = "Enter hand over · {dialog.close} close"
    EMPTY_TEXT = "No share target has these letters."

    def __init__(self, targets: Sequence[ShareTarget]) -> None:
        super().__init__()
        self._targets = targets

    def choices(self, typed: str) -> list[tuple[str, Content]]:
        """The targets whose name holds what is typed."""
        wanted = fold(typed.strip())
        return [
            (
                str(number),
                Content.from_markup(
                    "$name  [$reader-dim]$command[/]", name=clean(target.name), command=clean(" ".join(target.command))
                ),
            )
            for number, target in enumerate(self._targets)
            if wanted in fold(target.name)
        ]

    def choose(self, name: str) -> None:
        """Give back the target."""
        self.dismiss(self._targets[int(name)])
