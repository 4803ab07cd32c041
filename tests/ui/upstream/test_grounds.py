"""The style on which a widget is drawn, worked out once."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.scroll_view import ScrollView
from textual.widget import Widget

from reader.ui.upstream.grounds import Grounded


class Coloured(App[None]):
    """An app of one widget, whose colours are the theme's."""

    CSS = "#words { background: $background; color: $primary; &.strong { color: $error; } }"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        yield self.widget


@pytest.mark.parametrize("kind", [Grounded, ScrollView], ids=["ours", "Textual's still not"])
async def test_the_style_is_worked_out_once(kind: type[ScrollView], monkeypatch: pytest.MonkeyPatch) -> None:
    widget = kind(id="words")
    async with Coloured(widget).run_test() as pilot:
        await pilot.pause()
        count = 0

        def counting(node: DOMNode) -> list[DOMNode]:
            nonlocal count
            count += 1
            return [node]

        monkeypatch.setattr(DOMNode, "ancestors_with_self", property(counting))
        first = widget.rich_style
        assert widget.rich_style == first
        assert count <= 1 if kind is Grounded else count == 2


async def test_it_follows_theme_and_classes() -> None:
    widget = Grounded(id="words")
    app = Coloured(widget)
    async with app.run_test() as pilot:
        seen = set()
        for change in (lambda: "nord", lambda: "gruvbox", lambda: widget.add_class("strong")):
            if isinstance(name := change(), str):
                app.theme = name
            await pilot.pause()
            seen.add(str(widget.rich_style))
            assert widget.rich_style == DOMNode.rich_style.fget(widget)  # type: ignore[attr-defined]
        assert len(seen) == 3
