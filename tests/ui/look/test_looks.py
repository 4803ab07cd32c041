"""What can be read, and by whom: contrast, sixteen colours, no colour, the Linux console."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from textual.color import BLACK, Color
from textual.strip import Strip
from textual.theme import Theme

from contrast import DRAWING, LEAST, contrast, too_faint
from reader.settings.checks import OWN_COLORS
from reader.ui.app import ReaderApp
from reader.ui.look import themes
from reader.ui.look.plain_signs import SIGNS, PlainSigns
from support import MakeApp, press, settle


def test_a_theme_of_the_configuration_may_name_every_colour_of_our_own() -> None:
    told = {"foreground": "#eee", "background": "#111", "primary": "#88f"}
    assert set(OWN_COLORS) == themes.complete(told).keys() - told.keys()


def test_the_measure_is_that_of_the_web() -> None:
    assert contrast(BLACK, Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_every_text_colour_can_be_read_on_every_ground(theme: Theme) -> None:
    told = themes.complete(theme.to_color_system().generate() | theme.variables)
    grounds = {name: told[name] for name in ("background", "panel", "reader-cursor", "reader-cursor-idle")}
    for name in (
        "foreground",
        "reader-dim",
        "reader-read",
        "primary",
        "secondary",
        "accent",
        "warning",
        "error",
        "success",
    ):
        for ground, value in grounds.items():
            assert contrast(Color.parse(told[name]), Color.parse(value)) >= LEAST, (name, ground)
    assert contrast(Color.parse(told["background"]), Color.parse(told["primary"])) >= LEAST, "bar--on"


@pytest.mark.long
@pytest.mark.parametrize("theme", [themes.DARK.name, themes.LIGHT.name])
async def test_all_that_is_drawn_can_be_read(make_app: MakeApp, theme: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme
        await settle(pilot)
        for keys in (["s", "r", "1"], ["tab"], ["tab"], ["0", "escape", "E"], ["E", "slash", *"is:x"], ["escape"]):
            await press(pilot, *keys)
            assert not too_faint(app), keys
        for key in ("t", "u", "T", "question_mark", "i", "equals_sign"):
            await pilot.press(key)
            await pilot.pause(0.15)
            assert len(app.screen_stack) > 1, key
            assert not too_faint(app, app.screen.children[0].region), key
            await pilot.press("escape")
            await pilot.pause(0.05)


def in_sixteen(strips: list[Strip], y: int, x: int) -> tuple[object, object, bool]:
    """The colours of a cell as a terminal of sixteen has them, and whether it is bold."""
    strip = strips[y].crop(x, x + 1)
    style = next(iter(strip)).style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    shown = [color.downgrade(ColorSystem.STANDARD).number for color in (style.color, style.bgcolor)]
    return shown[0], shown[1], bool(style.bold)


@pytest.mark.long
@pytest.mark.parametrize("theme", [themes.DARK.name, themes.LIGHT.name])
async def test_cursor_and_focus_stand_out_in_sixteen_colours(make_app: MakeApp, theme: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme
        screen = await settle(pilot)
        strips = screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip) for strip in strips]
        row = next(y for y, text in enumerate(lines) if text[1] == "▌")
        assert lines[row + 2][1] == " "
        assert in_sixteen(strips, row, 6)[2], "the headline under the cursor is bold"
        assert not in_sixteen(strips, row + 2, 6)[2]
        for y in (row, row + 1, row + 2, 0, len(lines) - 1):
            for x in range(1, 52):
                if lines[y][x].strip() and not DRAWING.fullmatch(lines[y][x]):
                    text, ground, _ = in_sixteen(strips, y, x)
                    assert text != ground, (y, x, lines[y])
        title = lines[row - 1].index("Stories")
        focused = in_sixteen(strips, row - 1, title)
        await press(pilot, "tab")
        assert focused[2]
        assert not in_sixteen(screen._compositor.render_strips(), row - 1, title)[2]


def test_signs_of_the_linux_console_are_in_its_font_and_tell_marks_apart() -> None:
    for sign in SIGNS.values():
        sign.encode("ascii" if sign < "\x80" else "utf-8")
        assert sign < "\x80" or sign in "•↑►▼√■┌┐└┘│_▄█▌▐▀", sign
    marks = "●○★ ↗▸▾✓"
    assert len(set(marks.translate(SIGNS))) == len(marks)
    assert PlainSigns().apply([Segment("● a"), Segment("★")], BLACK) == [Segment("• a"), Segment("*")]


@pytest.mark.long
async def test_the_linux_console_gets_its_signs(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from reader.base.paths import sample_folder
    from reader.library.library import Library
    from support import DEFAULT_CONFIG

    with Library(sample_folder(), tmp_path / "cache", is_sample=True, in_process=True) as library:
        library.sync()
        clock = datetime(2026, 3, 2, tzinfo=UTC)
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: clock, zone=UTC, environment={"TERM": "linux"})
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            assert "┌" in text
            assert not set("╭●↗…▸") & set(text)
