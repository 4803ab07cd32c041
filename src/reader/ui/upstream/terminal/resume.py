"""Going on after the program was stopped, by whatever means.

Textual 8.2. At SIGCONT its driver takes the terminal, even where it still has it: after SIGSTOP, of which a program
hears nothing (https://github.com/Textualize/textual/issues/1582), or where nothing was stopped at all (`timeout` sends
SIGCONT). Then a second thread reads the terminal, keys come in any order, and the end waits for the first thread.
"""

from __future__ import annotations

from textual.driver import Driver


def taking_once(driver: type[Driver]) -> type[Driver]:
    """A driver that holds the terminal once, however many SIGCONT come."""

    class TakingOnce(driver):  # type: ignore[valid-type,misc]
        _is_resuming = False

        def _sigcont_application(self, *_: object) -> None:
            if not self._auto_restart or self._is_resuming:
                return
            self._is_resuming = True
            try:
                if self._key_thread is not None and self._key_thread.is_alive():
                    self.suspend_application_mode()  # another program may have changed the terminal meanwhile
                    self._must_signal_resume = True
                if self._must_signal_resume:
                    self.resume_application_mode()
            finally:
                self._is_resuming = False

    return TakingOnce
