"""Whether the terminal can show images, and how. It is asked once, when the first image is to be shown."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from typing import Any

from textual.app import App
from textual.widget import Widget

from reader.outside.images.errors import ImageError
from reader.outside.programs import RunError
from reader.ui.upstream.terminal.suspension import on_terminal

_DEVICE_ATTRIBUTES = "\x1b[c"
"""A question that every terminal answers, with or without images. One that does not is not asked about images."""

_PATIENCE = 1.0
"""Seconds that a terminal has to answer: it may be far away."""

_NO_GRAPHICS = "this terminal cannot show images"


@dataclass(frozen=True, slots=True)
class Graphics:
    """A terminal's way to show images.

    Attributes:
        make: makes the widget for an image.
        cell_width: the width of a cell, in pixels.
        cell_height: its height, in pixels.
    """

    make: Callable[[Any], Widget]
    cell_width: int = 10
    cell_height: int = 20


def look(app: App[Any]) -> Graphics:
    """Find out how this terminal shows images. To ask it, the screen is taken away for a moment.

    Raises:
        ImageError: it shows none, or the extra for images is not installed.
    """
    if find_spec("textual_image") is None:
        raise ImageError("images need an extra: pip install 'story-reader[images]'")
    if app.is_headless or not (_is_terminal(sys.__stdin__) and _is_terminal(sys.__stdout__)):
        raise ImageError(_NO_GRAPHICS)
    try:
        return on_terminal(app, _ask)
    except RunError as error:
        raise ImageError(str(error)) from error


def _is_terminal(stream: Any) -> bool:
    return stream is not None and stream.isatty()


def _ask() -> Graphics:
    """Ask the terminal, while no other thread reads it. `textual_image` asks when it is imported."""
    begun = time.monotonic()
    if not _answers():
        raise ImageError(_NO_GRAPHICS)
    delay = time.monotonic() - begun
    try:
        from textual_image import renderable, widget
    except Exception as error:  # it fails in many ways: each means that there are no images here
        raise ImageError(_NO_GRAPHICS) from error
    finally:
        _drain(0.05 + 2 * delay)  # an answer that comes late would be taken for keys
    if renderable.Image not in (renderable.SixelImage, renderable.TGPImage):
        raise ImageError(_NO_GRAPHICS)
    width, height = vars(widget)["get_cell_size"]()
    make = _sixel_image if renderable.Image is renderable.SixelImage else widget.Image
    return Graphics(make, width, height)


def _sixel_image(image: Any) -> Widget:
    from reader.ui.widgets.story.sixel_image import SixelImage

    return SixelImage(image, _sixels)


def _sixels(image: Any, columns: int, rows: int) -> str:
    """The sixels of an image that takes so many columns and rows."""
    from rich.console import Console
    from textual_image.renderable import SixelImage

    console = Console(width=columns, height=rows, file=StringIO())
    written = (segment.text for segment in console.render(SixelImage(image, columns, rows)))
    return next((text for text in written if text.startswith("\x1bP")), "")


def _answers() -> bool:
    """Whether the terminal answers a question at all."""
    import termios
    import tty

    assert sys.__stdin__ is not None  # noqa: S101 — looked at before
    assert sys.__stdout__ is not None  # noqa: S101
    terminal = sys.__stdin__.fileno()
    before = termios.tcgetattr(terminal)
    answer = b""
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        sys.__stdout__.write(_DEVICE_ATTRIBUTES)
        sys.__stdout__.flush()
        end = time.monotonic() + _PATIENCE
        while not answer.endswith(b"c") and select.select([terminal], [], [], max(end - time.monotonic(), 0))[0]:
            got = os.read(terminal, 1)
            if not got:
                break
            answer += got
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    return answer.endswith(b"c")


def _drain(seconds: float) -> None:
    """Throw away what the terminal sends within so many seconds."""
    import termios

    assert sys.__stdin__ is not None  # noqa: S101 — looked at before
    time.sleep(min(seconds, _PATIENCE))
    with suppress(termios.error):
        termios.tcflush(sys.__stdin__, termios.TCIFLUSH)
