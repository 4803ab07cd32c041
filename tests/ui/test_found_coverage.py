"""What is alike can be switched off: by a key, and by the configuration."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from reader.settings.config import Config
from reader.ui.main_screen import MainScreen
from support import DEFAULT_CONFIG, MakeApp, press, settle, toasts

HEADING = "alike, found by their words"


def coverage_of(screen: MainScreen) -> tuple[str, str]:
    """The title and the lines of the coverage."""
    tree = screen.coverage_tree
    lines = [tree.render_line(y).text for y in range(tree.size.height)]
    return str(tree.border_title), "\n".join(lines)


async def told(pilot: Pilot[None]) -> tuple[str, str]:
    return coverage_of(await settle(pilot))


async def test_a_key_hides_and_shows_what_is_alike(make_app: MakeApp) -> None:
    app = make_app(query="universities facial")
    async with app.run_test(size=(140, 50)) as pilot:
        title, lines = await told(pilot)
        hidden, _, alike = title.rpartition(" · ")
        assert hidden == "Coverage · on no event with others · 1 linked"
        assert alike.endswith(" alike")
        assert HEADING in lines
        screen = await press(pilot, "H")
        assert toasts(screen) == ["Hidden: stories found by their words, which no file links."]
        title, lines = coverage_of(screen)
        assert title == hidden
        assert HEADING not in lines
        title, lines = coverage_of(await press(pilot, "H"))
        assert title.endswith(alike)
        assert HEADING in lines


@pytest.mark.parametrize("is_shown", [True, False])
async def test_the_configuration_hides_it_from_the_start(make_app: MakeApp, is_shown: bool) -> None:
    config: Config = DEFAULT_CONFIG._replace(found_coverage=is_shown)
    app = make_app(query="universities facial", config=config)
    async with app.run_test(size=(140, 50)) as pilot:
        title, lines = await told(pilot)
        assert ("alike" in title, HEADING in lines) == (is_shown, is_shown)
