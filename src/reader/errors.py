"""The program's errors: every one is a `ReaderError`, and its text is a sentence for the person who reads it."""

from __future__ import annotations


class ReaderError(Exception):
    """The root of all errors that this program raises on purpose."""


class LibraryError(ReaderError):
    """The folder of stories cannot be used: it is missing, or may not be read."""


class LibraryIndexError(LibraryError):
    """The index cannot be opened or written."""


class StoryNotFoundError(ReaderError):
    """No story answers to the name that was given."""


class ConfigError(ReaderError):
    """The configuration file cannot be used."""


class BrowserError(ReaderError):
    """A link cannot be opened: it is not a web address, or nothing here can open it."""
