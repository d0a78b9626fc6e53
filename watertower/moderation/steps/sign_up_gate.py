"""Raises and relaxes friction, inside somebody's transaction: by staff, or by signals of abuse."""

from datetime import timedelta

from watertower.accounts.queries.site import set_site_setting
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.model.sign_up_gate import FRICTION_LASTS
from watertower.moderation.queries.sign_up_gate import (
    end_gate,
    insert_gate,
    lock_open_gate,
    update_gate,
)
from watertower.moderation.steps.log import log


async def raise_friction_in(
    tx: Transaction,
    ctx: Context,
    *,
    actor_id: int | None,
    level: int,
    reason: str,
    lasts: timedelta = FRICTION_LASTS,
) -> None:
    """Make sign-up harder for a while. `actor_id` None is the server."""
    until = ctx.now() + lasts
    gate = await lock_open_gate(tx, kind="friction")
    if gate is None:
        await insert_gate(
            tx,
            kind="friction",
            level=level,
            reason=reason,
            public_note="",
            mode_before="",
            opened_by=actor_id,
            at=ctx.now(),
            review_at=until,
        )
    else:
        await update_gate(
            tx, gate_id=gate.id, level=level, public_note="", at=ctx.now(), review_at=until
        )
    await set_site_setting(tx, "sign_up_friction", {"level": level, "until": until.isoformat()})
    if gate is None or gate.level != level:
        await note_gate(
            tx,
            ctx,
            actor_id=actor_id,
            verb="raise_sign_up_friction",
            reason=reason,
            level=level,
        )


async def relax_friction_in(
    tx: Transaction, ctx: Context, *, actor_id: int | None, reason: str
) -> None:
    """Make sign-up as easy as it was; nothing to do where it is."""
    gate = await lock_open_gate(tx, kind="friction")
    if gate is None:
        return
    await end_gate(tx, gate_id=gate.id, at=ctx.now(), by=actor_id, reason=reason)
    await set_site_setting(tx, "sign_up_friction", None)
    await note_gate(tx, ctx, actor_id=actor_id, verb="relax_sign_up_friction", reason=reason)


async def note_gate(
    tx: Transaction,
    ctx: Context,
    *,
    actor_id: int | None,
    verb: str,
    reason: str,
    level: int = 0,
) -> None:
    """Write the log."""
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("site", "sign_up"),
        reason=reason,
        details={"level": level} if level else {},
    )
