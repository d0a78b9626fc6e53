"""Cleans and stores the image of a custom emoji."""

from pathlib import Path
from tempfile import TemporaryDirectory

from watertower.base.context import Context
from watertower.media.errors import FileTooLarge, WrongFileType
from watertower.media.picture_child import run_picture_task
from watertower.media.rules.sniff import sniff_file
from watertower.media.steps.picture import store_output

EMOJI_BYTES = 1024 * 1024
SIDE = 256  # pixels; drawn at the size of a line, also on sharp screens


async def store_emoji(ctx: Context, path: Path, *, size: int) -> tuple[str, str]:
    """Keys of the image and of its still version (the same unless it moves). Raises Invalid."""
    if size > EMOJI_BYTES:
        raise FileTooLarge("Validation failed: Image file size must be less than 1 MB")
    kind = sniff_file(path)
    if kind is None or kind.family != "image":
        raise WrongFileType("Validation failed: Image content type is invalid")
    with TemporaryDirectory(prefix="watertower-emoji-") as name:
        folder = Path(name)
        outcome = await run_picture_task(
            "emoji",
            source=path.resolve(),  # noqa: ASYNC240  # one look at a name
            kind=kind,
            folder=folder,
            settings=ctx.settings.media,
            side=SIDE,
        )
        key = await store_output(ctx, folder, outcome["original"], "emojis")
        still = outcome["static"]
        static_key = key if still is None else await store_output(ctx, folder, still, "emojis")
    return key, static_key
