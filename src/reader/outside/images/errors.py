"""The error for images. It is apart, so that it can be imported without Pillow."""

from __future__ import annotations

from reader.base.errors import ReaderError


class ImageError(ReaderError):
    """An image cannot be fetched or shown; the message says why."""
