"""The start of the program: repairs what surrounds it, shows the screen or finds the command, and reports errors.

A start of the screen that gives at most a folder, which most do, needs nothing that reads a command line. Commands, the
screen and `main`, which knows all options, are imported only when they are needed, so that each starts quickly.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from reader.base.errors import HomeError, LibraryError, OutputError
from reader.base.paths import data_folder
from reader.cli import COMMANDS
from reader.cli.libraries import asks_for_screen
from reader.cli.printing import INTERRUPTED, NOTHING_FOUND, USAGE, fail, now
from reader.cli.surroundings import mute, settle


def main() -> None:
    """Run the program. Where the reader of its output goes away (`reader list | head`), it ends quietly."""
    settle()
    try:
        _run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except LibraryError as error:
        fail(str(error), USAGE)
    except OutputError as error:
        mute(sys.stdout)
        fail(str(error), NOTHING_FOUND)
    except BrokenPipeError:
        mute(sys.stdout)
        sys.exit(0)
    except Exception as error:
        from reader.outside.crash_report import CRASHED, tell_crash

        doing = next((word for word in sys.argv[1:2] if word in COMMANDS), "read")
        tell_crash(error, _crash_folder(), now(), doing=doing)
        sys.exit(CRASHED)


def _crash_folder() -> Path | None:
    try:
        return data_folder()
    except HomeError:
        return None


def _run(arguments: Sequence[str]) -> None:
    if asks_for_screen(arguments):
        from reader.cli.screen import show_screen

        show_screen(*arguments)
    else:
        from reader.cli.main import run

        run()
