"""Letters, and whether the screen is laid out for them."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.widgets import Input

from reader.ui.upstream.input_layout import StillInput
from reader.ui.widgets.query.query_line import QueryLine


async def layouts(kind: type[Input], monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a screen is laid out while three letters are typed into a line."""

    class Typing(App[None]):
        def compose(self) -> ComposeResult:
            yield kind()

    count = 0
    reflow = Compositor.reflow

    def counted(self: Compositor, *arguments: object) -> object:
        nonlocal count
        count += 1
        return reflow(self, *arguments)  # type: ignore[arg-type]

    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press("a")
        await pilot.pause()
        monkeypatch.setattr(Compositor, "reflow", counted)
        await pilot.press("b", "c", "d")
        await pilot.pause()
        assert app.query_one(Input).value == "abcd"
        monkeypatch.undo()
    return count


@pytest.mark.parametrize("kind", [StillInput, QueryLine])
async def test_a_letter_costs_no_layout(kind: type[Input], monkeypatch: pytest.MonkeyPatch) -> None:
    assert await layouts(kind, monkeypatch) == 0


@pytest.mark.long
async def test_textuals_input_still_has_the_screen_laid_out_at_each_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await layouts(Input, monkeypatch) >= 3
