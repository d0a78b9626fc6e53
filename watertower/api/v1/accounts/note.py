"""POST /api/v1/accounts/:id/note."""

from watertower.accounts.actions.write_note import write_note
from watertower.api.answers_about_people import answer_with_relationship
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def post_note(request: ApiRequest) -> Response:
    """Remember something about somebody, for one's own eyes."""
    target_id = request.path_id()
    await write_note(
        request.ctx,
        actor_id=request.my_account_id,
        target_id=target_id,
        comment=request.text("comment") or "",
    )
    return await answer_with_relationship(request, target_id)
