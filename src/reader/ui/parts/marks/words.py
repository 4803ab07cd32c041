"""What is said of a change of the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.base.wording import plural

if TYPE_CHECKING:
    from reader.library.marks.marks import Change

_BACK = {
    ("read", True): "unread again",
    ("read", False): "read again",
    ("starred", True): "without a star again",
    ("starred", False): "starred again",
    ("watched", True): "no longer watched",
    ("watched", False): "watched again",
    ("note", True): "with the former note",
    ("note", False): "with the note again",
}


def taken_back(change: Change, stories: int) -> str:
    """What `U` says of a change that it took back.

    Args:
        change: as `Marks.undo` gives it.
        stories: how many stories of the library it was about.
    """
    what = _BACK.get((str(change.kind), bool(change.value)), "with the former tags")
    about = plural(stories, "story", "stories") if stories else plural(len(change.keys), "article")
    elsewhere = "" if stories else ", not in this library"
    return f"back: {about} {what}{elsewhere}"
