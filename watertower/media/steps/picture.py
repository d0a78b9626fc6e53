"""Profile pictures: cropped, cleaned and stored, before the transaction that writes their keys."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from watertower.base.context import Context
from watertower.base.params import Upload
from watertower.media.errors import FileTooLarge, WrongFileType
from watertower.media.picture_child import run_picture_task
from watertower.media.rules.keys import new_key
from watertower.media.rules.sizes import AVATAR, HEADER
from watertower.media.rules.sniff import sniff_file
from watertower.media.steps.download import download

PICTURE_BYTES = 8 * 1024 * 1024
SIZES = {"avatar": AVATAR, "header": HEADER}


async def store_picture(
    ctx: Context, file: Upload, *, kind: Literal["avatar", "header"]
) -> tuple[str, str]:
    """Keys of the picture and of its still version (the same one unless it moves).

    Avatars become 400x400, headers 1500x500, cut from the middle, smaller ones are not made
    larger. A moving GIF keeps moving. Whoever replaces a picture asks for
    `media.jobs.delete_files` with the old keys. Raises Invalid in the API's words. Not for use
    inside a transaction: it decodes in a child process and writes to the store.
    """
    if file.size > PICTURE_BYTES:
        raise FileTooLarge(f"Validation failed: {kind.capitalize()} must be less than 8 MB")
    found = sniff_file(file.path)
    if found is None or found.family != "image":
        raise WrongFileType(
            f"Validation failed: {kind.capitalize()} content type is invalid, "
            f"{kind.capitalize()} is invalid"
        )
    width, height = SIZES[kind]
    with TemporaryDirectory(prefix="watertower-picture-") as folder:
        outcome = await run_picture_task(
            "cropped",
            source=file.path,
            kind=found,
            folder=Path(folder),
            settings=ctx.settings.media,
            width=width,
            height=height,
        )
        place = f"{kind}s"
        key = await store_output(ctx, Path(folder), outcome["original"], place)
        still = outcome["static"]
        static_key = key if still is None else await store_output(ctx, Path(folder), still, place)
    return key, static_key


async def store_remote_picture(
    ctx: Context, url: str, *, kind: Literal["avatar", "header"]
) -> tuple[str, str]:
    """The same for a picture that another server has. Not for use inside a transaction.

    Raises MediaNotFound (final), Unreachable (worth another try) and Invalid (final).
    """
    with TemporaryDirectory(prefix="watertower-picture-") as folder:
        path = Path(folder) / "remote"
        await download(ctx, url, to=path, limit_bytes=PICTURE_BYTES)
        size = path.stat().st_size
        return await store_picture(ctx, Upload("", "", path, size), kind=kind)


async def store_output(
    ctx: Context, folder: Path, output: dict[str, str], place: str, *, key: str | None = None
) -> str:
    """Store a file that the child wrote, under `key` or a new one; answers the key."""
    content_type = output["content_type"]
    key = key or new_key(place, output["name"], content_type)
    await ctx.storage.put(key, folder / output["name"], content_type=content_type)
    return key
