"""POST /compose: post from the front page, for a browser without an app.

Every page carries a key of its own, so that a form sent twice, by a double tap or by going back
and forth, posts once (OPS-08, OPS-09). What was typed stays in the box until it is posted.
"""

from watertower.base.errors import Conflict, Forbidden, Invalid
from watertower.base.web import Response, redirect
from watertower.moderation.actions.inbound.publish_checked import publish_checked
from watertower.statuses.draft import Draft
from watertower.statuses.model import VISIBILITY_OF
from watertower.web.public.front import home
from watertower.web.request import WebRequest

CHOICES = frozenset({"public", "unlisted", "private"})
MOST_CHARACTERS = 20_000  # read at all; how long a post may be is the room's rule


async def post_compose(request: WebRequest) -> Response:
    """Publish what was typed, then show the timeline with it."""
    text = request.text("status", MOST_CHARACTERS)
    wanted = request.text("visibility")
    draft = Draft(
        text=text,
        content_warning=request.line("content_warning"),
        visibility=VISIBILITY_OF[wanted] if wanted in CHOICES else None,
    )
    try:
        await publish_checked(
            request.ctx,
            author_id=request.my_account_id,
            draft=draft,
            idempotency_key=f"web:{request.text('key', 64)}" if request.text("key", 64) else None,
        )
    except (Invalid, Conflict, Forbidden) as refused:
        return await home(request, draft=text, wrong=refused.says)
    return redirect("/", 303)
