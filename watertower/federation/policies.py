"""Whether we speak with a server at all. Decided by moderation, kept in memory for moments."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from watertower.base.context import Context
from watertower.federation.errors import ServerRefused
from watertower.federation.queries.keys import Policy, list_policies

KEPT = timedelta(seconds=5)
# Nobody is turned away because of what was decided some seconds ago: the answer to a Follow that
# was sent when a suspension was lifted may be the first thing to come.
KEPT_FOR_REFUSALS = timedelta(milliseconds=200)
NONE = Policy(is_suspended=False, is_allowed=False, rejects_reports=False, rejects_media=False)


@dataclass
class _Kept:
    since: datetime
    by_domain: dict[str, Policy] = field(default_factory=dict)


_kept: WeakKeyDictionary[object, _Kept] = WeakKeyDictionary()


async def policy_for(ctx: Context, *, host: str) -> Policy:
    """The policy for a host, at most five seconds old.

    The most particular name decides: the host's own, else the nearest domain above it whose
    policy covers subdomains. A place on the allow list always holds for all below it.
    """
    return await _policy(ctx, host, KEPT)


async def _policy(ctx: Context, host: str, oldest: timedelta) -> Policy:
    kept = _kept.get(ctx.db)
    if kept is None or not ctx.now() - oldest < kept.since <= ctx.now():
        async with ctx.reading() as tx:
            kept = _Kept(ctx.now(), await list_policies(tx))
        _kept[ctx.db] = kept
    if not kept.by_domain:
        return NONE
    labels = host.lower().split(".")
    found = [
        (n == 0, policy)
        for n in range(len(labels))
        if (policy := kept.by_domain.get(".".join(labels[n:]))) is not None
    ]
    decided = next(
        (one for is_own, one in found if one.is_decision and (is_own or one.covers_subdomains)),
        NONE,
    )
    return Policy(
        decided.is_suspended,
        any(policy.is_allowed for _, policy in found),
        decided.rejects_reports,
        decided.rejects_media,
    )


async def decision_for(ctx: Context, *, host: str) -> Policy:
    """The policy for a host as it is now, for what is carried out once and for all."""
    _kept.pop(ctx.db, None)
    return await policy_for(ctx, host=host)


async def require_served(ctx: Context, *, host: str) -> None:
    """Raise ServerRefused for a suspended server, and in limited mode for all not allowed."""
    if not _is_served(ctx, await policy_for(ctx, host=host)) and not _is_served(
        ctx, await _policy(ctx, host, KEPT_FOR_REFUSALS)
    ):
        raise ServerRefused


def _is_served(ctx: Context, policy: Policy) -> bool:
    return not policy.is_suspended and (policy.is_allowed or not ctx.settings.federation.limited)


def forget_policies() -> None:
    """Look again at once."""
    _kept.clear()
