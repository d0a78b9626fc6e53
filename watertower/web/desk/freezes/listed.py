"""/desk/freezes: who is frozen, what was missed, what is due next."""

from watertower.base.ids import MAX_ID
from watertower.base.paging import Page
from watertower.base.web import Response
from watertower.moderation.access.freeze import ListedFreeze, ended_freezes, open_freezes
from watertower.moderation.model.freeze import WORDS
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of
from watertower.web.views.account import account_view
from watertower.web.views.deadline import time_left

SHOWN = 50


async def get_freezes(request: WebRequest) -> Response:
    """Those that hold, or with `ended` the others, newest first."""
    are_ended = request.is_on("ended")
    skips, me = 0, request.my_account_id
    if are_ended:
        before = id_of(request.params.get("max_id"))
        asked = Page(SHOWN + 1, MAX_ID if before is None else before)
        listed = await ended_freezes(request.ctx, viewer_id=me, page=asked)
    else:
        skips = min(id_of(request.params.get("from")) or 0, 1_000_000)
        listed = await open_freezes(request.ctx, viewer_id=me, most=SHOWN + 1, skips=skips)
    return page(
        request,
        "desk/freezes_list.html",
        are_ended=are_ended,
        listed=[(one, account_view(request.ctx, one.account)) for one in listed[:SHOWN]],
        words=WORDS,
        left=time_left,
        further=_further(listed, are_ended=are_ended, skips=skips),
    )


def _further(listed: list[ListedFreeze], *, are_ended: bool, skips: int) -> str | None:
    if len(listed) <= SHOWN:
        return None
    if are_ended:
        return f"/desk/freezes?ended=1&max_id={listed[SHOWN - 1].freeze.id}"
    return f"/desk/freezes?from={skips + SHOWN}"
