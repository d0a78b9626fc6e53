"""/api/watertower/v1/bookmark_folders: where a member keeps some of what is kept for later."""

from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response
from watertower.statuses.access.kept import folders_of
from watertower.statuses.actions.bookmark_folders import make_folder, remove_folder, rename_folder
from watertower.statuses.model import BookmarkFolder


async def get_folders(request: ApiRequest) -> Response:
    """All folders, oldest first."""
    found = await folders_of(request.ctx, account_id=request.my_account_id)
    return json_response([_shape(one) for one in found])


async def post_folder(request: ApiRequest) -> Response:
    """Make a folder; one of this name that is there already is the answer."""
    made = await make_folder(
        request.ctx, account_id=request.my_account_id, name=request.text("name") or ""
    )
    return json_response(_shape(made))


async def put_folder(request: ApiRequest) -> Response:
    """Give a folder another name."""
    changed = await rename_folder(
        request.ctx,
        account_id=request.my_account_id,
        folder_id=request.path_id(),
        name=request.text("name") or "",
    )
    return json_response(_shape(changed))


async def delete_folder(request: ApiRequest) -> Response:
    """Remove a folder; its bookmarks stay."""
    await remove_folder(request.ctx, account_id=request.my_account_id, folder_id=request.path_id())
    return json_response({})


def _shape(folder: BookmarkFolder) -> dict[str, str]:
    return {"id": str(folder.id), "name": folder.name}
