"""What is said of marks: of a change that was taken back, and where there is nothing to mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.base.wording import plural

if TYPE_CHECKING:
    from reader.library.marks.marks import Change
    from reader.ui.parts.host import AtHand

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


def nothing_to_mark(at_hand: AtHand) -> str:
    """Why a key marks nothing."""
    on_web = at_hand.article is not None
    return "This article is not in your library: it has no marks." if on_web else "No story is selected."
