"""What surrounds a program that is started, and may be missing or odd: a home folder."""

from __future__ import annotations

import os
from pathlib import Path


def settle() -> None:
    """Make good what is wrong around the program, before anything else looks at it.

    A HOME that names no folder is as none: the home folder is then looked up by the user's number.
    """
    if not Path(os.environ.get("HOME", os.sep)).is_absolute():
        del os.environ["HOME"]
