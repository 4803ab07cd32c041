"""Which keys the bar at the bottom shows, and in which order: those that the moment calls for come first."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding

_AFTER = (
    "coverage.focus",
    "story.links",
    "coverage.grouping",
    "event.headlines",
    "list.sort",
    "story.zen",
    "list.events",
    "list.shown",
    "list.views",
)

_ORDER = {
    "stories": (
        "list.choose",
        "list.search",
        "list.topics",
        "go.next_unread",
        "story.read",
        "story.star",
        "story.open",
        *_AFTER,
    ),
    "story": (
        "go.escape",
        "story.open",
        "go.next_unread",
        "story.star",
        "story.read",
        "coverage.focus",
        "story.links",
        "story.zen",
    ),
    "coverage": (
        "coverage.choose",
        "go.escape",
        "story.open",
        "coverage.grouping",
        "list.search",
        "event.headlines",
        "story.links",
    ),
    "side-bar": ("side.choose", "go.escape", "list.search", "list.topics", "list.views"),
    "query": ("query.done", "query.complete", "query.clear"),
}
"""The keys of each pane by its id, in the order of use."""

_OF_NOTHING = {
    "story": ("go.escape", "list.search", "list.topics", "story.zen"),
    "stories": ("list.search", "list.topics", "list.shown", "list.views"),
    "coverage": ("go.escape", "story.open", "list.search", "story.links"),
}
"""The same where the pane shows nothing that a key could act on."""


def in_order(bindings: Iterable[Binding], pane: str, *, is_empty: bool = False) -> list[Binding]:
    """The bindings that the bar may show, the most useful first.

    Args:
        bindings: those that are in force and may be shown.
        pane: the id of the pane with the focus; `query` while a line is typed in.
        is_empty: whether the pane has nothing for a key to act on.
    """
    order = _ORDER.get(pane, _ORDER["stories"])
    if is_empty:
        order = _OF_NOTHING.get(pane, order)
    ranks = {name: rank for rank, name in enumerate(order)}
    known = [binding for binding in bindings if binding.id in ranks]
    return sorted(known, key=lambda one: ranks[one.id or ""])


FIRST = (("list.choose", "reads"), ("list.search", "searches"), ("app.help", "all keys"))
"""The three keys that a first start shows, with what each does."""

TEN = (
    ("list.choose", "Read the story under the cursor"),
    ("go.escape", "Back: out of story, search, topics"),
    ("move.next", "Next story, or next line"),
    ("list.search", "Search: words, or topic:ai is:unread"),
    ("list.topics", "Only the stories of some topics"),
    ("go.next_unread", "Next story that you have not read"),
    ("coverage.focus", "Who else reported it"),
    ("story.open", "Open the article in the browser"),
    ("story.star", "Star it, to find it again"),
    ("marks.undo", "Take the last mark back"),
)
"""The ten keys with which the help begins, in words."""
