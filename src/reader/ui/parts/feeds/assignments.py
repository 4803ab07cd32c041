"""The assignments for a process beside the screen: to ask the library's feeds, or to fetch a full text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.base.paths import cache_folder
from reader.feeds.model import FILE_NAME
from reader.library.library import Library
from reader.settings.config import Config

if TYPE_CHECKING:
    from reader.feeds.job import Assignment, Job


def new_job() -> Job:
    """A job, which has one assignment done by a process."""
    from reader.feeds.job import Job

    return Job()


class Assignments:
    """Makes assignments for one library.

    Args:
        library: the library.
        config: the settings.
        marks: the file of the marks; None where marks cannot be kept.
        now: the clock.
    """

    def __init__(self, library: Library, config: Config, marks: Path | None, now: Callable[[], datetime]) -> None:
        self.library = library
        self.config = config
        self.now = now
        self._marks = marks

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self.library.root

    @property
    def subscriptions(self) -> Path:
        """The file of its subscriptions, whether or not there is one."""
        return self.folder / FILE_NAME

    @property
    def can_have_feeds(self) -> bool:
        """Whether this library may have feeds: the sample, which comes with the program, and a single file may not."""
        return not self.library.is_sample and self.folder.is_dir()

    def news(self, *, due_only: bool) -> Assignment:
        """The assignment to ask the feeds."""
        from reader.feeds.job import Assignment, settings_for

        return Assignment(
            str(self.folder.absolute()),
            self.now().isoformat(),
            str(cache_folder()),
            "" if self._marks is None else str(self._marks),
            settings_for(self.config),
            due_only,
        )

    def text_of(self, path: Path) -> Assignment:
        """The assignment to fetch the whole text of a story's article."""
        return replace(self.news(due_only=False), text_of=str(path.absolute()))
