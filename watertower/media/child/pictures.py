"""Reading hostile pictures and writing clean ones."""

import io
import struct
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

JPEG_QUALITY = 90
# Pillow's plugins raise these on damaged files; anything else is a fault of ours and crashes us.
DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class Unreadable(Exception):  # noqa: N818  # it reads as what happened
    """The picture cannot or may not be read: `damaged` or `pixels`."""


def open_picture(source: str, *, decoder: str, limit_pixels: int) -> Image.Image:
    """Open with this decoder only, and look at the size before anything is decoded."""
    Image.MAX_IMAGE_PIXELS = limit_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        image = Image.open(source, formats=[decoder])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("pixels") from None
    except (UnidentifiedImageError, *DAMAGE):
        raise Unreadable("damaged") from None
    if image.width * image.height > limit_pixels:
        raise Unreadable("pixels")
    return image


def decoded(image: Image.Image) -> Image.Image:
    """The first frame, upright, in sRGB, as RGB or RGBA, with nothing attached to it."""
    try:
        image.load()
        profile = image.info.get("icc_profile")
        ImageOps.exif_transpose(image, in_place=True)
        return _in_srgb(image, profile if isinstance(profile, bytes) else None)
    except DAMAGE:
        raise Unreadable("damaged") from None


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    has_alpha = image.has_transparency_data
    plain = "RGBA" if has_alpha else "RGB"
    if image.mode.startswith("I;16") or image.mode == "I":
        # 16-bit grey: Pillow would cut instead of scale.
        image = image.point(lambda value: value / 256).convert("L")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"} and not _is_srgb(profile):
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=plain,
            )
        except (ImageCms.PyCMSError, *DAMAGE):
            converted = None  # a broken profile says nothing about the colours
        if converted is not None:
            return converted
    return image if image.mode == plain else image.convert(plain)


def _is_srgb(profile: bytes) -> bool:
    return b"sRGB" in profile[:1024] or b"s\0R\0G\0B" in profile[:4096]


def save(image: Image.Image, folder: str, name: str, content_type: str) -> dict[str, Any]:
    """Write a picture without any metadata; answers what was written."""
    path = Path(folder) / name
    image.info.clear()
    if content_type == "image/jpeg":
        image.convert("RGB").save(path, "JPEG", quality=JPEG_QUALITY)
    elif content_type == "image/webp":
        image.save(path, "WEBP", quality=JPEG_QUALITY, method=2)
    else:
        image.save(path, "PNG", compress_level=4)
    return {
        "name": name,
        "content_type": content_type,
        "width": image.width,
        "height": image.height,
        "bytes": path.stat().st_size,
    }
