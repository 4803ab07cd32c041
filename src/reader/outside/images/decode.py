"""Reading an image's bytes, which may be anything, and making it as small as a terminal can show."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from reader.outside.images.errors import ImageError
from reader.stories.limits import IMAGE_PIXELS, IMAGE_SIDE, IMAGE_TYPES


def reduced(data: bytes) -> bytes:
    """An image of the web as a small one of ours: JPEG, or PNG where something shines through.

    Raises:
        ImageError: it is no image that can be read, or a bomb.
    """
    Image.MAX_IMAGE_PIXELS = IMAGE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=IMAGE_TYPES) as image:
                image.verify()
            with Image.open(io.BytesIO(data), formats=IMAGE_TYPES) as image:
                image.thumbnail((IMAGE_SIDE, IMAGE_SIDE))
                told = ImageOps.exif_transpose(image)
                see_through = told.has_transparency_data
                out = io.BytesIO()
                if see_through:
                    told.convert("RGBA").save(out, "PNG")
                else:
                    told.convert("RGB").save(out, "JPEG", quality=88)
                return out.getvalue()
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise ImageError(f"more than {IMAGE_PIXELS / 1e6:,.0f} million pixels") from error
        except MemoryError as error:
            raise ImageError("it takes too much memory") from error
        except UnidentifiedImageError as error:
            raise ImageError(f"it is none of {', '.join(IMAGE_TYPES)}") from error
        except Exception as error:  # a damaged file makes Pillow raise nearly anything, in words for programmers
            raise ImageError("it is damaged, or of a kind that cannot be shown") from error


def opened(data: bytes, width: int, height: int, ground: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    """An image of ours, no larger than so many pixels, ready to be drawn; the ground is what shines through it.

    Raises:
        ImageError: it is damaged.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            image.thumbnail((max(width, 1), max(height, 1)))
            if image.mode != "RGBA":
                return image.convert("RGB")
            return Image.alpha_composite(Image.new("RGBA", image.size, (*ground, 255)), image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ImageError("the copy that was kept is damaged") from error
