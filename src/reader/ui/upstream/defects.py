"""What becomes of a defect (an unexpected exception), and of what only looks like one.

Textual 8.2. A worker that is under way while its screen is taken down finds its widgets gone, and the error ends the
program (https://github.com/Textualize/textual/issues/6361). And of a defect Textual prints the values of variables,
which may be anybody's words; there is no public way to print something else
(https://github.com/Textualize/textual/issues/2818).
"""

from __future__ import annotations

from textual._context import active_message_pump
from textual.app import App
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.widget import MountError, Widget
from textual.worker import WorkerFailed, active_worker

_TAKEN_DOWN = (NoMatches, NoScreen, MountError)
"""What Textual raises where widgets are gone, or on no screen any more."""


class Defects(App[None]):
    """An app that remembers the defect that ended it, and prints nothing of it. In tests it is raised as usual.

    Attributes:
        crash: the defect that the screen ended with; None where there was none.
    """

    crash: BaseException | None = None

    def fail(self, error: Exception) -> None:
        """End because of a defect outside the app's own loop, as in a thread."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, _TAKEN_DOWN) and (self._exit or not self._is_shown()):
            return  # the screen was being closed: no defect
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.crash = self.crash or cause
        self._return_code = 1
        self._close_messages_no_wait()  # without printing it: a crash report is written of it

    def _is_shown(self) -> bool:
        """Whether the worker or widget that is running belongs to a screen that is still open."""
        worker, pump = active_worker.get(None), active_message_pump.get(self)
        node = worker.node if worker is not None else pump
        try:
            return not isinstance(node, Widget) or (node.screen.display and node.screen in self.screen_stack)
        except NoScreen:
            return False
