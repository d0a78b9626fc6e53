"""/desk/blocks: blocked mail domains, addresses and networks, on one page."""

from datetime import timedelta

from watertower.accounts.who_may_knock import Severity
from watertower.base.errors import Invalid, NotFound
from watertower.base.paging import Page
from watertower.base.web import Response, redirect
from watertower.moderation.access.blocks import (
    address_blocks_of,
    email_domain_blocks,
    ip_blocks,
)
from watertower.moderation.actions.sign_ups.block_address import block_address, unblock_address
from watertower.moderation.actions.sign_ups.block_email_domain import (
    block_email_domain,
    unblock_email_domain,
)
from watertower.moderation.actions.sign_ups.block_network import block_network, unblock_network
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest, id_of

SHOWN = Page(200)
SEVERITIES = (
    (Severity.APPROVAL.value, "A person looks at each sign-up"),
    (Severity.NO_SIGN_UP.value, "Nobody signs up from there"),
    (Severity.NO_ACCESS.value, "No access at all"),
)


async def get_blocks(request: WebRequest) -> Response:
    """The newest of each kind, and whether an address is blocked if one is given."""
    return await _page(request)


async def post_blocks(request: WebRequest) -> Response:
    """Block or lift a block."""
    try:
        await _change(request)
    except Invalid as refused:
        return await _page(request, wrong=said(refused))
    return redirect("/desk/blocks?done=1", 303)


async def _change(request: WebRequest) -> None:
    ctx, actor_id, what = request.ctx, request.my_account_id, request.text("what", 20)
    block_id = id_of(request.text("id", 20)) or 0
    if what == "domain":
        await block_email_domain(
            ctx,
            actor_id=actor_id,
            domain=request.line("domain", 300),
            allows_with_approval=request.is_on("with_approval"),
        )
    elif what == "address":
        await block_address(ctx, actor_id=actor_id, email=request.line("email", 320))
    elif what == "network":
        word, hours = request.text("severity", 40), id_of(request.text("hours", 6)) or 0
        await block_network(
            ctx,
            actor_id=actor_id,
            network=request.line("network", 64),
            severity=Severity(word) if word in set(Severity) else Severity.APPROVAL,
            comment=request.line("comment", 1000),
            lasts=timedelta(hours=hours) if hours else None,
            own_ip=request.ip,
        )
    elif what == "lift_domain":
        await unblock_email_domain(ctx, actor_id=actor_id, block_id=block_id)
    elif what == "lift_address":
        await unblock_address(ctx, actor_id=actor_id, block_id=block_id)
    elif what == "lift_network":
        await unblock_network(ctx, actor_id=actor_id, block_id=block_id)
    else:
        raise NotFound


async def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    tested = request.line("test", 320)
    return page(
        request,
        "desk/blocks.html",
        status=422 if wrong else 200,
        domains=await email_domain_blocks(request.ctx, page=SHOWN),
        networks=await ip_blocks(request.ctx, page=SHOWN),
        tested=tested,
        stops=await address_blocks_of(request.ctx, email=tested) if tested else [],
        severities=SEVERITIES,
        words=dict(SEVERITIES),
        was_done=request.is_on("done"),
        wrong=wrong,
    )
