"""The themes of the configuration, and the message for a theme that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from reader.settings.checks import nearest
from reader.settings.config import Config, UserTheme
from reader.ui.look.themes import DARK, LIGHT


def user_themes(config: Config) -> list[Theme]:
    """The themes of the configuration, as Textual's.

    Raises:
        ConfigError: a colour is not valid, or a theme has the name of one that is always there.
    """
    made = []
    for number, theme in enumerate(config.themes):
        if theme.name in BUILTIN_THEMES or theme.name in (DARK.name, LIGHT.name):
            reason = f"{theme.name!r} is the name of a theme that is always there"
            raise config.mistake(f"themes.{number}.name", reason)
        for name, color in theme.colors:
            try:
                is_plain = Color.parse(color).a == 1 and Color.parse(color).ansi is None
                reason = f"{name} must be a plain colour, neither transparent nor the terminal's own"
            except ColorParseError as error:
                hint = f"; did you mean {error.suggested_color}?" if error.suggested_color else ""
                is_plain, reason = False, f"{name}: {color!r} is no colour{hint}"
            if not is_plain:
                raise config.mistake(f"themes.{number}.{name}", reason)
        made.append(_made(theme))
    return made


def _made(theme: UserTheme) -> Theme:
    """A theme for Textual; colours that only our style sheets use become its variables."""
    known = {field.name for field in fields(Theme)}
    colors = {name: color for name, color in theme.colors if name in known}
    others = {name: color for name, color in theme.colors if name not in known}
    return Theme(name=theme.name, dark=theme.dark, variables=others, **colors)  # type: ignore[arg-type]


def theme_names(config: Config) -> list[str]:
    """The names of all themes, with those of the configuration."""
    return [*BUILTIN_THEMES, DARK.name, LIGHT.name, *(theme.name for theme in config.themes)]


def no_theme(config: Config, name: str, known: Iterable[str]) -> str:
    """The message for a theme that does not exist: one of the settings, or one that was chosen on the screen once."""
    words = f"there is no theme {name!r}{nearest(name, known)}"
    return str(config.mistake("theme", words)) if name == config.theme else words[0].upper() + words[1:]
