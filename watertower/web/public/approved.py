"""/approved: special accounts that were approved here, by category; /approved/:name: one of them.

The pages link to the profiles with rel="me": that is how other servers verify the mark.
"""

from watertower.base.web import Response
from watertower.moderation.access.account_types import (
    approved_accounts,
    public_applications,
    public_approval,
    type_rules,
)
from watertower.moderation.model.account_types import SHOWN, WORDS
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.approvals import STATE_WORDS

A_MINUTE = "public, max-age=60"


async def get_approved(request: WebRequest) -> Response:
    """All of them, applications in public, and the hashtags that mean something here."""
    return page(
        request,
        "approved.html",
        keeps=A_MINUTE,
        groups=await approved_accounts(request.ctx),
        applications=await public_applications(request.ctx),
        rules=await type_rules(request.ctx),
        words=WORDS,
        state_words=STATE_WORDS,
    )


async def get_approval(request: WebRequest) -> Response:
    """One approval, or one application and its thread."""
    approval, thread = await public_approval(
        request.ctx, username=request.path_params["name"].removeprefix("@")[:100]
    )
    return page(
        request,
        "approval.html",
        keeps=A_MINUTE,
        approval=approval,
        is_shown=approval.state in SHOWN,
        thread=thread,
        words=WORDS,
        state_words=STATE_WORDS,
    )
