"""How large pictures become. Areas and shapes are those that apps of the API expect."""

import math
from typing import Any

ORIGINAL_PIXELS = 3840 * 2160
SMALL_PIXELS = 640 * 360
AVATAR = (400, 400)
HEADER = (1500, 500)


def fit_area(width: int, height: int, pixels: int) -> tuple[int, int]:
    """The size of the same shape with at most so many pixels; never larger than it was."""
    if width * height <= pixels:
        return width, height
    return (
        max(1, round(math.sqrt(pixels * width / height))),
        max(1, round(math.sqrt(pixels * height / width))),
    )


def size_meta(width: int, height: int) -> dict[str, Any]:
    """A picture's size as `meta` shows it."""
    return {
        "width": width,
        "height": height,
        "size": f"{width}x{height}",
        "aspect": width / height,
    }
