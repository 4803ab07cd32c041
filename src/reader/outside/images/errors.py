"""What goes wrong with an image."""

from __future__ import annotations

from reader.base.errors import ReaderError


class ImageError(ReaderError):
    """An image cannot be had or shown; the text says why."""
