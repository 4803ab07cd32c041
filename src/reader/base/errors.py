"""The program's errors: every one is a `ReaderError`, and its text is a sentence for the person who reads it."""

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
    """Another program holds the index; nothing is wrong with it, and a later try may do."""


class IndexReplacedError(LibraryIndexError):
    """The index that is open is no longer the one of this library: its file was taken away or replaced."""


class IndexUnwritableError(LibraryIndexError):
    """The place of the index cannot be written: the disk is full, read-only or gone."""


class StoryNotFoundError(ReaderError):
    """No story answers to the name that was given."""


class ConfigError(ReaderError):
    """The configuration file cannot be used."""


class HomeError(ReaderError):
    """It cannot be told where the program's files lie, because there is no home folder."""


class OutputError(ReaderError):
    """What is printed cannot be written: the disk is full, or the terminal is gone."""


class BrowserError(ReaderError):
    """A link cannot be opened: it is not a web address, or nothing here can open it."""


class QueryError(ReaderError):
    """A query says something that cannot be meant.

    Args:
        start: where the part in question begins, counted in characters of the query as it was given.
        end: where it ends.
        reason: what was expected there, for a person.
    """

    def __init__(self, start: int, end: int, reason: str) -> None:
        super().__init__(start, end, reason)
        self.start = start
        self.end = end
        self.reason = reason

    def __str__(self) -> str:
        return f"query, character {self.start + 1}: {self.reason}"


class StateError(ReaderError):
    """What the next start should take up again cannot be written."""


class MarksError(ReaderError):
    """The marks cannot be read or written; what was to be changed is as it was."""


class MarksStoppedError(MarksError):
    """The writing of marks was stopped before it was told what had been done: all of it, or nothing."""


class MarksForgottenError(MarksError):
    """What was taken back cannot be read any more, nor done again; nothing was changed."""


class MarksUnwrittenError(MarksError):
    """The file of the marks cannot be written now: a later try may do."""
