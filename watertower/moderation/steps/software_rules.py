"""A rule about software is carried out, and taken back where a server repaired it."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.model.server_rules import SoftwareRule
from watertower.moderation.model.servers import Choice
from watertower.moderation.queries.server_decisions import find_standing_decision
from watertower.moderation.queries.server_rules import list_held, list_running
from watertower.moderation.queries.server_talk import insert_notice, list_contacts
from watertower.moderation.rules.versions import is_below
from watertower.moderation.steps.servers import decide_in, lift_in


async def matching(tx: Transaction, *, software: str, below_version: str) -> list[str]:
    """The servers that say they run an older version."""
    return sorted(
        domain
        for version, domains in await list_running(tx, software=software)
        if is_below(version, below_version)
        for domain in domains
    )


async def carry_out(
    tx: Transaction, ctx: Context, *, rule: SoftwareRule, actor_id: int | None
) -> tuple[int, int, list[int]]:
    """(newly held, released, notices to send).

    What was decided about a server otherwise is left alone.
    """
    held, notices = 0, list[int]()
    for domain in await matching(tx, software=rule.software, below_version=rule.below_version):
        standing = await find_standing_decision(tx, domain=domain)
        if standing is not None and standing.severity != "noop":
            continue
        decision_id = await decide_in(
            tx,
            ctx,
            choice=Choice(
                domain,
                severity="suspend" if rule.severity == "suspend" else "limit",
                covers_subdomains=False,
                public_comment=f"Until it runs {rule.software} {rule.below_version} or newer",
                private_comment=rule.reason,
                publicity="listed_with_reason",
                cause="software_rule",
                cause_id=rule.id,
                agreed_by=() if actor_id is None else (actor_id,),
            ),
            actor_id=actor_id,
        )
        held += 1
        if rule.notifies:
            notices += await _notices(tx, ctx, domain, decision_id, rule)
    released = 0
    for domain, software, version in await list_held(tx, rule_id=rule.id):
        if software != rule.software or not is_below(version, rule.below_version):
            await lift_in(
                tx,
                ctx,
                domain=domain,
                reason=f"It reports {software} {version}",
                actor_id=None,
                cause="software_rule",
                cause_id=rule.id,
            )
            released += 1
    return held, released, notices


async def _notices(
    tx: Transaction, ctx: Context, domain: str, decision_id: int, rule: SoftwareRule
) -> list[int]:
    made = []
    for contact in await list_contacts(tx, domain=domain):
        notice_id = await insert_notice(
            tx,
            domain=domain,
            decision_id=decision_id,
            is_ours=True,
            address=contact.address,
            author_id=None,
            text=f"Your server reports a version of {rule.software} older than "
            f"{rule.below_version}. {rule.reason}\n\nUntil it runs {rule.below_version} or newer "
            "the exchange between our servers rests. It begins again by itself once your server "
            "reports that; follows come back then.",
            at=ctx.now(),
        )
        if notice_id is not None:
            made.append(notice_id)
    return made
