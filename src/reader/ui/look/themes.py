"""The program's own two themes. All text on all grounds has a contrast of at least 4.5 : 1."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="reader-dark",
    primary="#8ab4f8",
    secondary="#a3be8c",
    accent="#f0c674",
    warning="#f0c674",
    error="#f28b82",
    success="#a3be8c",
    foreground="#e6e6e6",
    background="#16181d",
    surface="#16181d",
    panel="#23262e",
    dark=True,
    variables={
        "reader-dim": "#9aa3b2",
        "reader-read": "#a9b0bc",
        "reader-border": "#3a404d",
        "reader-cursor": "#2a3954",
        "reader-cursor-idle": "#262a33",
    },
)

LIGHT = Theme(
    name="reader-light",
    primary="#1a56b0",
    secondary="#3b6b1f",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#3b6b1f",
    foreground="#1d2026",
    background="#fbfbf9",
    surface="#fbfbf9",
    panel="#ecece6",
    dark=False,
    variables={
        "reader-dim": "#565e6b",
        "reader-read": "#525964",
        "reader-border": "#c4c6c2",
        "reader-cursor": "#d3e2fa",
        "reader-cursor-idle": "#e8e9e5",
    },
)


def complete(variables: dict[str, str]) -> dict[str, str]:
    """Add the variables that our style sheets need, blended from the theme's colours where it does not set them."""
    text, ground = Color.parse(variables["foreground"]), Color.parse(variables["background"])
    primary = Color.parse(variables["primary"])
    return {
        "reader-dim": ground.blend(text, 0.7).hex,
        "reader-read": ground.blend(text, 0.75).hex,
        "reader-border": ground.blend(text, 0.25).hex,
        "reader-cursor": ground.blend(primary, 0.3).hex,
        "reader-cursor-idle": ground.blend(text, 0.1).hex,
        **variables,
    }
