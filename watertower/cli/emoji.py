"""`watertower emoji …`: custom emoji, from the command line."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context
from watertower.media.access.emojis import emojis_of_server
from watertower.media.actions.import_emoji import import_emoji

IMAGES = frozenset({".png", ".gif", ".webp", ".jpg", ".jpeg", ".avif"})
Switch = Annotated[bool, Parameter(negative="")]


def import_images(
    path: Path, *, category: str = "", prefix: str = "", hidden: Switch = False
) -> None:
    """Add an image, or every image of a folder, as custom emoji named by their files.

    Parameters
    ----------
    path
        An image, or a folder of images: `blob_cat.png` becomes :blob_cat:.
    category
        The heading under which pickers show them.
    prefix
        Put before each name.
    hidden
        Usable, but not shown in pickers.

    """
    images = _images(path)

    async def do(ctx: Context) -> list[str]:
        refused = []
        for image in images:
            shortcode = f"{prefix}{image.stem}"
            try:
                is_new = await import_emoji(
                    ctx,
                    shortcode=shortcode,
                    image=image,
                    category=category or None,
                    is_visible=not hidden,
                )
            except Invalid as error:
                refused.append(f"{image}: {error.says}")
            else:
                print(f":{shortcode}: {'added' if is_new else 'replaced'}")
        return refused

    refused = in_context(do)
    if refused:
        raise CommandFailed("\n".join(refused))


def list_emoji() -> None:
    """Print the custom emoji of this server: code, category, address."""

    async def do(ctx: Context) -> None:
        for emoji in await emojis_of_server(ctx):
            category = emoji["category"] or "-"
            print(f":{emoji['shortcode']}:\t{category}\t{ctx.storage.url(emoji['key'])}")

    in_context(do)


def _images(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise CommandFailed(f"There is no {path}.")
    found = sorted(one for one in path.iterdir() if one.suffix.lower() in IMAGES and one.is_file())
    if not found:
        raise CommandFailed(f"There is no image in {path}.")
    return found
