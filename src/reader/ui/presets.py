"""Keys as other programs have them, as far as what they do has a counterpart here.

A preset names the bindings whose keys differ from the program's own, also those that lose a key to another.
"""

from __future__ import annotations

from collections.abc import Mapping

NEWSBOAT = {
    "story.open": "o",
    "story.open_next": "O",
    "story.links": "u",
    "story.read": "N",
    "story.note": "",
    "list.read_all": "A,C",
    "list.sort": "g",
    "list.search": "slash,F",
    "list.topics": "t",
    "list.no_topics": "0,ctrl+f",
    "list.shown": "a,l",
    "go.next_unread": "n",
    "go.previous_unread": "p",
    "story.scroll_down": "space",
    "story.scroll_up": "b",
    "move.next": "j,J,down",
    "move.previous": "k,K,up",
    "move.first": "home",
    "move.last": "end",
    "pane.next": "tab",
    "pane.previous": "shift+tab,h",
    "library.rescan": "r,R,ctrl+r",
    "app.palette": "colon",
}
"""newsboat: `N` toggles read, `A` marks all read, `r` reloads, `g` sorts, `l` shows and hides what is read."""

EILMELDUNG = {
    "story.open_next": "o",
    "story.open": "O",
    "story.read": "r,u",
    "story.star": "m,v",
    "story.links": "g u",
    "story.tags": "t",
    "list.topics": "g t",
    "list.topic_1": "g 1",
    "list.topic_2": "g 2",
    "list.topic_3": "g 3",
    "list.topic_4": "g 4",
    "list.topic_5": "g 5",
    "list.topic_6": "g 6",
    "list.topic_7": "g 7",
    "list.topic_8": "g 8",
    "list.topic_9": "g 9",
    "list.no_topics": "g 0",
    "list.search": "slash,equals_sign",
    "event.headlines": "g h",
    "coverage.focus": "g c",
    "coverage.grouping": "g v",
    "list.shown": "a",
    "library.rescan": "s",
    "move.first": "g g,home",
    "move.half_down": "ctrl+d",
    "move.half_up": "ctrl+u",
    "move.page_down": "pagedown,ctrl+f",
    "move.page_up": "pageup,ctrl+b",
    "marks.undo": "ctrl+z",
}
"""eilmeldung: vim's movements, `o` opens, marks read and goes on, `m` marks, `s` syncs, sequences with `g`."""

PRESETS: Mapping[str, Mapping[str, str]] = {"newsboat": NEWSBOAT, "eilmeldung": EILMELDUNG}
"""Preset → keys by the ids of bindings, as `[keys]` of the configuration has them."""
