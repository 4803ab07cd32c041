"""What the parts say of keys, where the configuration has others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from reader.base.errors import LibraryError
from reader.settings.config import Config, View
from reader.ui.dialogs.listing.save_view import SaveViewDialog
from reader.ui.parts.index import folder
from ui.parts.conftest import Bench, MakeBench

KEYS = {
    "list.views": "g v",
    "list.topics": "no-key",
    "marks.undo": "f5",
    "library.rescan": "f6",
    "story.image": "f7",
}


@pytest.fixture
def other_keys(make_bench: MakeBench) -> Bench:
    """The parts with other keys."""
    return make_bench(Config(images="never", mark_read="never"), keymap=KEYS)


async def side_bar(bench: Bench, _: pytest.MonkeyPatch) -> None:
    bench.host.size = bench.host.size.with_width(80)
    await bench.parts.side_bar.switch()


async def read_all(bench: Bench, _: pytest.MonkeyPatch) -> None:
    bench.parts.marks.read_all()


async def watch(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        bench.parts.folder.stop()
        raise LibraryError("it cannot be watched")

    monkeypatch.setattr(folder, "watch", fail)
    bench.parts.folder.watch()


async def save_view(bench: Bench, _: pytest.MonkeyPatch) -> None:
    bench.host.answers[SaveViewDialog] = View("mine", "sea")
    bench.parts.views.save()


async def show_image(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.parts.widgets.story_pane, "show_image_note", lambda told, **_: bench.host.toast(told))
    monkeypatch.setattr("reader.ui.parts.story.images.lead_image", lambda _: ("https://x.example/a.png", ""))
    bench.parts.images.switch()


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (side_bar, "gv lists the views, “Topics” the topics."),
        (read_all, "marked read · f5 takes it back"),
        (watch, "; f6 does it at once"),
        (save_view, " · gv lists all views"),
        (show_image, "in the configuration lets f7 show them"),
    ],
)
async def test_messages_tell_other_keys(
    other_keys: Bench,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Bench, pytest.MonkeyPatch], Awaitable[None]],
    told: str,
) -> None:
    await other_keys.list_stories()
    await act(other_keys, monkeypatch)
    await other_keys.host.settle()
    assert told in other_keys.host.toasts[-1]
