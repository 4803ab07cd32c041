"""The configuration file: TOML, every key optional, every mistake told with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from reader.errors import ConfigError


@dataclass(frozen=True, slots=True)
class View:
    """A saved query with a sort.

    Attributes:
        name: what it is called, once among all views.
        query: the query as it is written; empty for every story.
        sort: the order, by its short name; empty for the usual one.
        by_event: whether the stories of one event are one row.
    """

    name: str
    query: str = ""
    sort: str = ""
    by_event: bool = False


@dataclass(frozen=True, slots=True)
class ShareTarget:
    """A command that a story is handed to.

    Attributes:
        name: what it is called.
        command: the command as a list of its parts; `{url}`, `{title}` and `{path}` in a part stand for the story's. No
            shell reads it.
    """

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UserTheme:
    """A theme of the user's own.

    Attributes:
        name: what it is called.
        dark: whether its ground is dark.
        colors: colours by Textual's names for them, such as `primary` or `background`.
    """

    name: str
    dark: bool
    colors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Config:
    """The settings.

    Attributes:
        library: the folder that is opened when none is given.
        browser: the command that opens a link, as a list; `{url}` stands for the link. Empty: `$BROWSER`, else the
            platform's own.
        theme: the name of the theme.
        outlets: domains of outlets, the best first: whose story speaks for an event where its stories are one row.
        mark_read: when a story counts as read: `after_seconds` in the story pane, `on_open` (Enter or o), or `never`.
        mark_read_seconds: how long that is.
        views: views of the user's own, in their order.
        start_view: the name of the view a start begins with; empty for where the last one ended.
        share: what `S` offers to hand a story to.
        preset: the keys' preset: empty for the program's own, `newsboat` or `eilmeldung`.
        keys: keys by the ids of the bindings: what `set_keymap` takes, and sequences such as `g g`.
        themes: themes of the user's own.
        images: when the lead image is fetched: `never`, `on_key` or `always`.
        image_cache_mb: how much room fetched images may take on the disk, in MB.
    """

    library: Path | None = None
    browser: tuple[str, ...] = ()
    theme: str = "reader-dark"
    outlets: tuple[str, ...] = ()
    mark_read: str = "after_seconds"
    mark_read_seconds: float = 2.0
    views: tuple[View, ...] = ()
    start_view: str = ""
    share: tuple[ShareTarget, ...] = ()
    preset: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    themes: tuple[UserTheme, ...] = ()
    images: str = "never"
    image_cache_mb: int = 100


MARK_READ = ("after_seconds", "on_open", "never")
"""What `mark_read` may be."""

MOST_SECONDS = 3_600
"""The longest `mark_read_seconds`."""

_DOMAIN = re.compile(r"[^\s/:@.,_]+(\.[^\s/:@.,_]+)+", re.IGNORECASE)


def load_config(path: Path) -> Config:
    """Read the configuration file; where there is none, all is as by default.

    Raises:
        ConfigError: it cannot be read, is not TOML, or holds a key or value that means nothing.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    import tomllib  # a start without a configuration goes without it

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    return _check(data, text, path)


def _check(data: dict[str, object], text: str, path: Path) -> Config:
    names = [field.name for field in fields(Config)]
    for key in data:
        if key not in names:
            from difflib import get_close_matches

            near = get_close_matches(key, names, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; known keys: {', '.join(names)}"
            raise _error(path, text, key, f"unknown key {key!r}{hint}")
    library, browser, theme = data.get("library"), data.get("browser", []), data.get("theme", Config().theme)
    if library is not None and not (isinstance(library, str) and library):
        raise _error(path, text, "library", "library must be a folder's path, as text")
    if not isinstance(browser, list) or not all(isinstance(part, str) and part for part in browser):
        raise _error(path, text, "browser", 'browser must be a list of texts, such as ["firefox", "{url}"]')
    if browser and not any("{url}" in part for part in browser[1:]):
        raise _error(path, text, "browser", 'browser needs a part with "{url}" after the command')
    if not isinstance(theme, str):
        raise _error(path, text, "theme", "theme must be a theme's name, as text")
    outlets = data.get("outlets", [])
    if not isinstance(outlets, list) or not all(isinstance(name, str) and _DOMAIN.fullmatch(name) for name in outlets):
        reason = 'outlets must be a list of domains, the best first, such as ["reuters.com", "bbc.co.uk"]'
        raise _error(path, text, "outlets", reason)
    mark_read, seconds = _reading(data, text, path)
    try:
        folder = path.parent / Path(library).expanduser() if isinstance(library, str) else None
    except RuntimeError as error:  # ~name of nobody here
        raise _error(path, text, "library", f"library: no home folder is known for {library!r}") from error
    return Config(
        library=folder,
        browser=tuple(browser),
        theme=theme,
        outlets=tuple(name.lower().removeprefix("www.") for name in outlets),
        mark_read=mark_read,
        mark_read_seconds=seconds,
    )


def _reading(data: dict[str, object], text: str, path: Path) -> tuple[str, float]:
    """When a story counts as read, and after how many seconds."""
    mark_read, seconds = data.get("mark_read", MARK_READ[0]), data.get("mark_read_seconds", Config().mark_read_seconds)
    if mark_read not in MARK_READ:
        raise _error(path, text, "mark_read", f"mark_read must be one of {', '.join(MARK_READ)}, as text")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= MOST_SECONDS:
        reason = f"mark_read_seconds must be a number above 0, up to {MOST_SECONDS}"
        raise _error(path, text, "mark_read_seconds", reason)
    return str(mark_read), float(seconds)


def _error(path: Path, text: str, key: str, reason: str) -> ConfigError:
    match = re.search(rf"^\s*[\[\"']*{re.escape(key)}\b", text, re.MULTILINE)
    line = text.count("\n", 0, match.end()) + 1 if match else 1
    return ConfigError(f"{path}:{line}: {reason}")
