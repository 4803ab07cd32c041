"""Checks of the values of settings.

Each takes a value as TOML gives it, and the setting's name; it gives the value for `Config`, and raises
`WrongSettingError` where the value is not valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import TypeGuard

from reader.base.errors import QueryError, ReaderError
from reader.base.lengths import read_length
from reader.base.text import clean
from reader.base.wording import fold
from reader.library.marks.model import MOST_LABEL
from reader.library.query.query import Query, Sort, parse_whole
from reader.settings.config import (
    ACTIONS,
    DENSITIES,
    MARK_READ,
    MOST_SECONDS,
    PRESETS,
    TAG_WORD,
    WHEN_IMAGES,
    Rule,
    ShareTarget,
    UserTheme,
    View,
)
from reader.stories.limits import MOST_CACHE_MB, MOST_FILE_MB

_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,252}|::[0-9A-Fa-f:.]{0,40}")
_DOMAIN = re.compile(r"[^\s/:@.,_]+(\.[^\s/:@.,_]+)+", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

LEAST_EVERY, MOST_EVERY = 300, 7 * 86_400
"""The least and the most seconds of `fetch_every`. Each feed is asked at most hourly anyway, except by key."""

SHARED = ("url", "title", "path")
"""The names that may stand in `{}` in a share target's command."""

COLORS = (
    "primary", "secondary", "accent", "warning", "error", "success", "foreground", "background", "surface", "panel",
    "boost",
)  # fmt: skip
"""The colours of a theme, by Textual's names."""

OWN_COLORS = ("reader-dim", "reader-read", "reader-border", "reader-cursor", "reader-cursor-idle")
"""The colours that only this program has: of quiet text, of read stories, of lines, and of the cursor with and without
the focus."""


class WrongSettingError(ReaderError):
    """A value of a setting is not valid.

    Args:
        setting: the path of the value in the file, as `Source.place` takes it.
        reason: what is wrong with it, for a person.
    """

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(setting, reason)
        self.setting = setting
        self.reason = reason


def nearest(word: object, names: Iterable[str], otherwise: str = "") -> str:
    """The end of a message: the name that was probably meant; else `otherwise` with all names, or nothing."""
    names = list(names)
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(str(word).casefold(), folded, 1)
    if near:
        return f"; did you mean {folded[near[0]]}?"
    return f"; {otherwise}: {', '.join(names)}" if otherwise else ""


def folder(value: object, setting: str) -> Path:
    """A folder's path."""
    if not (isinstance(value, str) and value and "\0" not in value):
        raise WrongSettingError(setting, f"{setting} must be a folder's path, as text")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:  # `~name` of a user that does not exist
        raise WrongSettingError(setting, f"{setting}: no home folder is known for {value!r}") from error


def browser(value: object, setting: str) -> tuple[str, ...]:
    """A command with a part for the link."""
    if not _are_texts(value):
        raise WrongSettingError(setting, 'browser must be a list of texts, such as ["firefox", "{url}"]')
    if value and not any("{url}" in part for part in value[1:]):
        raise WrongSettingError(setting, 'browser needs a part with "{url}" after the command')
    return tuple(value)


def theme_name(value: object, setting: str) -> str:
    """A theme's name. Whether there is such a theme, only the screen knows."""
    if not (isinstance(value, str) and value):
        raise WrongSettingError(setting, "theme must be a theme's name, as text")
    return value


def domains(value: object, setting: str) -> tuple[str, ...]:
    """Domains of outlets."""
    if not isinstance(value, list) or not all(isinstance(name, str) and _DOMAIN.fullmatch(name) for name in value):
        reason = f'{setting} must be a list of domains, the best first, such as ["reuters.com", "bbc.co.uk"]'
        raise WrongSettingError(setting, reason)
    return tuple(name.lower().removeprefix("www.") for name in value)


def mark_read(value: object, setting: str) -> str:
    """When a story counts as read."""
    return _one_of(value, setting, MARK_READ)


def seconds(value: object, setting: str) -> float:
    """A short time, in seconds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_SECONDS:
        raise WrongSettingError(setting, f"{setting} must be a number above 0, up to {MOST_SECONDS}")
    return float(value)


def preset(value: object, setting: str) -> str:
    """A preset's name, or nothing."""
    return "" if value == "" else _one_of(value, setting, PRESETS)


def density(value: object, setting: str) -> str:
    """How many lines a story takes."""
    return _one_of(value, setting, DENSITIES)


def images(value: object, setting: str) -> str:
    """When images are fetched."""
    return _one_of(value, setting, WHEN_IMAGES)


def yes_or_no(value: object, setting: str) -> bool:
    """A switch."""
    if not isinstance(value, bool):
        raise WrongSettingError(setting, f"{setting} must be true or false")
    return value


def own_hosts(value: object, setting: str) -> tuple[str, ...]:
    """Hosts, by name or by address."""
    if not isinstance(value, list) or not all(isinstance(name, str) and _HOST.fullmatch(name) for name in value):
        raise WrongSettingError(setting, f'{setting} must be a list of hosts, such as ["nas.local", "192.168.1.5"]')
    return tuple(name.lower().rstrip(".") for name in value)


def news_folders(value: object, setting: str) -> tuple[str, ...]:
    """Folders in a library, by their paths within it."""
    wrong = WrongSettingError(setting, f'{setting} must be a list of folders in the library, such as ["Clippings"]')
    if not isinstance(value, list):
        raise wrong
    found = []
    for name in value:
        path = PurePosixPath(name) if isinstance(name, str) and name.isprintable() else PurePosixPath("/")
        if path.is_absolute() or not path.parts or ".." in path.parts or path.parts[0].startswith("~"):
            raise wrong
        found.append(str(path))
    return tuple(found)


def cache_megabytes(value: object, setting: str) -> int:
    """How much room images may take, in MB."""
    return _whole(value, setting, MOST_CACHE_MB)


def file_megabytes(value: object, setting: str) -> int:
    """How large a file may be, in MB."""
    return _whole(value, setting, MOST_FILE_MB)


def _whole(value: object, setting: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise WrongSettingError(setting, f"{setting} must be a whole number from 1 to {most}")
    return value


def view_name(value: object, setting: str) -> str:
    """A view's name, or nothing. Whether there is such a view is known later: some are saved on the screen."""
    if not isinstance(value, str):
        raise WrongSettingError(setting, f"{setting} must be a view's name, as text")
    return clean(value)


def views(value: object, setting: str) -> tuple[View, ...]:
    """Views: tables with a name, a query, and the way to list it."""
    made: list[View] = []
    for table, where in _tables(value, setting, ("name", "query", "sort", "by_event")):
        name = _name(table, where, "a view", [view.name for view in made])
        query, by_event = table.get("query", ""), table.get("by_event", False)
        if not isinstance(query, str):
            raise WrongSettingError(f"{where}.query", "query must be text")
        if not isinstance(by_event, bool):
            raise WrongSettingError(f"{where}.by_event", "by_event must be true or false")
        _query(query, f"{where}.query")
        made.append(View(name, query, _sort(table.get("sort", ""), f"{where}.sort"), by_event))
    return tuple(made)


def rules(value: object, setting: str) -> tuple[Rule, ...]:
    """Rules: tables with a query, and what to do with the stories that match it."""
    made: list[Rule] = []
    for table, where in _tables(value, setting, ("when", "then", "run")):
        when, then = table.get("when"), table.get("then", [])
        if not (isinstance(when, str) and _query(when, f"{where}.when")):
            raise WrongSettingError(f"{where}.when", "a rule needs a query that says which stories: when, as text")
        actions = [then] if isinstance(then, str) else then
        if not (isinstance(actions, list) and all(map(_is_action, actions))):
            wrong = next((one for one in actions if not _is_action(one)), "") if isinstance(actions, list) else ""
            reason = f"then must be any of {', '.join(ACTIONS)}, as text or a list of such{nearest(wrong, ACTIONS)}"
            raise WrongSettingError(f"{where}.then", reason)
        run = _command(table["run"], f"{where}.run") if "run" in table else ()
        if not (actions or run):
            raise WrongSettingError(where, "a rule needs to do something: then, or run")
        made.append(Rule(when, tuple(actions), run))
    return tuple(made)


def _is_action(value: object) -> bool:
    if not isinstance(value, str):
        return False
    tag = clean(value.removeprefix(TAG_WORD)) if value.startswith(TAG_WORD) else ""
    return bool(0 < len(tag) <= MOST_LABEL) if value.startswith(TAG_WORD) else value in ACTIONS


def every(value: object, setting: str) -> int:
    """How often something is done, given in seconds; 0 for never."""
    if value == "never":
        return 0
    length = read_length(value) if isinstance(value, str) else None
    seconds = length.seconds if length is not None else 0
    if not LEAST_EVERY <= seconds <= MOST_EVERY:
        raise WrongSettingError(setting, f'{setting} must be "never", or a time from 5m to 7d such as "30m" or "2h"')
    return seconds


def addresses(value: object, setting: str) -> tuple[str, ...]:
    """Parts of addresses."""
    if not _are_texts(value):
        raise WrongSettingError(setting, f'{setting} must be a list of texts, such as ["theregister.co.uk"]')
    return tuple(value)


def _query(query: str, setting: str) -> Query:
    try:
        return parse_whole(query)
    except QueryError as error:
        raise WrongSettingError(setting, str(error)) from error


def _sort(value: object, setting: str) -> str:
    return "" if value == "" else _one_of(value, setting, [sort.short for sort in Sort], name="sort")


def share(value: object, setting: str) -> tuple[ShareTarget, ...]:
    """Commands that a story is handed to."""
    made: list[ShareTarget] = []
    for table, where in _tables(value, setting, ("name", "command")):
        name = _name(table, where, "a share target", [target.name for target in made])
        made.append(ShareTarget(name, _command(table.get("command"), f"{where}.command")))
    return tuple(made)


def _command(value: object, setting: str) -> tuple[str, ...]:
    key = setting.rpartition(".")[2]
    if not value or not _are_texts(value):
        raise WrongSettingError(setting, f'{key} must be a list of texts, such as ["mail", "-s", "{{title}}", "me"]')
    names = ", ".join(f"{{{name}}}" for name in SHARED)
    for number, part in enumerate(value):
        for name in _PLACEHOLDER.findall(part):
            if name not in SHARED:
                reason = f"{{{name}}} stands for nothing{nearest(name, SHARED, 'what there is')}"
                raise WrongSettingError(f"{setting}.{number}", reason)
            if not number:
                raise WrongSettingError(setting, f"the first part is the program, and cannot have {{{name}}}")
    if not any(_PLACEHOLDER.search(part) for part in value):
        raise WrongSettingError(setting, f"{key} needs a part with one of {names}: that names the story")
    return tuple(value)


def themes(value: object, setting: str) -> tuple[UserTheme, ...]:
    """Themes. Which colours are valid, only the screen knows."""
    made: list[UserTheme] = []
    for table, where in _tables(value, setting, ("name", "dark", *COLORS, *OWN_COLORS)):
        name = _name(table, where, "a theme", [theme.name for theme in made])
        dark = table.get("dark", True)
        if not isinstance(dark, bool):
            raise WrongSettingError(f"{where}.dark", "dark must be true or false")
        colors = {key: color for key, color in table.items() if key not in ("name", "dark")}
        for key, color in colors.items():
            if not (isinstance(color, str) and color):
                raise WrongSettingError(f"{where}.{key}", f'{key} must be a colour, as text, such as "#8ab4f8"')
        if "primary" not in colors:
            raise WrongSettingError(where, "a theme needs at least the colour primary")
        made.append(UserTheme(name, dark, tuple((key, str(color)) for key, color in colors.items())))
    return tuple(made)


def keys(value: object, setting: str) -> tuple[tuple[str, str], ...]:
    """Keys by the ids of bindings, written in quotes or as dotted keys. Which are valid, only the screen knows."""
    if not isinstance(value, dict):
        raise WrongSettingError(setting, f'{setting} must be a table, such as [keys] with "list.search" = "ctrl+f,/"')
    checked: dict[str, str] = {}
    for name, keys_ in _flat(value, ""):
        where = f"{setting}.{name}"
        if name in checked:
            raise WrongSettingError(where, f"{name!r} is set twice")
        listed = keys_.split(",") if isinstance(keys_, str) else keys_
        if not (isinstance(listed, list) and all(isinstance(key, str) for key in listed)):
            raise WrongSettingError(where, f'{name!r} must be text such as "ctrl+f,/", or a list of keys')
        split = [_one_key(key) for key in listed]
        if split != [""] and not all(split):
            hint = '; the comma\'s own key is "comma"' if isinstance(keys_, str) else ""
            raise WrongSettingError(where, f"{name!r}: an empty text is no key{hint}")
        checked[name] = ",".join(split)
    return tuple(checked.items())


def _one_key(key: str) -> str:
    """A key, or a sequence of keys with single spaces between them."""
    return "space" if key == " " else " ".join("comma" if part == "," else part for part in key.split())


def _flat(table: Mapping[str, object], before: str) -> Iterable[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _tables(value: object, setting: str, known: Sequence[str]) -> Iterable[tuple[dict[str, object], str]]:
    """The tables of an array, each with its path in the file; refuses keys that are not known."""
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise WrongSettingError(setting, f"{setting} must be tables: each begins with a line [[{setting}]]")
    for number, table in enumerate(value):
        where = f"{setting}.{number}"
        for key in table:
            if key not in known:
                hint = nearest(key, known, "known keys")
                raise WrongSettingError(f"{where}.{key}", f"unknown key {key!r} in [[{setting}]]{hint}")
        yield table, where


def _name(table: Mapping[str, object], where: str, what: str, taken: Sequence[str]) -> str:
    value = table.get("name")
    name = clean(value) if isinstance(value, str) else ""
    if not name:
        raise WrongSettingError(f"{where}.name", f"{what} needs a name, as text")
    if fold(name) in map(fold, taken):
        raise WrongSettingError(f"{where}.name", f"there are two of the name {name!r}")
    return name


def _one_of(value: object, setting: str, allowed: Sequence[str], *, name: str = "") -> str:
    if isinstance(value, str) and value in allowed:
        return value
    hint = nearest(value, allowed) if isinstance(value, str) else ""
    raise WrongSettingError(setting, f"{name or setting} must be one of {', '.join(allowed)}, as text{hint}")


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(part, str) and part and "\0" not in part for part in value)
