"""The names of keys: what a person may write for one, and what Textual calls it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from textual.binding import Binding
from textual.keys import KEY_TO_UNICODE_NAME, REPLACED_KEYS, Keys, key_to_character

from reader.base.errors import ReaderError

MOST_KEYS = 4
"""The longest sequence."""

_MODIFIERS = ("alt", "ctrl", "shift", "super")

_SPECIAL = {key.value for key in Keys if key.value.isalnum()} - {"return"}
"""Keys that make no character: `enter`, `pagedown`, `f1`."""

_OTHER_WORDS = {
    "esc": "escape", "return": "enter", "cr": "enter", "del": "delete", "ins": "insert", "bs": "backspace",
    "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "spc": "space", "backtab": "shift+tab",
    "control": "ctrl", "meta": "alt", "option": "alt", "cmd": "super",
}  # fmt: skip

_SENT_AS = {
    "ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape",
}  # fmt: skip
"""Keys that a terminal sends as another key."""


class KeyNameError(ReaderError):
    """No key has this name."""


def keys_named(words: str) -> str:
    """Textual's name of a key, or those of a sequence with spaces between them.

    Raises:
        KeyNameError: one of them is no key, or they are too many.
    """
    keys = [key_named(word) for word in words.split()]
    if len(keys) > MOST_KEYS:
        raise KeyNameError(f"{words!r} is longer than {MOST_KEYS} keys")
    if len(keys) > 1 and "escape" in keys:
        raise KeyNameError(f"{words!r}: escape gives a sequence up, and is no part of one")
    return " ".join(keys)


def key_named(word: str) -> str:
    """Textual's name of a key.

    Raises:
        KeyNameError: there is no such key, or a terminal does not tell it from another.
    """
    *modifiers, base = [*word[:-1].split("+")[:-1], "+"] if word == "+" or word.endswith("++") else word.split("+")
    if not base or not set(modifiers) <= set(_MODIFIERS) or len(set(modifiers)) < len(modifiers):
        raise KeyNameError(_no_key(word))
    if len(base) > 1 and base not in _SPECIAL:
        character = key_to_character(REPLACED_KEYS.get(base, base))
        if character is None:
            raise KeyNameError(_no_key(word))
        base = character
    if len(base) == 1:
        if not base.isprintable():
            raise KeyNameError(_no_key(word))
        _refuse_shift(word, modifiers, base)
        base = _name_of(base)
    key = "+".join([*sorted(modifiers), base])
    if key in _SENT_AS:
        raise KeyNameError(f"a terminal sends {_SENT_AS[key]} for {key}")
    return key


def _refuse_shift(word: str, modifiers: list[str], character: str) -> None:
    """Refuse a character with shift, which is another character, and a capital letter with ctrl or alt."""
    if modifiers == ["shift"]:
        hint = f"; did you mean {character.upper()}?" if character.isalpha() else "; write the character it makes"
        raise KeyNameError(f"no key is named {word!r}{hint}")
    if modifiers and character.isupper():
        small = "+".join([*sorted({*modifiers} | ({"shift"} if modifiers == ["alt"] else set())), character.lower()])
        raise KeyNameError(f"no key is named {word!r}; did you mean {small}?")


def _name_of(character: str) -> str:
    """What Textual calls the key of a character."""
    return "space" if character == " " else next(iter(Binding.make_bindings([Binding(character, "")]))).key


def _no_key(word: str) -> str:
    """The message for a word that names no key, with the key that was probably meant."""
    *modifiers, base = [_OTHER_WORDS.get(part, part) for part in word.casefold().split("+")]
    *modifiers, base = [*modifiers, *base.split("+")]
    near = [_near(part, _MODIFIERS) for part in dict.fromkeys(modifiers)]
    if len(base) > 1:
        base = _near(base, [*_SPECIAL, *KEY_TO_UNICODE_NAME, *REPLACED_KEYS, "comma", "colon", "semicolon", "tilde"])
    hint = f"; did you mean {'+'.join([*near, base])}?" if base.isprintable() and all([*near, base]) else ""
    return f"no key is named {word!r}{hint}"


def _near(word: str, names: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, names, 1)), "")
