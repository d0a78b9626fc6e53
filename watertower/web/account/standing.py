"""/account/standing: what the moderators decided about oneself, and how to answer.

Open to everybody who can sign in, suspended or not.
"""

from watertower.base.web import Response
from watertower.moderation.access.standing import own_standing
from watertower.moderation.model.standing import WORDS
from watertower.moderation.model.standing_words import HAPPENED, link_label
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_standing(request: WebRequest) -> Response:
    """Decisions, newest first: why, by which rules, until when. Nothing of the team."""
    asked = request.page()
    standing = await own_standing(request.ctx, account_id=request.login.account_id, page=asked)
    shown = standing.decisions[: asked.limit - 1]
    return page(
        request,
        "account_standing.html",
        standing=standing,
        decisions=shown,
        older=shown[-1].id if len(standing.decisions) >= asked.limit else None,
        words=WORDS,
        happened=HAPPENED,
        label=link_label,
        is_shut_out=request.viewer is None,
    )
