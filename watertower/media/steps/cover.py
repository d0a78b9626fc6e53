"""The cover of a video or sound: the picture that stands for it before it plays."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from watertower.base.context import Context
from watertower.base.params import Upload
from watertower.media.errors import FileTooLarge, WrongFileType
from watertower.media.picture_child import run_picture_task
from watertower.media.rules.sizes import size_meta
from watertower.media.rules.sniff import sniff_file
from watertower.media.steps.picture import store_output


@dataclass(frozen=True)
class Cover:
    """A stored cover; `meta` holds its size and its colours, as attachments show them."""

    key: str
    blurhash: str
    meta: Mapping[str, Any]


async def store_cover(ctx: Context, file: Upload) -> Cover:
    """Clean and store a cover that somebody sent. Raises Invalid in the API's words."""
    if file.size > ctx.settings.media.image_limit_bytes:
        raise FileTooLarge("Validation failed: Thumbnail is too large")
    return await store_cover_file(ctx, file.path)


async def store_cover_file(ctx: Context, path: Path, *, niceness: int = 0) -> Cover:
    """Clean and store a picture as a cover."""
    kind = sniff_file(path)
    if kind is None or kind.family != "image":
        raise WrongFileType("Validation failed: Thumbnail content type is invalid")
    with TemporaryDirectory(prefix="watertower-cover-") as name:
        folder = Path(name)
        outcome = await run_picture_task(
            "thumbnail",
            source=path,
            kind=kind,
            folder=folder,
            settings=ctx.settings.media,
            niceness=niceness,
        )
        small = outcome["small"]
        key = await store_output(ctx, folder, small, "attachments")
    return Cover(
        key=key,
        blurhash=outcome["blurhash"],
        meta={"small": size_meta(small["width"], small["height"]), "colors": outcome["colors"]},
    )
