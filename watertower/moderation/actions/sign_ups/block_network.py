"""Block: what a network may not do: sign up unasked, sign up at all, or come in."""

from datetime import datetime, timedelta
from ipaddress import ip_address

from watertower.accounts.access.refused_networks import EVENT
from watertower.accounts.queries.ip_blocks import (
    delete_ip_block,
    find_ip_block,
    insert_ip_block,
    update_ip_block,
)
from watertower.accounts.who_may_knock import Network, Severity, network_of_text
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.live import publish
from watertower.base.text.clean import clean_line
from watertower.moderation.errors.sign_ups import BlockNotFound, wrong
from watertower.moderation.steps.log import log

LONGEST_COMMENT = 1000
# Wider than this is a mistake: a whole /8 is 16 million addresses.
WIDEST = {4: 8, 6: 16}


async def block_network(
    ctx: Context,
    *,
    actor_id: int,
    network: str,
    severity: Severity,
    comment: str = "",
    lasts: timedelta | None = None,
    own_ip: str | None = None,
) -> int:
    """Block a network; the block's id. `own_ip`: nobody locks themselves out. Raises Invalid."""
    found = _network(network, severity, own_ip)
    async with ctx.transaction() as tx:
        block_id = await insert_ip_block(
            tx,
            network=str(found),
            severity=severity,
            comment=clean_line(comment, LONGEST_COMMENT),
            expires_at=_end(ctx, lasts),
            at=ctx.now(),
        )
        if block_id is None:
            raise wrong("ip", "has already been taken", "ERR_TAKEN")
        await _tell(tx, ctx, actor_id, "block_network", network=str(found), severity=severity)
    return block_id


async def change_network_block(
    ctx: Context,
    *,
    actor_id: int,
    block_id: int,
    network: str | None = None,
    severity: Severity | None = None,
    comment: str | None = None,
    lasts: timedelta | None = None,
    own_ip: str | None = None,
) -> None:
    """Change what is given; `lasts` counts from now. Raises BlockNotFound, Invalid."""
    async with ctx.transaction() as tx:
        block = await find_ip_block(tx, block_id=block_id)
        if block is None:
            raise BlockNotFound
        severity = block.severity if severity is None else severity
        found = _network(block.network if network is None else network, severity, own_ip)
        if not await update_ip_block(
            tx,
            block_id=block_id,
            network=str(found),
            severity=severity,
            comment=block.comment if comment is None else clean_line(comment, LONGEST_COMMENT),
            expires_at=block.expires_at if lasts is None else _end(ctx, lasts),
            at=ctx.now(),
        ):
            raise wrong("ip", "has already been taken", "ERR_TAKEN")
        await _tell(
            tx, ctx, actor_id, "change_network_block", network=str(found), severity=severity
        )


async def unblock_network(ctx: Context, *, actor_id: int, block_id: int) -> None:
    """Lift a block. Raises BlockNotFound."""
    async with ctx.transaction() as tx:
        block = await find_ip_block(tx, block_id=block_id)
        if block is None or not await delete_ip_block(tx, block_id=block_id):
            raise BlockNotFound
        await _tell(
            tx, ctx, actor_id, "unblock_network", network=block.network, severity=block.severity
        )


def _network(text: str, severity: Severity, own_ip: str | None) -> Network:
    found = network_of_text(text)
    if found is None:
        raise wrong("ip", "is not an address or a network")
    if found.prefixlen < WIDEST[found.version]:
        raise wrong("ip", "is too wide a network")
    if severity is Severity.NO_ACCESS and own_ip and _holds(found, own_ip):
        raise wrong("ip", "is your own network: you would lock yourself out")
    return found


def _holds(network: Network, address: str) -> bool:
    try:
        return ip_address(address) in network
    except ValueError:
        return False


def _end(ctx: Context, lasts: timedelta | None) -> datetime | None:
    return None if lasts is None else ctx.now() + lasts


async def _tell(
    tx: Transaction, ctx: Context, actor_id: int, verb: str, *, network: str, severity: Severity
) -> None:
    """Write the log, and have every process read what is refused anew."""
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("network", network),
        details={"severity": severity.value},
    )
    await publish(tx, EVENT)
