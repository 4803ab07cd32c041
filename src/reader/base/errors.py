"""The program's errors. Each is a `ReaderError`, and its message is written for a person."""

from __future__ import annotations


class ReaderError(Exception):
    """The root of all errors that this program raises on purpose."""


class LibraryError(ReaderError):
    """The folder of stories cannot be used: it is missing, or may not be read."""


class LibraryIndexError(LibraryError):
    """The index cannot be used: unless it is one of the errors below, its file is damaged."""


class QuestionCancelledError(ReaderError):
    """Nobody waits for the answer to a question any more."""


class IndexBusyError(LibraryIndexError):
    """Another program holds the index. Nothing is wrong with it, and a later try may succeed."""


class IndexReplacedError(LibraryIndexError):
    """The index that is open is no longer that of this library: its file was removed or replaced."""


class IndexUnwritableError(LibraryIndexError):
    """The file of the index cannot be written: the disk is full, read-only or gone."""


class StoryNotFoundError(ReaderError):
    """No story has the name that was given."""


class ConfigError(ReaderError):
    """The configuration file cannot be used."""


class HomeError(ReaderError):
    """Nobody knows where the program's files belong, because there is no home folder."""


class OutputError(ReaderError):
    """The output cannot be written: the disk is full, or the terminal is gone."""


class BrowserError(ReaderError):
    """A link cannot be opened: it is not a web address, or nothing here can open it."""


class QueryError(ReaderError):
    """A query is wrong.

    Args:
        start: where the wrong part begins, in characters of the query as it was given.
        end: where it ends.
        reason: what is wrong with it, or was expected there, for a person.
    """

    def __init__(self, start: int, end: int, reason: str) -> None:
        super().__init__(start, end, reason)
        self.start = start
        self.end = end
        self.reason = reason

    def __str__(self) -> str:
        return f"query, character {self.start + 1}: {self.reason}"


class StateError(ReaderError):
    """The file with what the next start takes up again cannot be written."""


class MarksError(ReaderError):
    """The marks cannot be read or written; nothing was changed."""


class MarksStoppedError(MarksError):
    """The writing of marks was stopped before it reported its result: either all was written, or nothing."""


class MarksForgottenError(MarksError):
    """The record of what was taken back cannot be read any more, so that it cannot be done again."""


class MarksUnwrittenError(MarksError):
    """The file of the marks cannot be written now; a later try may succeed."""
