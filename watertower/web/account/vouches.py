"""/account/vouches: a member is asked, privately, about people who want to join."""

from watertower.base.web import Response, redirect
from watertower.moderation.access.sign_ups import vouches_asked_of
from watertower.moderation.actions.sign_ups.apply import answer_vouch
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_vouches(request: WebRequest) -> Response:
    """What is asked, what is open first."""
    return page(
        request,
        "vouches.html",
        vouches=await vouches_asked_of(request.ctx, member_id=request.my_account_id),
        was_answered=request.is_on("answered"),
    )


async def post_vouch(request: WebRequest) -> Response:
    """Answer one."""
    await answer_vouch(
        request.ctx,
        member_id=request.my_account_id,
        vouch_id=request.path_id(),
        says_yes=request.text("answer") == "yes",
        comment=request.text("comment", 1000),
    )
    return redirect("/account/vouches?answered=1", 303)
