"""Whether we speak with a server at all. Decided by moderation, kept in memory for moments."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from watertower.base.context import Context
from watertower.federation.errors import ServerRefused
from watertower.federation.queries.keys import Policy, list_policies

KEPT = timedelta(seconds=5)
NONE = Policy(is_suspended=False, is_allowed=False, rejects_reports=False)


@dataclass
class _Kept:
    until: datetime
    by_domain: dict[str, Policy] = field(default_factory=dict)


_kept: WeakKeyDictionary[object, _Kept] = WeakKeyDictionary()


async def policy_for(ctx: Context, *, host: str) -> Policy:
    """The policy for a host, at most five seconds old; a domain's holds for all below it."""
    kept = _kept.get(ctx.db)
    if kept is None or kept.until <= ctx.now():
        async with ctx.reading() as tx:
            kept = _Kept(ctx.now() + KEPT, await list_policies(tx))
        _kept[ctx.db] = kept
    if not kept.by_domain:
        return NONE
    labels = host.lower().split(".")
    found = [
        policy
        for n in range(len(labels))
        if (policy := kept.by_domain.get(".".join(labels[n:]))) is not None
    ]
    return Policy(
        any(policy.is_suspended for policy in found),
        any(policy.is_allowed for policy in found),
        any(policy.rejects_reports for policy in found),
    )


async def require_served(ctx: Context, *, host: str) -> None:
    """Raise ServerRefused for a suspended server, and in limited mode for all not allowed."""
    policy = await policy_for(ctx, host=host)
    if policy.is_suspended or (ctx.settings.federation.limited and not policy.is_allowed):
        raise ServerRefused


def forget_policies() -> None:
    """Look again at once (tests)."""
    _kept.clear()
