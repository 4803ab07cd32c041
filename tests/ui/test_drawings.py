"""What was drawn, and is drawn no more."""

from textual.strip import Strip

from support import MakeApp, settle


async def test_lines_as_wide_as_the_terminal_was_are_not_kept(make_app: MakeApp) -> None:
    app = make_app()
    kept = []
    async with app.run_test(size=(70, 24)) as pilot:
        await settle(pilot)
        for width in range(71, 91):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            kept.append(Strip.blank.cache_info().currsize)
    assert 0 < max(kept) <= 5
