"""Going on after having been stopped, whoever stopped the program and however.

Textual 8.2. Told to go on (SIGCONT), its driver takes the terminal again, also where it has it still: after SIGSTOP,
which nobody is told of (https://github.com/Textualize/textual/issues/1582), or where nothing was stopped at all, as by
`timeout`. A further thread would read the terminal then, keys would come in any order, and the end would wait for the
threads before it.
"""

from __future__ import annotations

from textual.driver import Driver


def taking_once(driver: type[Driver]) -> type[Driver]:
    """A driver that takes the terminal once, however often the program is told to go on."""

    class TakingOnce(driver):  # type: ignore[valid-type,misc]
        _is_resuming = False

        def _sigcont_application(self, *_: object) -> None:
            if not self._auto_restart or self._is_resuming:
                return
            self._is_resuming = True
            try:
                if self._key_thread is not None and self._key_thread.is_alive():
                    self.suspend_application_mode()  # who stopped it may have used the terminal otherwise
                    self._must_signal_resume = True
                if self._must_signal_resume:
                    self.resume_application_mode()
            finally:
                self._is_resuming = False

    return TakingOnce
