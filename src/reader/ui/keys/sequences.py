"""Sequences: keys pressed one after the other that mean one thing, such as `g g`.

Textual knows single keys only. So a sequence is bound like a key whose name has spaces. Keys that may begin one are
held back here; once it is complete, an event for that one key goes to Textual instead of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import App
from textual.events import Key
from textual.timer import Timer


class KeySequences:
    """Holds keys back while they may begin a sequence that is in force where the focus is.

    Escape drops them. Keys that turn out to begin none, or that no other follows in time, are acted on as single keys.
    Letters that are typed into a line are never held back.

    Args:
        app: the app whose keys they are.
        sequences: the sequences, by their names with spaces.
        seconds: how long the next key is waited for.
        give_up: called when it did not come in time; it calls `let_go` and acts on the keys.
        show: called with the names of the keys that are held back, with spaces between them; empty for none.
    """

    def __init__(
        self,
        app: App[None],
        sequences: Iterable[str],
        *,
        seconds: float,
        give_up: Callable[[], object],
        show: Callable[[str], object],
    ) -> None:
        self._app = app
        self._sequences = frozenset(sequences)
        self._beginnings = frozenset(
            " ".join(keys[:length]) for keys in map(str.split, self._sequences) for length in range(1, len(keys))
        )
        self._seconds = seconds
        self._give_up = give_up
        self._show = show
        self._held: list[Key] = []
        self._timer: Timer | None = None

    def take(self, event: Key) -> list[Key]:
        """Take in a key; gives the keys to act on now."""
        held = self.let_go()
        name = " ".join(key.key for key in (*held, event))
        if not held and name not in self._beginnings:
            return [event]
        if held and event.key == "escape":
            return []
        if not self._is_typed(event):
            if name in self._sequences and name in self._in_force:
                return [Key(name, None)]
            if name in self._beginnings and any(key.startswith(f"{name} ") for key in self._in_force):
                self._hold([*held, event])
                return []
        return [*held, *self.take(event)] if held else [event]

    def let_go(self) -> list[Key]:
        """Stop holding keys back; gives those that were."""
        held, self._held = self._held, []
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if held:
            self._show("")
        return held

    def _hold(self, keys: list[Key]) -> None:
        self._held = keys
        self._timer = self._app.set_timer(self._seconds, self._give_up)
        self._show(" ".join(key.key for key in keys))

    @property
    def _in_force(self) -> set[str]:
        """The keys that do something where the focus is."""
        return {key for key, active in self._app.screen.active_bindings.items() if active.enabled}

    def _is_typed(self, event: Key) -> bool:
        """Whether the key is a letter for the line that has the focus."""
        focused = self._app.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)
