"""/desk/team/positions: who holds what the place stands on, and handing it over."""

from watertower.base.errors import NotFound
from watertower.base.json import from_json
from watertower.base.web import Response, redirect
from watertower.moderation.access.team import positions_desk
from watertower.moderation.actions.team.hand_position import (
    USUAL,
    add_position,
    begin_shadowing,
    confirm_position,
    finish_step,
    name_deputy,
    name_successor,
    transfer,
)
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of


async def get_positions(request: WebRequest) -> Response:
    """All positions, and which of the usual ones nobody holds."""
    found = await positions_desk(request.ctx)
    held = {row["name"] for row in found}
    return page(
        request,
        "desk/team_positions.html",
        positions=[(row, from_json(row["checklist"])) for row in found],
        missing=[title for name, title in USUAL if name not in held],
        me=request.my_account_id,
    )


async def post_positions(request: WebRequest) -> Response:
    """Name a position."""
    await add_position(
        request.ctx,
        actor_id=request.my_account_id,
        title=request.line("title", 100),
        holder=request.line("holder", 60),
        deputy=request.line("deputy", 60),
        checklist=request.text("checklist").splitlines(),
        is_public=request.is_on("is_public"),
    )
    return redirect("/desk/team/positions", 303)


async def post_position(request: WebRequest) -> Response:
    """One step of handing over. Whoever holds or takes over need not be staff."""
    position_id, do, me = request.path_id(), request.text("do"), request.my_account_id
    ctx = request.ctx
    if do == "deputy":
        await name_deputy(
            ctx, actor_id=me, position_id=position_id, deputy=request.line("deputy", 60)
        )
    elif do == "successor":
        await name_successor(
            ctx, actor_id=me, position_id=position_id, successor=request.line("successor", 60)
        )
    elif do == "step":
        place = id_of(request.params.get("place"))
        await finish_step(
            ctx, actor_id=me, position_id=position_id, place=-1 if place is None else place
        )
    elif do in STEPS:
        await STEPS[do](ctx, actor_id=me, position_id=position_id)
    else:
        raise NotFound
    back = "/account/volunteering" if request.is_on("own") else "/desk/team/positions"
    return redirect(back, 303)


STEPS = {"shadow": begin_shadowing, "transfer": transfer, "confirm": confirm_position}
