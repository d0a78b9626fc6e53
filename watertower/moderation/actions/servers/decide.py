"""Decide what holds for a server: nothing special, limited, suspended; its media, its reports."""

from dataclasses import replace

from watertower.base.context import Context
from watertower.moderation.errors.servers import (
    DecisionNotFound,
    NothingToConfirm,
    NotTwice,
    ReasonMissing,
)
from watertower.moderation.model.servers import Choice
from watertower.moderation.queries.server_decisions import find_decision, update_agreed
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import decide_in, named_server


async def decide(
    ctx: Context,
    *,
    actor_id: int | None,
    choice: Choice,
    needs_reason: bool = True,
    in_advance: bool = False,
) -> int:
    """The id of the decision. The same twice is one decision.

    `needs_reason` False is for apps of Mastodon, which have no such field: what they decide
    without one stands on the list of blocks that nobody explained. Raises WrongDomain, OwnServer,
    ReasonMissing, CommentTooLong, WrongTime, NeverMet.
    """
    choice = replace(
        choice,
        domain=named_server(ctx, choice.domain),
        public_comment=choice.public_comment.strip(),
        private_comment=choice.private_comment.strip(),
        evidence=choice.evidence.strip(),
    )
    if needs_reason and not choice.private_comment:
        raise ReasonMissing
    async with ctx.transaction() as tx:
        return await decide_in(tx, ctx, choice=choice, actor_id=actor_id, in_advance=in_advance)


async def agree(ctx: Context, *, actor_id: int, decision_id: int) -> str:
    """Somebody else looked at a suspension that one person decided; the server's name.

    Raises DecisionNotFound, NotTwice, NothingToConfirm.
    """
    async with ctx.transaction() as tx:
        decision = await find_decision(tx, decision_id=decision_id)
        if decision is None:
            raise DecisionNotFound
        if decision.actor_account_id == actor_id:
            raise NotTwice
        if actor_id in decision.agreed_account_ids:
            return decision.domain
        if not await update_agreed(tx, decision_id=decision_id, account_id=actor_id):
            raise NothingToConfirm
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="agree_on_server",
            subject=("server", decision.domain),
            details={"decision_id": decision_id},
        )
    return decision.domain
