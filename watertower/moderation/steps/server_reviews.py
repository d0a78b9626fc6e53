"""A review is opened: by a person, by a clock, or because something happened."""

from dataclasses import asdict

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.model.server_reviews import ACT_WITHIN
from watertower.moderation.queries.server_facts import count_again, find_facts
from watertower.moderation.queries.server_impact import count_impact
from watertower.moderation.queries.server_reviews import insert_review
from watertower.moderation.steps.log import log


async def open_review_in(
    tx: Transaction,
    ctx: Context,
    *,
    domain: str,
    cause: str,
    reason: str,
    actor_id: int | None,
    is_promised: bool = False,
) -> int:
    """The id of the open review of this server, or of a new one whose clock starts now.

    `cause` is one of CAUSES. The numbers of this moment are kept, for the change since.
    """
    now = ctx.now()
    impact = await count_impact(tx, servers=[domain])
    await count_again(tx, domain=domain, impact=impact, at=now)
    facts = await find_facts(tx, domain=domain)
    review_id, is_new = await insert_review(
        tx,
        domain=domain,
        cause=cause,
        reason=reason,
        is_high_impact=facts.is_high_impact,
        is_promised=is_promised,
        actor_id=actor_id,
        act_by=now + ACT_WITHIN,
        facts=asdict(impact) | {"accounts": facts.accounts, "statuses": facts.statuses},
        at=now,
    )
    if is_new:
        await log(
            tx,
            at=now,
            actor_id=actor_id,
            verb="open_server_review",
            subject=("server", domain),
            reason=reason,
            details={"review_id": review_id, "cause": cause},
        )
    return review_id
