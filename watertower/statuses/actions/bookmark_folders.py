"""Folders for what a member keeps for later."""

from watertower.base.context import Context
from watertower.statuses.errors import FolderNotFound, refused
from watertower.statuses.limits import MAX_FOLDER_NAME, MAX_FOLDERS
from watertower.statuses.model import BookmarkFolder
from watertower.statuses.queries.bookmark_folders import (
    delete_folder,
    has_folder,
    insert_folder,
    update_folder,
)


async def make_folder(ctx: Context, *, account_id: int, name: str) -> BookmarkFolder:
    """A folder of this name; asking twice gives the same one. Raises Invalid."""
    name = _checked(name)
    async with ctx.transaction() as tx:
        made = await insert_folder(
            tx, account_id=account_id, name=name, at=ctx.now(), most=MAX_FOLDERS
        )
    if made is None:
        raise refused("base", f"You cannot have more than {MAX_FOLDERS} folders", "ERR_TOO_MANY")
    return made


async def rename_folder(
    ctx: Context, *, account_id: int, folder_id: int, name: str
) -> BookmarkFolder:
    """Another name. Raises FolderNotFound, Invalid for a name that is taken."""
    name = _checked(name)
    async with ctx.transaction() as tx:
        if not await has_folder(tx, account_id=account_id, folder_id=folder_id):
            raise FolderNotFound
        changed = await update_folder(tx, account_id=account_id, folder_id=folder_id, name=name)
    if changed is None:
        raise refused("name", "has already been taken", "ERR_TAKEN")
    return changed


async def remove_folder(ctx: Context, *, account_id: int, folder_id: int) -> None:
    """The folder goes, its bookmarks stay. Raises FolderNotFound."""
    async with ctx.transaction() as tx:
        if not await delete_folder(tx, account_id=account_id, folder_id=folder_id):
            raise FolderNotFound


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise refused("name", "can't be blank", "ERR_BLANK")
    if len(name) > MAX_FOLDER_NAME:
        problem = f"is too long (maximum is {MAX_FOLDER_NAME} characters)"
        raise refused("name", problem, "ERR_TOO_LONG")
    return name
