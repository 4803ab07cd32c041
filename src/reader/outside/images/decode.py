"""Decoding an image, whose bytes may be anything, and scaling it down."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from reader.outside.images.errors import ImageError
from reader.stories.limits import IMAGE_PIXELS, IMAGE_SIDE, IMAGE_TYPES


def reduced(data: bytes) -> bytes:
    """Scale an image from the web down to `IMAGE_SIDE`; gives it as JPEG, or as PNG where it has transparent parts.

    Raises:
        ImageError: it is no image that can be decoded, or a decompression bomb.
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
                upright = ImageOps.exif_transpose(image)
                see_through = upright.has_transparency_data
                out = io.BytesIO()
                if see_through:
                    upright.convert("RGBA").save(out, "PNG")
                else:
                    upright.convert("RGB").save(out, "JPEG", quality=88)
                return out.getvalue()
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise ImageError(f"more than {IMAGE_PIXELS / 1e6:,.0f} million pixels") from error
        except MemoryError as error:
            raise ImageError("it takes too much memory") from error
        except UnidentifiedImageError as error:
            raise ImageError(f"it is none of {', '.join(IMAGE_TYPES)}") from error
        except Exception as error:  # a damaged file makes Pillow raise nearly anything, with messages for programmers
            raise ImageError("it is damaged, or of a kind that cannot be shown") from error


def opened(data: bytes, width: int, height: int, ground: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    """Decode an image that `reduced` gave, to be drawn.

    Args:
        data: the image.
        width: the most pixels of its width.
        height: the most pixels of its height.
        ground: the colour behind transparent parts (red, green, blue).

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
