"""What the child can be asked to do. Each task writes into a folder and answers what it wrote."""

from collections.abc import Callable
from typing import Any

import blurhash_rs
from PIL import Image, ImageOps, ImageSequence

from watertower.media.child.pictures import DAMAGE, Unreadable, decoded, open_picture, save
from watertower.media.rules.sizes import ORIGINAL_PIXELS, SMALL_PIXELS, fit_area

# Animations larger than this (frames times area) become still pictures.
ANIMATION_PIXELS = 120_000_000
ANIMATION_FRAMES = 600


def attachment(
    *, source: str, decoder: str, content_type: str, limit_pixels: int, folder: str
) -> dict[str, Any]:
    """The picture as people open it, a small one for lists, and its blurhash."""
    picture = decoded(open_picture(source, decoder=decoder, limit_pixels=limit_pixels))
    size = fit_area(*picture.size, ORIGINAL_PIXELS)
    if size != picture.size:
        # Hamming: as sharp as bicubic when scaling down, in half the time.
        picture = picture.resize(size, Image.Resampling.HAMMING)
    kept = _kept_type(content_type, has_alpha=picture.mode == "RGBA")
    small = _small(picture)
    return {
        "original": save(picture, folder, "original", kept),
        "small": save(small, folder, "small", kept),
        "blurhash": _blurhash(small),
    }


def thumbnail(
    *, source: str, decoder: str, content_type: str, limit_pixels: int, folder: str
) -> dict[str, Any]:
    """Only the small picture, for a video's or a sound's cover; with the cover's colours."""
    picture = decoded(open_picture(source, decoder=decoder, limit_pixels=limit_pixels))
    small = _small(picture)
    kept = _kept_type(content_type, has_alpha=small.mode == "RGBA")
    return {
        "small": save(small, folder, "small", kept),
        "blurhash": _blurhash(small),
        "colors": _colours(small),
    }


def cropped(
    *,
    source: str,
    decoder: str,
    content_type: str,
    limit_pixels: int,
    folder: str,
    width: int,
    height: int,
) -> dict[str, Any]:
    """An avatar or header: filled from the middle, never made larger. Animations keep moving."""
    image = open_picture(source, decoder=decoder, limit_pixels=limit_pixels)
    frames = _frames(image) if decoder in {"GIF", "WEBP", "PNG"} else []
    first = frames[0][0] if frames else decoded(image)
    size = _crop_size(first.size, (width, height))
    if len(frames) > 1:
        fitted = [ImageOps.fit(frame, size, Image.Resampling.BICUBIC) for frame, _ in frames]
        moving = _save_gif(fitted, [duration for _, duration in frames], folder)
        return {"original": moving, "static": save(fitted[0], folder, "static", "image/png")}
    still = ImageOps.fit(first, size, Image.Resampling.LANCZOS)
    kept = _kept_type(content_type, has_alpha=still.mode == "RGBA")
    return {"original": save(still, folder, "original", kept), "static": None}


def emoji(
    *, source: str, decoder: str, limit_pixels: int, folder: str, side: int, **_: Any
) -> dict[str, Any]:
    """A custom emoji: fitted into a square, its shape kept; PNG, or GIF with a still PNG."""
    image = open_picture(source, decoder=decoder, limit_pixels=limit_pixels)
    frames = _frames(image) if decoder in {"GIF", "WEBP", "PNG"} else []
    first = frames[0][0] if frames else decoded(image)
    scale = min(1.0, side / max(first.size))
    size = (max(1, round(first.width * scale)), max(1, round(first.height * scale)))
    still = save(first.resize(size, Image.Resampling.LANCZOS), folder, "static", "image/png")
    if len(frames) <= 1:
        return {"original": still, "static": None}
    fitted = [frame.resize(size, Image.Resampling.BICUBIC) for frame, _ in frames]
    moving = _save_gif(fitted, [duration for _, duration in frames], folder)
    return {"original": moving, "static": still}


def _kept_type(content_type: str, *, has_alpha: bool) -> str:
    """What a picture is written as: types that every browser of the last ten years shows."""
    if content_type in {"image/png", "image/gif"}:
        return "image/png"
    if content_type == "image/webp" or has_alpha:
        return "image/webp"
    return "image/jpeg"


def _small(picture: Image.Image) -> Image.Image:
    size = fit_area(*picture.size, SMALL_PIXELS)
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=1.2)


def _blurhash(small: Image.Image) -> str:
    tiny = small.resize((64, 64), Image.Resampling.BOX)
    if tiny.mode == "RGBA":
        ground = Image.new("RGB", tiny.size, (255, 255, 255))
        ground.paste(tiny, mask=tiny.getchannel("A"))
        tiny = ground
    code: str = blurhash_rs.blurhash_encode(tiny, 4, 4)
    return code


def _frames(image: Image.Image) -> list[tuple[Image.Image, int]]:
    """Frames with their durations in milliseconds; [] for a still or too long an animation."""
    try:
        count = getattr(image, "n_frames", 1)
        if count == 1 or count > ANIMATION_FRAMES:
            return []
        if count * image.width * image.height > ANIMATION_PIXELS:
            return []
        return [
            (frame.convert("RGBA"), max(20, int(frame.info.get("duration", 100) or 100)))
            for frame in ImageSequence.Iterator(image)
        ]
    except DAMAGE:
        raise Unreadable("damaged") from None


def _crop_size(size: tuple[int, int], wanted: tuple[int, int]) -> tuple[int, int]:
    """The wanted shape, at most the wanted size, and no larger than the picture gives."""
    scale = min(1.0, size[0] / wanted[0], size[1] / wanted[1])
    return max(1, round(wanted[0] * scale)), max(1, round(wanted[1] * scale))


def _save_gif(frames: list[Image.Image], durations: list[int], folder: str) -> dict[str, Any]:
    path = f"{folder}/original"
    for frame in frames:
        frame.info.clear()
    frames[0].save(
        path,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=0,
        disposal=2,
    )
    width, height = frames[0].size
    return {"name": "original", "content_type": "image/gif", "width": width, "height": height}


def _colours(small: Image.Image) -> dict[str, str]:
    """Background, foreground and accent for the players that apps draw around a cover."""
    counted = small.convert("RGB").resize((64, 64)).quantize(8).convert("RGB").getcolors(4096)
    ranked = sorted(counted or [], reverse=True)
    colours = [colour for _, colour in ranked if isinstance(colour, tuple)] or [(0, 0, 0)]
    background = colours[0]
    dark, light = (0, 0, 0), (255, 255, 255)
    foreground = max((dark, light, *colours), key=lambda colour: _contrast(colour, background))
    readable = [colour for colour in colours if _contrast(colour, background) >= 3.0]
    accent = max(readable or [foreground], key=lambda colour: max(colour) - min(colour))
    return {
        "background": _hex(background),
        "foreground": _hex(foreground),
        "accent": _hex(accent),
    }


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast ratio of WCAG 2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    parts = [v / 3294 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _hex(colour: tuple[int, ...]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "attachment": attachment,
    "thumbnail": thumbnail,
    "cropped": cropped,
    "emoji": emoji,
}
