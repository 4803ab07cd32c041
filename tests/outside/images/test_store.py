"""Keeping images, and the process that fetches them."""

from __future__ import annotations

import os
import stat
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("PIL")

from reader.outside.images.errors import ImageError
from reader.outside.images.store import ImageFetching, ImageStore
from web import Web, png

pytestmark = pytest.mark.usefixtures("started_anew")
BOX = (1_000, 1_000)


def names(folder: Path) -> int:
    return len(list(folder.iterdir()))


def test_an_image_is_fetched_once_and_for_one_s_own_eyes(web: Web, tmp_path: Path) -> None:
    store = ImageStore(tmp_path / "cache" / "images", 1_000_000)
    url = web.serve("/a.png", png(30, 20))
    assert store.get(url, BOX, ImageFetching(["127.0.0.1"])).size == (30, 20)
    assert store.get(url, (15, 15), ImageFetching(["127.0.0.1"])).size == (15, 10)
    assert web.asked == ["/a.png"]
    (file,) = store.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    file.write_bytes(b"damaged")
    assert store.get(url, BOX, ImageFetching(["127.0.0.1"])).size == (30, 20)
    assert len(web.asked) == 2


def test_what_cannot_be_had_is_told_and_not_kept(web: Web, tmp_path: Path) -> None:
    store = ImageStore(tmp_path / "images", 1_000_000)
    for url, words in (
        (f"{web.url}/gone", "the server says 404"),
        (web.serve("/bomb", png(9, 9, claimed=(50_000, 50_000))), "million pixels"),
        ("file:///etc/passwd", "only http and https"),
    ):
        with pytest.raises(ImageError, match=words):
            store.get(url, BOX, ImageFetching(["127.0.0.1"]))
    assert not store.folder.exists()


def test_a_drip_is_ended(web: Web) -> None:
    for path, head in (("/drip", True), ("/drop", False)):
        begun = time.monotonic()
        with pytest.raises(ImageError, match="too long"):
            ImageFetching(["127.0.0.1"]).run(web.pour(path, b"x", 0.05, head=head), seconds=1)
        assert time.monotonic() - begun < 10


def test_what_is_no_longer_wanted_is_ended(web: Web) -> None:
    fetching = ImageFetching(["127.0.0.1"])
    fetching.cancel()
    with pytest.raises(ImageError, match="no longer wanted"):
        fetching.run(web.url)
    fetching = ImageFetching(["127.0.0.1"])
    threading.Timer(0.3, fetching.cancel).start()
    begun = time.monotonic()
    with pytest.raises(ImageError):
        fetching.run(web.pour("/drip", b"x", 0.05))
    assert time.monotonic() - begun < 8


def test_those_used_longest_ago_go_first(tmp_path: Path) -> None:
    store = ImageStore(tmp_path / "images", 350)
    for number in range(3):
        store.keep(f"u{number}", bytes(100))
        (file,) = set(store.folder.iterdir()) - {store._file(f"u{n}") for n in range(number)}
        os.utime(file, (1_000 + number, 1_000 + number))
    assert store.kept("u0") == bytes(100)  # now it is the one used last
    store.keep("u3", bytes(100))
    assert [store.kept(f"u{n}") is not None for n in range(4)] == [True, False, True, True]
    store.keep("large", bytes(400))
    assert store.kept("large") is None
    assert store.kept("u3") is not None
    abandoned = store.folder / ".abc.part"
    abandoned.write_bytes(bytes(900))
    store.keep("u4", bytes(10))
    assert abandoned.exists()
    assert store.kept("u3") is not None
    os.utime(abandoned, (1_000, 1_000))
    store.keep("u5", bytes(10))
    assert not abandoned.exists()
    ImageStore(store.folder, 0).keep("u6", b"x")
    assert names(store.folder) == 0


def test_two_copies_of_the_program_share_a_folder(tmp_path: Path) -> None:
    stores = [ImageStore(tmp_path / "images", 2_000) for _ in range(2)]
    troubles: list[BaseException] = []

    def use(store: ImageStore) -> None:
        try:
            for number in range(150):
                store.keep(f"u{number % 40}", bytes(100))
                kept = store.kept(f"u{(number * 7) % 40}")
                assert kept in (None, bytes(100))
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=use, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles
    assert sum(file.stat().st_size for file in stores[0].folder.iterdir()) <= 2_100
    assert not list(stores[0].folder.glob("*.part"))


def test_a_disk_that_takes_nothing_costs_only_the_keeping(web: Web, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = ImageStore(tmp_path / "file" / "images", 1_000_000)
    assert store.get(web.serve("/a.png", png(3, 2)), BOX, ImageFetching(["127.0.0.1"])).size == (3, 2)
