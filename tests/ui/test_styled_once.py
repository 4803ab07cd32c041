"""The main screen is styled once before it is drawn for the first time: once more would change nothing."""

from __future__ import annotations

import pytest
from textual.dom import DOMNode

from examples import thinned
from reader.ui.main_screen import MainScreen
from support import MakeApp, settle


def looks(screen: MainScreen) -> dict[DOMNode, list[object]]:
    """What the style sheets say of each widget, and of its parts."""
    nodes = [screen, *screen.walk_children()]
    return {
        node: [
            node.styles.base.get_rules(),
            *(node.get_component_styles(name).base.get_rules() for name in sorted(node._component_styles)),
        ]
        for node in nodes
    }


@pytest.mark.parametrize("size", thinned([(120, 40), (90, 30), (40, 12)], every=3), ids=str)
async def test_once_more_changes_nothing(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        screen = await settle(pilot)
        before = looks(screen)
        assert len(before) > 10
        screen.update_node_styles(animate=False)
        await settle(pilot)
        assert looks(screen) == before
