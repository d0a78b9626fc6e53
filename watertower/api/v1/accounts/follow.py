"""POST /api/v1/accounts/:id/follow, unfollow and remove_from_followers."""

from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.remove_follower import remove_follower
from watertower.accounts.actions.unfollow import unfollow
from watertower.api.answers_about_people import answer_with_relationship
from watertower.api.request import ApiRequest, invalid
from watertower.base.text.languages import language_of
from watertower.base.web import Response


async def post_follow(request: ApiRequest) -> Response:
    """Follow, ask to, or change how one follows."""
    target_id = request.path_id()
    await follow(
        request.ctx,
        actor_id=request.my_account_id,
        target_id=target_id,
        shows_reblogs=request.flag("reblogs"),
        notifies=request.flag("notify"),
        languages=_languages(request),
    )
    return await answer_with_relationship(request, target_id)


def _languages(request: ApiRequest) -> list[str] | None:
    """Codes; [] for all languages; None when the app says nothing about them."""
    if "languages" not in request.params:
        return None
    found: dict[str, None] = {}
    for code in request.texts("languages", limit=64):
        if code.strip():
            language = language_of(code)
            if language is None:
                raise invalid("languages", "is not a list of languages we know", "ERR_INCLUSION")
            found[language] = None
    return list(found)


async def post_unfollow(request: ApiRequest) -> Response:
    """End the follow or take the request back."""
    target_id = request.path_id()
    await unfollow(request.ctx, actor_id=request.my_account_id, target_id=target_id)
    return await answer_with_relationship(request, target_id)


async def post_remove_from_followers(request: ApiRequest) -> Response:
    """Have somebody not follow any longer."""
    follower_id = request.path_id()
    await remove_follower(request.ctx, actor_id=request.my_account_id, follower_id=follower_id)
    return await answer_with_relationship(request, follower_id)
