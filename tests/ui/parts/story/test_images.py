"""The lead image of a story: asked for, fetched, drawn, and everything that keeps it away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from reader.outside.images.errors import ImageError
from reader.settings.config import Config
from reader.stories.model import Image, Link, LinkRole, Story
from reader.ui.main_screen import MainScreen
from reader.ui.parts.story import graphics
from reader.ui.parts.story.graphics import Graphics
from reader.ui.parts.story.images import lead_image
from reader.ui.widgets.story.sixel_image import SixelImage
from reader.ui.widgets.story.story_image import StoryImage, fit, rows_in
from support import MakeApp, press, settle
from web import Web, png

if TYPE_CHECKING:
    from conftest import WriteStory

SIZE = (120, 40)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the cursor to rest."""
    monkeypatch.setattr("reader.ui.parts.story.images.REST", 0.01)


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory, web: Web) -> Path:
    """Three stories, the first with an image, the second with one that is not to be had, the third with none."""
    web.serve("/a.png", png(200, 100))
    for number, images in ((1, [{"url": "/a.png", "title": "[b]Sea"}]), (2, [{"url": f"{web.url}/gone.png"}]), (3, [])):
        write_story(
            tmp_path / "n", f"{number}.md", published=f"2024-01-0{9 - number}", url=f"{web.url}/{number}", images=images
        )
    return tmp_path / "n"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A terminal that shows images, as words; it counts how often it is asked."""
    asked: list[int] = []

    def look(app: object) -> Graphics:
        asked.append(1)
        return Graphics(lambda image: Static(f"an image of {image.width} × {image.height}"))

    monkeypatch.setattr(graphics, "look", look)
    return asked


def config(images: str) -> Config:
    return Config(mark_read="never", images=images, own_hosts=("127.0.0.1",))


def text(screen: MainScreen) -> str:
    return " ".join(" ".join(screen.story_pane.lines).split())


async def shown(pilot: Pilot[None], is_shown: Callable[[MainScreen], Any]) -> MainScreen:
    """Wait until something is as it should be."""
    screen = await settle(pilot)
    for _ in range(400):
        if is_shown(screen):
            return screen
        await pilot.pause(0.02)
    raise AssertionError(f"{text(screen)}\n{[str(w) for w in screen.query('#image *')]}")


def image_on(screen: MainScreen) -> bool:
    return bool(screen.query("#image").results(Widget)) and any(w.size.height for w in screen.query("#image Static"))


async def test_nothing_is_fetched_unless_it_is_asked_for(
    make_app: MakeApp, folder: Path, web: Web, terminal: list[int]
) -> None:
    for images in ("never", "on_key"):
        app = make_app(folder, config=config(images))
        async with app.run_test(size=SIZE) as pilot:
            await press(pilot, "j", "k", "z", "z")
            if images == "never":
                screen = await press(pilot, "I")
                assert 'images = "on_key"' in text(screen)
    assert web.asked == []
    assert not terminal


async def test_a_key_shows_the_image_and_hides_it(
    make_app: MakeApp, folder: Path, web: Web, terminal: list[int]
) -> None:
    pytest.importorskip("PIL")
    app = make_app(folder, config=config("on_key"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = app.screen_stack[0].query_one("#story").size
        await pilot.press("I")
        screen = await shown(pilot, image_on)
        assert "200 × 100" in str(screen.query_one("#image Static", Static).render())
        assert screen.query_one("#image Static").size == Size(20, 5)
        assert str(screen.query_one(StoryImage).border_title) == r"\[b]Sea"  # as markup
        assert "[b]Sea" in text(screen)
        assert "fetching" not in text(screen)
        assert screen.story_pane.size.height < before.height
        await press(pilot, "I")
        await shown(pilot, lambda screen: not screen.query("#image"))
        assert screen.story_pane.size == before
        await pilot.press("I")
        await shown(pilot, image_on)
        await press(pilot, "j")
        await shown(pilot, lambda screen: not screen.query("#image"))
        assert web.asked == ["/a.png"]
        assert len(terminal) == 1
        for _ in range(2):
            await pilot.press("I")
            await shown(pilot, lambda screen: "not shown: the server says 404" in text(screen))
        assert web.asked == ["/a.png", "/gone.png", "/gone.png"]
        screen = await press(pilot, "j")
        assert "says 404" not in text(screen)
        await press(pilot, "I")
        assert [n.message for n in app._notifications] == ["This story has no image on the web."]


@pytest.mark.long
async def test_a_key_before_the_file_is_read_is_not_lost(make_app: MakeApp, folder: Path, terminal: list[int]) -> None:
    pytest.importorskip("PIL")
    app = make_app(folder, config=config("on_key"))
    async with app.run_test(size=SIZE) as pilot:
        screen = await settle(pilot)
        screen.parts.current.show(screen.stories.ids[1])
        screen.parts.current.show(screen.stories.ids[0])
        screen.action_image()
        assert screen.parts.images.shown is None
        await shown(pilot, image_on)


@pytest.mark.long
async def test_always_shows_images_where_the_cursor_rests(
    make_app: MakeApp, folder: Path, web: Web, terminal: list[int]
) -> None:
    pytest.importorskip("PIL")
    app = make_app(folder, config=config("always"))
    async with app.run_test(size=SIZE) as pilot:
        screen = await shown(pilot, image_on)
        for size in ((90, 24), (20, 6), (120, 40)):
            await pilot.resize_terminal(*size)
            await press(pilot, "enter")
            await shown(pilot, image_on)
            assert screen.query_one("#image Static").size.width <= size[0] - 2
        await press(pilot, "escape")
        screen.stories.focus()
        await press(pilot, "j")
        await shown(pilot, lambda screen: "404" in text(screen))
        await press(pilot, "k", "j")
        await shown(pilot, lambda screen: "404" in text(screen))
        assert web.asked.count("/gone.png") == 1
        assert not app._notifications
        await press(pilot, "k")
        await shown(pilot, image_on)
        assert web.asked.count("/a.png") == 1


@pytest.mark.long
async def test_moving_on_ends_what_is_fetched(make_app: MakeApp, folder: Path, web: Web, terminal: list[int]) -> None:
    pytest.importorskip("PIL")
    web.pour("/a.png", b"x", 0.05)
    app = make_app(folder, config=config("on_key"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("I")
        for _ in range(400):
            await pilot.pause(0.02)
            if web.asked:
                break
        assert web.asked
        screen = await press(pilot, "j")  # which waits for all that goes on
        assert "fetching" not in text(screen)
        await press(pilot, "k")
        await pilot.press("I")  # and leaving while it is fetched is no trouble


async def test_a_terminal_without_images_is_told_once(
    make_app: MakeApp, folder: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphics, "find_spec", lambda name: object())
    app = make_app(folder, config=config("always"))
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, lambda screen: "this terminal cannot show images" in text(screen))
        screen = await press(pilot, "j")
        assert "cannot" not in text(screen)
        await pilot.press("I")
        await shown(pilot, lambda screen: "this terminal cannot show images" in text(screen))
        assert not app._notifications
    assert web.asked == []


async def test_without_the_extra_it_is_told(
    make_app: MakeApp, folder: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphics, "find_spec", lambda name: None)
    app = make_app(folder, config=config("on_key"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("I")
        await shown(pilot, lambda screen: "pip install 'story-reader[images]'" in text(screen))
    assert web.asked == []


def story(url: str, *images: str) -> Story:
    return Story(
        path=Path("a.md"),
        title="A",
        links=(Link(LinkRole.SOURCE, url),),
        images=tuple(Image(image, title="T" if number else "") for number, image in enumerate(images)),
    )


@pytest.mark.parametrize(
    ("url", "images", "lead"),
    [
        ("https://a.test/b/c", ["https://i.test/1.png", "/2.png"], ("https://i.test/1.png", "image")),
        ("https://a.test/b/c", ["/1.png"], ("https://a.test/1.png", "image")),
        ("https://a.test/b/c", ["file:///etc/passwd", "2.png"], ("https://a.test/b/2.png", "T")),
        ("https://a.test/b/c", ["file:///x", "data:image/png,x", "ftp://a/b", "java script:x", "http://["], None),
        ("", ["/1.png"], None),
        ("https://a.test/", [], None),
    ],
)
def test_the_lead_image_is_the_first_on_the_web(url: str, images: list[str], lead: tuple[str, str] | None) -> None:
    assert lead_image(story(url, *images)) == lead


def test_an_image_keeps_its_shape() -> None:
    assert fit((20, 5), 60, 18) == (20, 5)
    assert fit((120, 30), 60, 18) == (60, 15)
    assert fit((120, 120), 60, 18) == (18, 18)
    assert fit((1, 500), 60, 18) == (1, 18)
    assert fit((500, 0.01), 60, 18) == (60, 1)
    assert fit((5, 5), -2, 2) == (1, 1)
    assert [rows_in(height) for height in (0, 10, 40, 200)] == [2, 2, 14, 18]


def test_asking_needs_a_terminal(make_app: MakeApp, folder: Path) -> None:
    with pytest.raises(ImageError):
        graphics.look(make_app(folder))


async def test_sixels_are_drawn_whole_and_only_on_the_screen_in_front() -> None:
    written: list[tuple[int, int]] = []

    def write(image: str, columns: int, rows: int) -> str:
        written.append((columns, rows))
        return f"<{image} {columns}x{rows}>"

    image = SixelImage("a", write)
    image.styles.width, image.styles.height = 10, 4

    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield image

    def drawn(crop: Region) -> str:
        lines = image.render_lines(crop)
        assert [line.cell_length for line in lines] == [crop.width] * crop.height
        return "".join(segment.text for line in lines for segment in line)

    app = Shown()
    async with app.run_test(size=(20, 8)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert written == [(10, 4)]
        assert "<a 10x4>" in drawn(Region(0, 0, 10, 4))
        assert "<a" not in drawn(Region(0, 0, 10, 3))
        await app.push_screen(ModalScreen())
        assert "<a" not in drawn(Region(0, 0, 10, 4))
        app.pop_screen()
        image.styles.width = 12
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "<a 12x4>" in drawn(Region(0, 0, 12, 4))
        await pilot.resize_terminal(6, 8)
        await pilot.pause()
        assert "<a" not in drawn(Region(0, 0, 12, 4))


def test_sixels_are_written_for_columns_and_rows() -> None:
    pytest.importorskip("textual_image")
    from PIL.Image import new

    sixels = graphics._sixels(new("RGB", (30, 30)), 4, 2)
    assert sixels.startswith("\x1bP")
    assert '"1;1;40;40' in sixels
