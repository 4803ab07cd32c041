"""The keys in force: the program's own, changed by a preset and by `[keys]` of the configuration.

Textual accepts any keymap without a word, and a binding that takes another's key disables that one. So it is checked
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from textual.binding import Binding
from textual.keys import key_to_character

from reader.base.errors import ConfigError
from reader.settings.checks import nearest
from reader.settings.config import Config
from reader.settings.table import NAMES
from reader.ui.keys.bindings import APP, EVERY, MAIN, MOVES, NO_KEY, TYPED_AT, key_sign
from reader.ui.keys.names import KeyNameError, keys_named
from reader.ui.keys.presets import PRESETS

Keymap = Mapping[str, str]
"""Ids of bindings → their keys, as `App.set_keymap` takes them. A sequence is a key whose name has spaces."""

IDS = tuple(binding.id or "" for binding in EVERY)
"""All ids, in order."""


_TYPED_AT = frozenset(binding.id for together in TYPED_AT for binding in together)
"""Ids of the bindings that are in force while a line is typed in."""


def _together() -> Iterator[Sequence[Binding]]:
    """The groups of bindings that are in force together, by where the focus is: within each a key has one meaning."""
    query, *dialogs = TYPED_AT
    yield (*APP, *query)
    yield from dialogs
    always = (*APP, *MAIN, *MOVES)
    panes: dict[str, list[Binding]] = {"": []}
    for binding in EVERY:
        if binding not in always and binding.id not in _TYPED_AT:
            panes.setdefault((binding.id or "").partition(".")[0], []).append(binding)
    for own in panes.values():
        yield (*always, *own)


_ALWAYS_QUITS = "ctrl+q"


def keymap_of(config: Config) -> Keymap:
    """The keys that the configuration changes.

    Raises:
        ConfigError: there is no such id or key, or a key has two meanings.
    """
    chosen = dict(config.keys)
    named = {name: _keys(config, name, keys) for name, keys in chosen.items()}
    keymap = {**PRESETS.get(config.preset, {}), **named}
    for together in _together():
        _refuse_clashes(config, [(one.id or "", keymap.get(one.id or "", one.key)) for one in together])
    return keymap


def sequences_in(keymap: Keymap) -> frozenset[str]:
    """The sequences of a keymap."""
    return frozenset(key for keys in keymap.values() for key in keys.split(",") if " " in key)


def _keys(config: Config, name: str, words: str) -> str:
    """Check the keys that the configuration gives one binding; gives them by Textual's names."""
    wrong = partial(config.mistake, f"keys.{name}")
    if name not in IDS:
        if name in NAMES:
            raise wrong(f"{name!r} is not a key's name but a setting: it must stand above the first [table]")
        raise wrong(f"nothing here is named {name!r}{nearest(name, IDS) or '; `reader keys` prints all names'}")
    try:
        keys = list(dict.fromkeys(keys_named(key) for key in words.split(",") if key))
    except KeyNameError as error:
        raise wrong(f"{name}: {error}") from error
    for key in keys:
        first, *_ = key.split()
        if name in _TYPED_AT and (key_to_character(first) or "\n").isprintable():
            raise wrong(f"{name}: {first} is typed there, and cannot be a key")
        if _ALWAYS_QUITS in key.split() and name != "app.quit":
            raise wrong(f"{name}: {_ALWAYS_QUITS} always leaves the program")
    return ",".join(keys) or NO_KEY


def _refuse_clashes(config: Config, together: Iterable[tuple[str, str]]) -> None:
    """Refuse two bindings with one key, and a key that begins another's sequence."""
    meant: dict[str, str] = {}
    for name, keys in together:
        for key in keys.split(","):
            if key == NO_KEY:
                continue
            for other, its in list(meant.items()):
                if its != name and (key == other or other.startswith(f"{key} ") or key.startswith(f"{other} ")):
                    raise _clash(config, (its, other), (name, key))
            meant[key] = name


def _clash(config: Config, one: tuple[str, str], two: tuple[str, str]) -> ConfigError:
    """The error for two bindings whose keys clash, at the line of the one that stands later in the file."""
    order = [name for name, _ in config.keys]
    (other, its), (name, key) = sorted((one, two), key=lambda pair: order.index(pair[0]) if pair[0] in order else -1)
    if key == its:
        what = f"{name} takes the key {key_sign(key)} from {other}"
    else:
        what = f"{name} has {key_sign(key)}, which cannot go with {key_sign(its)} of {other}"
    return config.mistake(f"keys.{name}", f'{what}; give that one another key, or none: "{other}" = ""')
