"""All keys, in one list. The screen, the help, the command palette and `reader keys` read them from here.

Each binding has an id, `area.verb`, by which a configuration can name it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from textual.binding import Binding
from textual.keys import key_to_character


def _key(id: str, keys: str, action: str, label: str, tooltip: str, *, show: bool = False) -> Binding:  # noqa: A002 — Binding's own word
    return Binding(keys, action, label, show=show, tooltip=tooltip, id=id)


APP = [
    _key("app.help", "question_mark,f1", "help", "Help", "Show all keys", show=True),
    _key("app.palette", "colon,ctrl+p", "command_palette", "Commands", "Find a command by typing"),
    _key("app.light", "L", "toggle_light", "Light", "Light or dark"),
    _key("app.suspend", "ctrl+z", "suspend_process", "Suspend", "Back to the shell; `fg` comes back"),
    _key("app.quit", "q,Q", "quit", "Quit", "Leave the program", show=True),
]

MAIN = [
    _key("story.open", "o", "open", "Open", "Open the link in the browser", show=True),
    _key("list.search", "slash", "search", "Search", "Search and filter the stories", show=True),
    _key("list.topics", "t", "topics", "Topics", "Choose topics", show=True),
    *(
        _key(f"list.topic_{n}", str(n), f"topic({n})", f"Topic {n}", f"Switch topic {n} on or off")
        for n in range(1, 10)
    ),
    _key("list.no_topics", "0", "no_topics", "All topics", "Switch all topics off"),
    _key("list.views", "f", "views", "Views", "Choose a view: a saved query", show=True),
    _key("list.save_view", "F", "save_view", "Save view", "Save what is listed as a view"),
    _key("list.like", "m", "like", "More like this", "List the story's topic, outlet or event"),
    _key("side.toggle", "b", "side_bar", "Side bar", "A side bar of views and topics, or none"),
    _key("list.sort", "backslash", "sort", "Sort", "Next sort order", show=True),
    _key("list.density", "M", "density", "Lines", "One line a story, two a headline, or as many as there is room for"),
    _key("list.events", "E", "events", "By event", "One row per event, or one per story", show=True),
    _key("story.links", "u", "links", "Links", "Choose among all links of the story", show=True),
    _key("coverage.focus", "c", "coverage", "Coverage", "Go to the coverage tree", show=True),
    _key("coverage.grouping", "v", "grouping", "Group", "Coverage by time, outlet, quality or event", show=True),
    _key("coverage.fold", "x", "fold", "Copies", "Fold or unfold wire copy: the same text under several outlets"),
    _key("coverage.found", "H", "found", "Found", "Show or hide what is alike: found by its words, linked by no file"),
    _key("event.headlines", "equals_sign", "headlines", "Headlines", "The event's headlines side by side", show=True),
    _key("event.briefing", "X", "briefing", "Briefing", "Write a briefing of the event to a file"),
    _key("list.overview", "i", "overview", "Overview", "What is listed: outlets, topics, stories per day"),
    _key("story.read", "r", "read", "Read", "Read or unread; of an event's closed row all its stories", show=True),
    _key("story.star", "s", "star", "Star", "Star, or take the star off", show=True),
    _key("story.later", "A", "later", "Later", "Keep for later, or no longer; is:later lists what is kept"),
    _key("story.tags", "T", "tags", "Tags", "Tags of your own"),
    _key("story.note", "N", "note", "Note", "A note in your editor"),
    _key("story.open_next", "O", "open_next", "Open, next", "Open the link, mark read, go to the next"),
    _key("go.next_unread", "n", "unread(1)", "Next unread", "Next unread story", show=True),
    _key("go.previous_unread", "p", "unread(-1)", "Previous unread", "Previous unread story"),
    _key("list.read_above", "left_parenthesis", "read_beside('above')", "Above read", "Mark all stories above read"),
    _key("list.read_below", "right_parenthesis", "read_beside('below')", "Below read", "Mark all stories below read"),
    _key(
        "list.read_older",
        "left_curly_bracket",
        "read_beside('older')",
        "Older read",
        "Mark all listed stories read that are older than this one",
    ),
    _key("list.select", "V", "select", "Select", "Select rows: marks then act on all of them"),
    _key("list.read_all", "R", "read_all", "All read", "Mark all listed stories read"),
    _key("list.shown", "a", "shown", "Unread", "All, unread or starred stories", show=True),
    _key("event.watch", "w", "watch_event", "Watch", "Watch the event, or no longer"),
    _key("marks.undo", "U", "undo_mark", "Undo", "Take the last mark back"),
    _key("marks.redo", "ctrl+y", "redo_mark", "Redo", "Do again what was taken back"),
    _key("story.zen", "z", "zen", "Zen", "Only the story, or all panes again", show=True),
    _key("story.details", "d", "details", "Details", "All that the story's file says"),
    _key("story.copy_link", "y", "copy_link", "Copy link", "Copy the link"),
    _key("story.copy_markdown", "Y", "copy_markdown", "Copy Markdown", "Copy title and link as Markdown"),
    _key("story.scroll_down", "J,space", "scroll_story(1)", "Scroll story", "Scroll the story down"),
    _key("story.scroll_up", "K", "scroll_story(-1)", "Scroll up", "Scroll the story up"),
    _key("event.next", "right_square_bracket", "along_event(1)", "Next of event", "Next story of the same event"),
    _key(
        "event.previous", "left_square_bracket", "along_event(-1)", "Previous of event", "Previous story of the event"
    ),
    _key("go.back", "backspace,alt+left", "back", "Back", "Back to the story you jumped from"),
    _key("go.forward", "alt+right", "forward", "Forward", "Forward to where you came back from"),
    _key("pane.next", "tab,l", "pane(1)", "Next pane", "Go to the next pane"),
    _key("pane.previous", "shift+tab,h", "pane(-1)", "Previous pane", "Go to the previous pane"),
    _key(
        "go.escape",
        "escape",
        "step_back",
        "Back",
        "Close; clear the search, the topics, unread or starred",
        show=True,
    ),
    _key("library.rescan", "ctrl+r", "rescan", "Rescan", "Read the folder again, and ask the feeds"),
    _key("library.feeds", "B", "feeds", "Feeds", "The feeds of this library: add, remove, what failed"),
    _key("library.problems", "exclamation_mark", "problems", "Problems", "Files that could not be read"),
    _key("story.pipe", "vertical_line", "pipe", "Pipe", "Pipe the story as Markdown to a command"),
    _key("story.share", "S", "share", "Share", "Hand the story to a command of the configuration"),
    _key("story.save", "W", "save", "Save", "Save the story as Markdown to a file"),
    _key("story.edit", "e", "edit", "Edit", "The story's file in your editor"),
    _key("story.full_text", "D", "full_text", "Full text", "Fetch the article's whole text from its page"),
    _key("story.image", "I", "image", "Image", "Show the story's image, or hide it"),
    _key("pane.narrower", "less_than_sign", "split(-1)", "Smaller list", "Give the list less of the screen"),
    _key("pane.wider", "greater_than_sign", "split(1)", "Larger list", "Give the list more of the screen"),
]

MOVES = [
    _key("move.next", "j,down", "move(1)", "Next", "Next line"),
    _key("move.previous", "k,up", "move(-1)", "Previous", "Previous line"),
    _key("move.half_down", "ctrl+d", "page(0.5)", "Half page down", "Half a page down"),
    _key("move.half_up", "ctrl+u", "page(-0.5)", "Half page up", "Half a page up"),
    _key("move.page_down", "pagedown", "page(1)", "Page down", "A page down"),
    _key("move.page_up", "pageup", "page(-1)", "Page up", "A page up"),
    _key("move.first", "g,home", "edge(-1)", "First", "To the first line"),
    _key("move.last", "G,end", "edge(1)", "Last", "To the last line"),
]
"""Moving, alike in every pane."""

LIST = [
    _key("list.choose", "enter", "screen.choose", "Read", "Into the story", show=True),
    _key("list.expand", "right,plus", "expand", "Expand", "Show the stories of this event, where it is one row"),
    _key("list.collapse", "left,minus", "collapse", "Collapse", "Hide them again"),
]

SIDE = [
    _key("side.choose", "enter", "choose", "Choose", "List this view, or switch this topic", show=True),
]

TREE = [
    _key("coverage.choose", "enter", "screen.choose", "Jump", "Jump to the story, or open the web article", show=True),
    _key("coverage.expand", "right,plus", "expand", "Expand", "Show the coverage of this story as well"),
    _key("coverage.collapse", "left,minus", "collapse", "Collapse", "Hide it again"),
]


QUERY = [
    _key("query.done", "enter", "submit", "To the list", "Keep the search and go to the list", show=True),
    _key("query.complete", "tab", "complete(1)", "Complete", "Complete the field or value; again: the next", show=True),
    _key("query.complete_back", "shift+tab", "complete(-1)", "Complete back", "The completion before"),
    _key("query.earlier", "up", "earlier", "Earlier", "An earlier search; among completions: the one before"),
    _key("query.leave", "down", "later", "Later", "A later search or the next completion; else to the list"),
    _key("query.clear", "escape", "cancel", "Clear", "Clear the search", show=True),
]

DIALOG = [
    _key("dialog.close", "escape", "close", "Close", "Close the dialog"),
    _key("dialog.help", "f1", "app.help", "Help", "Show all keys"),
    _key("dialog.next", "down", "step(1)", "Next", "The next line, also while a line is typed in"),
    _key("dialog.previous", "up", "step(-1)", "Previous", "The line before"),
    _key("dialog.page_down", "pagedown", "step(8)", "Page down", "A page down"),
    _key("dialog.page_up", "pageup", "step(-8)", "Page up", "A page up"),
]
"""Keys of the dialogs that list something."""

PICKER = [
    _key("picker.switch", "tab", "switch", "Switch", "Topics: switch the topic, and stay"),
]

REMOVER = [
    _key("views.remove", "delete", "remove", "Remove", "Views: remove a saved view"),
]

FEED_LIST = [
    _key("feeds.remove", "delete", "remove", "Remove", "Feeds: unsubscribe; its stories stay"),
]

PAGES = [
    _key("help.next_page", "tab", "page(1)", "Next page", "Help: the next page"),
    _key("help.previous_page", "shift+tab", "page(-1)", "Page before", "Help: the page before"),
    _key("help.next_place", "enter", "next_place", "Next place", "Help: the next place of what is looked for"),
]

TYPED_AT = (QUERY, DIALOG, [*DIALOG, *PICKER], [*DIALOG, *REMOVER], [*DIALOG, *FEED_LIST], [*DIALOG, *PAGES])
"""The groups of bindings that are in force together while a line is typed in."""

FOCUSED = frozenset(binding.id for binding in (*MOVES, *LIST, *SIDE, *TREE, *QUERY))
"""Ids of the bindings that act on the pane with the focus."""


def key_of(name: str, keymap: Mapping[str, str]) -> str:
    """The first key of a binding, as it is written for a person; where it has none, its label.

    Args:
        name: the binding's id.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """
    binding = next(one for one in EVERY if one.id == name)
    key, *_ = keymap.get(name, binding.key).split(",")
    return f"“{binding.description}”" if key == NO_KEY else key_sign(key)


class KeyRow(NamedTuple):
    """One line of the table of keys; `keys` as a person writes them, with spaces between them."""

    area: str
    keys: str
    id: str
    tooltip: str


_AREAS = (
    ("Moving", MOVES),
    ("Stories", [*LIST, *(b for b in MAIN if (b.id or "").startswith("list."))]),
    ("Story", [b for b in MAIN if (b.id or "").startswith("story.")]),
    ("Coverage", [*TREE, *(b for b in MAIN if (b.id or "").startswith(("coverage.", "event.")))]),
    ("Side bar", [*(b for b in MAIN if (b.id or "").startswith("side.")), *SIDE]),
    ("Search line", QUERY),
    ("Going about", [b for b in MAIN if (b.id or "").startswith(("go.", "pane."))]),
    ("Marks", [b for b in MAIN if (b.id or "").startswith("marks.")]),
    ("Dialogs", [*DIALOG, *PICKER, *REMOVER, *FEED_LIST, *PAGES]),
    ("Program", [*(b for b in MAIN if (b.id or "").startswith("library.")), *APP]),
)

EVERY = tuple(dict.fromkeys(binding for _, bindings in _AREAS for binding in bindings))
"""All bindings, each once."""


def quit_keys(keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The single keys that quit the program, as Textual names them; sequences are left out."""
    (own,) = (binding for binding in APP if binding.id == "app.quit")
    return tuple(key for key in keymap.get("app.quit", own.key).split(",") if " " not in key)


def again(name: str, action: str) -> Binding:
    """A binding of a dialog that has the keys of another, as it does the same kind of thing: they change together.

    Args:
        name: the other binding's id.
        action: the dialog's action.
    """
    binding = next(one for one in EVERY if one.id == name)
    return replace(binding, action=action, show=False, priority=False)


_SIGNS = {
    "delete": "Del",
    "question_mark": "?", "colon": ":", "slash": "/", "equals_sign": "=", "backslash": "\\", "exclamation_mark": "!",
    "vertical_line": "|",
    "right_square_bracket": "]", "left_square_bracket": "[", "plus": "+", "minus": "-",
    "less_than_sign": "<", "greater_than_sign": ">",
    "left_parenthesis": "(", "right_parenthesis": ")", "left_curly_bracket": "{",
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp",
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "shift+Tab", "home": "Home", "end": "End",
    "f1": "F1", "alt+left": "alt+←", "alt+right": "alt+→",
}  # fmt: skip


NO_KEY = "no-key"
"""Stands in a keymap for a binding without a key: to Textual, an empty text means the binding's default keys."""


def key_sign(key: str) -> str:
    """A key as it is written for a person; the keys of a sequence are joined, by dots where one is a word."""
    signs = [_sign(part) for part in key.split()]
    return ("" if all(len(sign) == 1 for sign in signs) else "·").join(signs)


def _sign(key: str) -> str:
    """One key as it is written for a person."""
    if key in _SIGNS:
        return _SIGNS[key]
    *modifiers, base = key.split("+")
    character = key_to_character(base) or ""
    sign = character if character.isprintable() and character.strip() else base
    return "+".join([*modifiers, _SIGNS.get(base, sign)])


def key_table(keymap: Mapping[str, str] = MappingProxyType({})) -> list[KeyRow]:
    """All keys, by area; the nine topic keys share one line, unless one of them was changed.

    Args:
        keymap: keys that differ from the program's own, by the ids of bindings.
    """
    digits = not any(name.startswith("list.topic_") for name in keymap)
    rows = []
    for area, bindings in _AREAS:
        for binding in bindings:
            name = binding.id or ""
            if digits and name.startswith("list.topic_") and name != "list.topic_1":
                continue
            keys = " ".join(key_sign(key) for key in keymap.get(name, binding.key).split(",") if key != NO_KEY)
            tooltip = binding.tooltip
            if digits and name == "list.topic_1":
                keys, tooltip = "1–9", "Switch the nth topic on or off"
            rows.append(KeyRow(area, keys, name, tooltip))
    return rows
