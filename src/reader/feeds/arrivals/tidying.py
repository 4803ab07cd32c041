"""Putting old stories of feeds away: those that are read and that no other mark keeps."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.base.whole_files import free_name
from reader.feeds.arrivals.folder import FeedFolder
from reader.library.marks.marks import NO_MARKS, Marks
from reader.library.marks.model import MarkSet
from reader.stories.dates import sort_time
from reader.stories.errors import StoryError
from reader.stories.files import read_story

FOLDER = ".tidied"
"""The folder in the library for them. It is hidden, so that its stories are not in the library."""

_PIECE = 500


class TidyError(ReaderError):
    """A story cannot be put away; those before it were."""


class Old(NamedTuple):
    """A story that may be put away: the path of its file in the library, and the key of its article."""

    path: bytes
    key: str


def old_stories(library: Path, before: datetime, marks: Marks) -> list[Old]:
    """The stories of feeds that may be put away.

    Args:
        library: the library's folder.
        before: only stories that were published earlier.
        marks: the person's marks.

    Raises:
        MarksError: the marks cannot be read, and so nothing may be put away.
    """
    folder = FeedFolder(library)
    limit, old = sort_time(before) or 0, []
    for path in folder.paths():
        with suppress(StoryError):
            story = read_story(folder.file(path))
            published = sort_time(story.published) if story is not None and "feed" in story.extra else None
            if story is not None and published is not None and published < limit:
                old.append(Old(path, story.key))
    done_with: list[Old] = []
    for start in range(0, len(old), _PIECE):
        piece = old[start : start + _PIECE]
        known = marks.of(one.key for one in piece)
        done_with += [one for one in piece if _is_done_with(known.get(one.key, NO_MARKS))]
    return done_with


def put_away(library: Path, stories: Sequence[Old]) -> int:
    """Move stories into `FOLDER`; says how many were moved.

    Raises:
        TidyError: one cannot be moved.
    """
    moved = 0
    for story in stories:
        source = library / os.fsdecode(story.path)
        target = library / FOLDER / os.fsdecode(story.path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target.parent / free_name(target.parent, target.name))
        except FileNotFoundError:
            continue  # the person has removed it meanwhile
        except OSError as error:
            raise TidyError(f"{clean(str(source))}: not moved, {error.strerror}") from error
        moved += 1
    return moved


def _is_done_with(marks: MarkSet) -> bool:
    return marks.read and not marks.is_kept
