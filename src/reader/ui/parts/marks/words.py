"""The messages about marks: what was done or taken back, to which stories, and why there is nothing to mark."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from reader.base.wording import plural
from reader.ui.look.cells import cut

if TYPE_CHECKING:
    from reader.library.marks.marks import Change
    from reader.ui.parts.host import AtHand
    from reader.ui.parts.index.questions import Questions

HEADLINE = 44
"""The most cells of a headline in a message."""

LEAST = 16
"""The fewest cells that a message leaves for a headline, even if the rest of the message is cut off."""

GONE = "Not marked: the file of this story is gone."

_DONE = {
    ("read", True): "read",
    ("read", False): "unread",
    ("starred", True): "starred",
    ("starred", False): "no longer starred",
    ("later", True): "to be read later",
    ("later", False): "no longer to be read later",
    ("watched", True): "watched",
    ("watched", False): "no longer watched",
    ("note", True): "note kept",
    ("note", False): "note taken away",
}

_BACK = {
    ("read", True): "unread again",
    ("read", False): "read again",
    ("starred", True): "no longer starred",
    ("starred", False): "starred again",
    ("later", True): "no longer to be read later",
    ("later", False): "to be read later again",
    ("watched", True): "no longer watched",
    ("watched", False): "watched again",
    ("note", True): "note as before",
    ("note", False): "note as before",
}


def done(change: Change, about: str) -> str:
    """The message about a change.

    Args:
        change: as `Marks` gives it.
        about: what was changed, as given by `stories_in_words` or `articles_in_words`.
    """
    tags = f"{'tag' if len(change.labels) == 1 else 'tags'} {', '.join(change.labels)} changed"
    return f"{_DONE.get(_name(change), tags)}: {about}"


def taken_back(change: Change, about: str) -> str:
    """The message about a change that was taken back; the arguments are those of `done`."""
    return f"{_BACK.get(_name(change), 'tags as before')}: {about}"


def stories_in_words(questions: Questions, stories: Collection[int], most: int = HEADLINE) -> str:
    """Stories in a message: one story by its headline, cut to `most` cells; several by their number."""
    text = questions.text(next(iter(stories))) if len(stories) == 1 else None
    return cut(text.title, most) if text is not None else plural(len(stories), "story", "stories")


def articles_in_words(count: int) -> str:
    """Articles in a message, where none of them is a story of this library."""
    return f"{plural(count, 'article')}, not in this library"


def nothing_to_mark(at_hand: AtHand) -> str:
    """The message where a key has nothing to mark."""
    on_web = at_hand.article is not None
    return "This article is not in your library: it has no marks." if on_web else "No story is selected."


def _name(change: Change) -> tuple[str, bool]:
    return str(change.kind), bool(change.value)
