"""A server was met for the first time: its review begins if it was watched for."""

from watertower.accounts.queries.site import site_setting
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.servers import Choice
from watertower.moderation.queries.server_decisions import find_standing_decision
from watertower.moderation.queries.server_facts import find_facts
from watertower.moderation.steps.server_reviews import open_review_in
from watertower.moderation.steps.servers import decide_in


@job(Lane.LOCAL)
async def meet_server(ctx: Context, *, domain: str) -> None:
    """Open the review of a watched server; where newcomers are held, hold this one.

    Held means limited until a moderator has looked (site setting `first_contact`: "open" or
    "hold").
    """
    async with ctx.transaction() as tx:
        facts = await find_facts(tx, domain=domain)
        if facts.is_watched:
            await open_review_in(
                tx,
                ctx,
                domain=domain,
                cause="first_contact",
                reason=facts.watched_reason or "It was on the watch list.",
                actor_id=None,
                is_promised=facts.is_high_impact,
            )
        if await site_setting(tx, "first_contact", "open") != "hold":
            return
        if await find_standing_decision(tx, domain=domain) is None:
            await decide_in(
                tx,
                ctx,
                choice=Choice(
                    domain,
                    severity="limit",
                    covers_subdomains=False,
                    private_comment="Held at first contact, until somebody has looked",
                    publicity="silent",
                    cause="first_contact",
                ),
                actor_id=None,
            )
