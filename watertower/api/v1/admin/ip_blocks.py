"""/api/v1/admin/ip_blocks: what networks may not do."""

from datetime import timedelta

from watertower.accounts.who_may_knock import Severity
from watertower.api.links import link_header
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.admin_blocks import ip_block_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.blocks import ip_block_for, ip_blocks
from watertower.moderation.actions.sign_ups.block_network import (
    block_network,
    change_network_block,
    unblock_network,
)

SEVERITIES = tuple(one.value for one in Severity)
LONGEST_SECONDS = 10 * 366 * 86_400


async def get_blocks(request: ApiRequest) -> Response:
    """Blocked networks, newest first."""
    page = request.page(default=100, most=200)
    found = await ip_blocks(request.ctx, page=page)
    return json_response(
        [ip_block_shape(one) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )


async def get_block(request: ApiRequest) -> Response:
    """One blocked network."""
    return await _answer(request, request.path_id())


async def post_block(request: ApiRequest) -> Response:
    """Block an address or a network."""
    severity = _severity(request)
    if severity is None:
        raise invalid("severity", "can't be blank", "ERR_BLANK")
    block_id = await block_network(
        request.ctx,
        actor_id=request.my_account_id,
        network=request.required_text("ip", limit=64),
        severity=severity,
        comment=request.text("comment", limit=2000) or "",
        lasts=_lasts(request),
        own_ip=request.ip,
    )
    return await _answer(request, block_id)


async def put_block(request: ApiRequest) -> Response:
    """Change a block."""
    await change_network_block(
        request.ctx,
        actor_id=request.my_account_id,
        block_id=request.path_id(),
        network=request.text("ip", limit=64) or None,
        severity=_severity(request),
        comment=request.text("comment", limit=2000),
        lasts=_lasts(request),
        own_ip=request.ip,
    )
    return await _answer(request, request.path_id())


async def delete_block(request: ApiRequest) -> Response:
    """Lift a block."""
    await unblock_network(request.ctx, actor_id=request.my_account_id, block_id=request.path_id())
    return json_response({})


def _severity(request: ApiRequest) -> Severity | None:
    word = request.one_of("severity", SEVERITIES)
    return None if word is None else Severity(word)


def _lasts(request: ApiRequest) -> timedelta | None:
    seconds = request.number("expires_in", least=1, most=LONGEST_SECONDS)
    return None if seconds is None else timedelta(seconds=seconds)


async def _answer(request: ApiRequest, block_id: int) -> Response:
    return json_response(ip_block_shape(await ip_block_for(request.ctx, block_id=block_id)))
