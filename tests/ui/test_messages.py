"""Messages on the screen: all of what is wrong can be read."""

from __future__ import annotations

import pytest

from support import MakeApp, settle, text_of


@pytest.mark.long
@pytest.mark.every_frame
async def test_no_line_of_an_error_is_cut_off(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        for length in range(110, 119):  # the last word stands at the end of a line, or just not any more
            app.clear_notifications()
            app.notify(f"{'x' * (length - 9)} disk full", severity="error", timeout=60)
            await pilot.pause(0.02)
            while f"{'x' * (length - 9)} disk" not in text_of(app.screen):
                await pilot.pause(0.02)
            assert "full" in text_of(app.screen), length
