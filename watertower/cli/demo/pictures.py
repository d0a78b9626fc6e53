"""Draws the pictures of the demonstration: landscapes and avatars, no two alike."""

import colorsys
import math
import random
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from watertower.base.params import Upload

Color = tuple[int, int, int]


def _color(hue: float, saturation: float, value: float) -> Color:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _sky(size: tuple[int, int], top: Color, bottom: Color) -> Image.Image:
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        part = y / size[1]
        column.putpixel(
            (0, y), tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
        )
    return column.resize(size)


def landscape(seed: int, *, size: tuple[int, int] = (1280, 800), has_tower: bool = True) -> Upload:
    """A sky, a sun, hills, and perhaps a water tower."""
    rng = random.Random(seed)  # noqa: S311  # a drawing
    hue = rng.random()
    picture = _sky(size, _color(hue, 0.55, 0.85), _color(hue + 0.12, 0.35, 1.0))
    draw = ImageDraw.Draw(picture)
    width, height = size
    x, y, r = (
        rng.randrange(width),
        height * rng.uniform(0.2, 0.55),
        height * rng.uniform(0.05, 0.12),
    )
    draw.ellipse((x - r, y - r, x + r, y + r), fill=_color(hue + 0.15, 0.15, 1.0))
    picture = picture.filter(ImageFilter.GaussianBlur(2))
    draw = ImageDraw.Draw(picture)
    for layer in range(3):
        base, wave = height * (0.58 + 0.13 * layer), rng.uniform(180, 420)
        shift, rise = rng.uniform(0, 9), rng.uniform(18, 50)
        ridge = [
            (i, base + rise * math.sin(i / wave + shift) + rise / 3 * math.sin(i / 61 + shift))
            for i in range(0, width + 8, 8)
        ]
        draw.polygon(
            [*ridge, (width, height), (0, height)],
            fill=_color(hue + 0.05, 0.5, 0.62 - 0.16 * layer),
        )
        if layer == 1 and has_tower:
            place = ridge[rng.randrange(20, len(ridge) - 20)]
            _tower(draw, place[0], place[1], height / 6, _color(hue, 0.5, 0.2))
    return _kept(picture, "JPEG")


def _tower(draw: ImageDraw.ImageDraw, x: float, ground: float, height: float, color: Color) -> None:
    top, tank = ground - height, height * 0.42
    for leg in (-0.2, -0.07, 0.07, 0.2):
        draw.line(
            (x + leg * height * 1.3, ground + 12, x + leg * height, top + tank), fill=color, width=5
        )
    draw.rectangle(
        (x - height * 0.26, top + height * 0.12, x + height * 0.26, top + tank), fill=color
    )
    draw.polygon(
        (
            (x - height * 0.3, top + height * 0.12),
            (x + height * 0.3, top + height * 0.12),
            (x, top - height * 0.08),
        ),
        fill=color,
    )


def avatar(seed: int) -> Upload:
    """Three overlapping rounds in colours that go together."""
    rng = random.Random(seed * 31 + 7)  # noqa: S311  # a drawing
    hue = rng.random()
    picture = Image.new("RGB", (400, 400), _color(hue, 0.35, 0.95))
    draw = ImageDraw.Draw(picture)
    for step in range(3):
        r = rng.randrange(90, 190)
        x, y = rng.randrange(60, 340), rng.randrange(60, 340)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_color(hue + 0.13 * (step + 1), 0.55, 0.9))
    return _kept(picture, "PNG")


def _kept(picture: Image.Image, kind: str) -> Upload:
    with tempfile.NamedTemporaryFile(prefix="watertower-demo-", delete=False) as out:
        picture.save(out, kind, quality=88)
    path = Path(out.name)
    return Upload(f"picture.{kind.lower()}", f"image/{kind.lower()}", path, path.stat().st_size)
