"""Themes of the user's own, and themes that there are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from reader.settings.checks import nearest
from reader.settings.config import Config, UserTheme
from reader.ui.look.themes import DARK, LIGHT


def user_themes(config: Config) -> list[Theme]:
    """The themes of the user's own.

    Raises:
        ConfigError: a colour that is none, or the name of a theme that is always there.
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
    """A theme for Textual; the colours that only our style sheets ask for are its variables."""
    known = {field.name for field in fields(Theme)}
    colors = {name: color for name, color in theme.colors if name in known}
    others = {name: color for name, color in theme.colors if name not in known}
    return Theme(name=theme.name, dark=theme.dark, variables=others, **colors)  # type: ignore[arg-type]


def theme_names(config: Config) -> list[str]:
    """The names of all themes that there are."""
    return [*BUILTIN_THEMES, DARK.name, LIGHT.name, *(theme.name for theme in config.themes)]


def no_theme(config: Config, name: str, known: Iterable[str]) -> str:
    """What to say of a theme that there is not: one of the settings, or one that was chosen on the screen once."""
    told = f"there is no theme {name!r}{nearest(name, known)}"
    return str(config.mistake("theme", told)) if name == config.theme else told[0].upper() + told[1:]
