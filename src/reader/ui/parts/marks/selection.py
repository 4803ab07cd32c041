"""Rows of the list that are selected, so that one key marks them all."""

from __future__ import annotations

from collections.abc import Mapping

from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import Host, Widgets
from reader.ui.parts.story.current import CurrentStory


class Selection:
    """Selects the rows from where the selection began to the cursor.

    Args:
        host: the screen.
        widgets: the widgets of the main screen.
        current: the story that is shown; when a selection begins, it becomes that of the cursor's row.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    def __init__(self, host: Host, widgets: Widgets, current: CurrentStory, *, keymap: Mapping[str, str]) -> None:
        self._host = host
        self._current = current
        self._stories = widgets.stories
        self._panes = widgets.panes
        self._hint = f"{key_of('go.escape', keymap)} leaves"

    def switch(self) -> None:
        """Begin to select at the cursor of the list, or stop selecting."""
        if self.leave():
            return
        if self._host.focused is not self._stories:
            self._panes.go_to(self._stories)
        if self._stories.count:
            self._stories.begin_selection(self._hint)
            self._current.show_selected()
        else:
            self._host.toast("No story is listed.")

    def leave(self) -> bool:
        """Stop selecting; says whether rows were selected. While another pane has the focus, the selection stays."""
        if self._host.focused is not self._stories or not self._stories.is_selecting:
            return False
        self._stories.end_selection()
        return True
