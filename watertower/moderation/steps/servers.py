"""A decision about a server, inside somebody's transaction: recorded, logged, put in force.

Moderators come here, and so do blocklists, incidents, clean-ups, rules about software and the
clock: whatever decides, the record is the same.
"""

from dataclasses import asdict
from datetime import datetime

from watertower.accounts.domains import domain_name
from watertower.accounts.model import Permission
from watertower.accounts.queries.server_policies import find_policy, lock_policies
from watertower.accounts.queries.servers import list_servers_below
from watertower.accounts.steps.servers import clear_policy, set_policy
from watertower.base.context import Context
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.events import record
from watertower.moderation.errors.servers import (
    CommentTooLong,
    NeverMet,
    OwnServer,
    WrongDomain,
    WrongTime,
)
from watertower.moderation.events import ServerDecided
from watertower.moderation.model.servers import (
    CONFIRM_WITHIN,
    LONGEST_COMMENT,
    LONGEST_REASON,
    PUBLICITY,
    Choice,
    Impact,
)
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.queries.server_decisions import find_standing_decision, insert_decision
from watertower.moderation.queries.server_impact import count_impact, list_covered
from watertower.moderation.steps.log import log

VERBS = {"noop": "decide_server", "limit": "limit_server", "suspend": "suspend_server"}


def named_server(ctx: Context, domain: str) -> str:
    """The name as it is kept. Raises WrongDomain, and OwnServer for ourselves."""
    name = domain_name(domain)
    if name is None:
        raise WrongDomain
    server = ctx.settings.server
    own = {server.domain.lower(), (server.web_domain or server.domain).lower()}
    if name in own or any(one.endswith(f".{name}") for one in own):
        raise OwnServer
    return name


async def decide_in(
    tx: Transaction,
    ctx: Context,
    *,
    choice: Choice,
    actor_id: int | None,
    in_advance: bool = True,
) -> int:
    """Put a decision in force; the id of its record, of the standing one if nothing differs.

    `choice.domain` went through `named_server`. With `in_advance` False a server that we never
    met cannot be cut off. Raises CommentTooLong, WrongTime, NeverMet.
    """
    now = ctx.now()
    _check(choice, now)
    await lock_policies(tx)
    policy = await find_policy(tx, domain=choice.domain)
    standing = await find_standing_decision(tx, domain=choice.domain)
    if standing is not None and policy is not None and policy.decision_id == standing.id:
        same = all(
            getattr(standing, name) == getattr(choice, name)
            for name in (
                "severity", "rejects_media", "rejects_reports", "covers_subdomains",
                "obfuscates", "public_comment", "private_comment", "publicity", "cause",
                "cause_id", "review_id", "ends_at", "review_at",
            )
        )  # fmt: skip
        if same:
            return standing.id
    is_cutting = not in_advance and choice.severity != "noop"
    if is_cutting and not await list_servers_below(tx, domain=choice.domain):
        raise NeverMet
    was_as_strict = policy is not None and policy.severity == choice.severity
    decision_id = await insert_decision(
        tx,
        choice=choice,
        actor_id=actor_id,
        confirm_by=None
        if was_as_strict or not await needs_second(tx, choice=choice, actor_id=actor_id)
        else now + CONFIRM_WITHIN,
        effect=await _effect(tx, choice),
        at=now,
    )
    await set_policy(
        tx, domain=choice.domain, wanted=choice.wanted, decision_id=decision_id, at=now
    )
    await log(
        tx,
        at=now,
        actor_id=actor_id,
        verb=VERBS[choice.severity],
        subject=("server", choice.domain),
        reason=choice.private_comment,
        details={
            "decision_id": decision_id,
            "cause": choice.cause,
            "rejects_media": choice.rejects_media,
            "rejects_reports": choice.rejects_reports,
        },
    )
    await record(tx, ServerDecided(decision_id=decision_id))
    return decision_id


async def lift_in(
    tx: Transaction,
    ctx: Context,
    *,
    domain: str,
    reason: str,
    actor_id: int | None,
    cause: str = "moderators",
    cause_id: int | None = None,
) -> int | None:
    """Back to nothing special, follows included; None if nothing special held."""
    now = ctx.now()
    await lock_policies(tx)
    if not await clear_policy(tx, domain=domain, at=now):
        return None
    decision_id = await insert_decision(
        tx,
        choice=Choice(
            domain, is_lifting=True, private_comment=reason, cause=cause, cause_id=cause_id
        ),
        actor_id=actor_id,
        confirm_by=None,
        effect={},
        at=now,
    )
    await log(
        tx,
        at=now,
        actor_id=actor_id,
        verb="lift_server",
        subject=("server", domain),
        reason=reason,
        details={"decision_id": decision_id, "cause": cause},
    )
    await record(tx, ServerDecided(decision_id=decision_id))
    return decision_id


async def deciders(tx: Reading) -> list[int]:
    """The accounts that may decide about servers."""
    return await list_readers(
        tx, permissions=int(Permission.ADMINISTRATOR | Permission.MANAGE_FEDERATION)
    )


async def needs_second(tx: Reading, *, choice: Choice, actor_id: int | None) -> bool:
    """Whether somebody else has to look at it: one person cut a server off, and is not alone."""
    if choice.severity != "suspend" or actor_id is None or choice.agreed_by:
        return False
    return any(one != actor_id for one in await deciders(tx))


async def _effect(tx: Transaction, choice: Choice) -> dict[str, int]:
    if choice.severity != "suspend":
        return {}
    covered, _ = await list_covered(
        tx, domain=choice.domain, covers_subdomains=choice.covers_subdomains
    )
    impact = await count_impact(tx, servers=covered) if covered else Impact()
    return asdict(impact) | {"servers": len(covered)}


def _check(choice: Choice, now: datetime) -> None:
    too_long = (
        len(choice.public_comment) > LONGEST_COMMENT
        or len(choice.private_comment) > LONGEST_REASON
        or len(choice.evidence) > LONGEST_REASON
    )
    if too_long:
        raise CommentTooLong
    if any(moment is not None and moment <= now for moment in (choice.ends_at, choice.review_at)):
        raise WrongTime
    assert choice.publicity in PUBLICITY  # noqa: S101  # doors offer no other
