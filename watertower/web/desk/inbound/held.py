"""/desk/inbound/held: what waits for a decision, near-identical things together."""

from watertower.base.errors import NotFound
from watertower.base.ids import MAX_ID
from watertower.base.paging import Page
from watertower.base.web import Response, redirect
from watertower.moderation.access.inbound import held_for_desk, pile_for_desk
from watertower.moderation.actions.inbound.decide_held import decide_held
from watertower.moderation.errors.inbound import HeldNotFound
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

SHOWN = 40


async def get_held(request: WebRequest) -> Response:
    """The piles, the largest first."""
    return page(
        request,
        "desk/inbound_held.html",
        queue=await held_for_desk(request.ctx),
        decided=id_of(request.params.get("decided")),
    )


async def get_pile(request: WebRequest) -> Response:
    """What lies on one pile."""
    asked = Page(SHOWN + 1, before_id=id_of(request.params.get("max_id")) or MAX_ID)
    found = await pile_for_desk(request.ctx, pile=_pile(request), page=asked)
    return page(
        request,
        "desk/inbound_pile.html",
        pile=_pile(request),
        held=found[:SHOWN],
        next_id=found[SHOWN - 1].id if len(found) > SHOWN else None,
    )


async def post_pile(request: WebRequest) -> Response:
    """Release or refuse: all of the pile, or one item of it."""
    is_released = request.text("decision") == "release"
    if not is_released and request.text("decision") != "refuse":
        raise NotFound
    only = id_of(request.params.get("only"))
    try:
        count = await decide_held(
            request.ctx,
            actor_id=request.my_account_id,
            pile=_pile(request),
            is_released=is_released,
            reason=request.line("reason"),
            only=None if only is None else [only],
        )
    except HeldNotFound:
        count = 0  # sent twice, or somebody else was faster: the queue shows how it is
    return redirect(f"/desk/inbound/held?decided={count}", 303)


def _pile(request: WebRequest) -> int:
    text = request.path_params["id"]
    number = id_of(text.removeprefix("-"))
    if number is None:
        raise NotFound
    return -number if text.startswith("-") else number
