"""The keys of other programs, for those of their actions that have a counterpart here.

A preset names the bindings whose keys differ from the defaults, also those that lose a key to another.
"""

from __future__ import annotations

from collections.abc import Mapping

NEWSBOAT = {
    "story.read": "N",
    "story.note": "ctrl+e",
    "list.read_all": "A,C",
    "story.later": "ctrl+a",
    "list.sort": "g",
    "list.no_topics": "0,ctrl+f",
    "list.shown": "a,l",
    "story.scroll_down": "space",
    "story.scroll_up": "ctrl+b",
    "move.next": "j,J,down",
    "move.previous": "k,K,up",
    "move.first": "home",
    "move.last": "end",
    "pane.next": "tab",
    "library.rescan": "r,R,ctrl+r",
    "go.escape": "escape,q",
    "app.palette": "colon",
    "app.quit": "Q",
}
"""newsboat: `N` toggles read, `A` marks all read, `r` reloads, `g` sorts, `l` shows and hides what is read,
`q` goes back and `Q` leaves."""

EILMELDUNG = {
    "story.open_next": "o",
    "story.open": "O",
    "story.star": "m",
    "story.tags": "t",
    "list.topics": "g t",
    "list.search": "slash,equals_sign",
    "event.headlines": "g h",
    "coverage.focus": "g c",
    "library.rescan": "s",
    "list.like": "g m",
    "move.first": "g g,home",
    "move.page_down": "pagedown,ctrl+f",
    "move.page_up": "pageup,ctrl+b",
}
"""eilmeldung: vim's movements, `o` opens, marks read and goes on, `m` marks, `s` syncs, sequences with `g`."""

PRESETS: Mapping[str, Mapping[str, str]] = {"newsboat": NEWSBOAT, "eilmeldung": EILMELDUNG}
"""The presets by name: each has keys by the ids of bindings, as in `[keys]` of the configuration."""
