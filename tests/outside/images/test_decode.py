"""Reading images that may be anything."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("PIL")

from PIL import Image

from reader.outside.images.decode import opened, reduced
from reader.outside.images.errors import ImageError
from reader.stories.limits import IMAGE_SIDE
from web import png

pytestmark = pytest.mark.versions
IN_WORDS = "^it is (none of JPEG, PNG, GIF, WEBP, AVIF|damaged, or of a kind that cannot be shown)$"


def made(size: tuple[int, int], kind: str, mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind, **more)
    return out.getvalue()


def test_an_image_becomes_a_small_one_of_ours() -> None:
    for data in (png(30, 20), made((30, 20), "JPEG"), made((30, 20), "GIF", "P"), made((30, 20), "WEBP")):
        with Image.open(io.BytesIO(reduced(data))) as image:
            assert (image.size, image.format) == ((30, 20), "JPEG")
    with Image.open(io.BytesIO(reduced(made((30, 20), "PNG", "RGBA")))) as image:
        assert image.format == "PNG"
    with Image.open(io.BytesIO(reduced(made((IMAGE_SIDE * 2, 100), "PNG")))) as image:
        assert image.size == (IMAGE_SIDE, 50)


def test_an_image_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(reduced(made((30, 20), "JPEG", exif=exif)))) as image:
        assert image.size == (20, 30)


def test_a_bomb_is_refused() -> None:
    for size in ((9_000, 9_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)):
        with pytest.raises(ImageError, match="million pixels"):
            reduced(png(10, 10, claimed=size))


def test_what_cannot_be_read_is_told() -> None:
    whole = png(40, 40)
    svg, tiff = b"<svg xmlns='http://www.w3.org/2000/svg'/>", made((3, 3), "TIFF")
    for data in (
        b"",
        b"<html>",
        whole[:60],
        whole.replace(b"IDAT", b"IDAX"),
        svg,
        tiff,
        png(10, 10, claimed=(900, 900)),
    ):
        with pytest.raises(ImageError, match=IN_WORDS):
            reduced(data)


@pytest.mark.parametrize("error", [ValueError("image has wrong mode"), SyntaxError("broken PNG file"), KeyError(3)])
def test_what_goes_wrong_is_told_in_words_for_a_person(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Image.Image, "thumbnail", fail)
    with pytest.raises(ImageError, match=IN_WORDS):
        reduced(png(3, 2))


def test_what_was_kept_is_made_to_fit() -> None:
    kept = reduced(png(300, 200))
    assert opened(kept, 150, 600).size == (150, 100)
    assert opened(kept, 0, 0).size == (1, 1)
    clear = reduced(made((3, 2), "PNG", "RGBA"))
    assert opened(clear, 9, 9, (1, 2, 3)).getpixel((0, 0)) == (1, 2, 3)
    with pytest.raises(ImageError, match="damaged"):
        opened(kept[:200], 10, 10)
