"""Types of accounts and approvals: one's own, for the public, and for staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.moderation.errors.account_types import ApprovalNotFound
from watertower.moderation.model.account_types import (
    SHOWN,
    Approval,
    Expectations,
    Invitation,
    ReservedTag,
    Said,
    State,
    Type,
)
from watertower.moderation.queries.account_type_rules import (
    find_expectations,
    list_invitations,
    list_tags,
)
from watertower.moderation.queries.account_types import (
    find_approval,
    find_approval_by_name,
    list_approvals,
    list_said,
    list_same_domain,
    list_shown,
)
from watertower.moderation.steps.account_types import tags_of_types, types_needing_approval
from watertower.moderation.steps.log import log
from watertower.statuses.access.posting import Posting, posting_of

IN_PUBLIC = (State.APPLIED, State.IN_REVIEW)


@dataclass(frozen=True)
class OwnType:
    """What an account sees of its own type."""

    approval: Approval | None
    thread: Sequence[Said]
    expectations: Expectations
    need_approval: frozenset[Type]
    posting: Posting | None


@dataclass(frozen=True)
class WholeApproval:
    """What staff see of one approval."""

    approval: Approval
    thread: Sequence[Said]
    same_domain: Sequence[Approval]
    expectations: Expectations
    posting: Posting | None


@dataclass(frozen=True)
class TypeRules:
    """What the community decided about special accounts."""

    expectations: Expectations
    tags: Sequence[ReservedTag]
    tags_of_types: Mapping[Type, Sequence[str]]
    invitations: Sequence[Invitation]


async def own_type(ctx: Context, *, account_id: int) -> OwnType:
    """The account's own type, and how many posts are left today."""
    async with ctx.reading() as tx:
        approval = await find_approval(tx, account_id=account_id)
        thread = await list_said(tx, account_id=account_id) if approval else []
        expectations = await find_expectations(tx)
        need_approval = frozenset(await types_needing_approval(tx))
    posting = await posting_of(ctx, account_id=account_id)
    return OwnType(approval, thread, expectations, need_approval, posting)


async def approved_accounts(ctx: Context) -> Mapping[str, Sequence[Approval]]:
    """All approved accounts by category, for everybody."""
    async with ctx.reading() as tx:
        found = await list_shown(tx)
    grouped: dict[str, list[Approval]] = {}
    for one in found:
        grouped.setdefault(one.category or "Others", []).append(one)
    return grouped


async def public_applications(ctx: Context) -> Sequence[Approval]:
    """Applications that are being looked at, for everybody; private ones are left out."""
    async with ctx.reading() as tx:
        return await list_approvals(tx, states=IN_PUBLIC, only_public=True, limit=200)


async def public_approval(ctx: Context, *, username: str) -> tuple[Approval, Sequence[Said]]:
    """One approval and its thread, for everybody. Raises ApprovalNotFound.

    Of a private application nothing is shown before it is approved, and its thread never.
    """
    async with ctx.reading() as tx:
        found = await find_approval_by_name(tx, username=username)
        if found is None or found.state is State.DECLARED:
            raise ApprovalNotFound
        if found.is_private and found.state not in SHOWN:
            raise ApprovalNotFound
        thread = [] if found.is_private else await list_said(tx, account_id=found.account_id)
    return found, thread


async def approvals_for(ctx: Context, *, states: Sequence[State]) -> list[Approval]:
    """Approvals in these states for staff, what is due first."""
    async with ctx.reading() as tx:
        return await list_approvals(tx, states=states, only_public=False, limit=500)


async def approval_for(ctx: Context, *, viewer_id: int, account_id: int) -> WholeApproval:
    """One approval for staff; a look at a private one is logged. Raises ApprovalNotFound."""
    async with ctx.transaction() as tx:
        approval = await find_approval(tx, account_id=account_id)
        if approval is None:
            raise ApprovalNotFound
        if approval.is_private:
            await log(
                tx,
                at=ctx.now(),
                actor_id=viewer_id,
                verb="read_private_application",
                subject=("account", account_id),
            )
        thread = await list_said(tx, account_id=account_id)
        same = (
            await list_same_domain(tx, domain=approval.domain, account_id=account_id)
            if approval.domain
            else []
        )
        expectations = await find_expectations(tx)
    return WholeApproval(
        approval, thread, same, expectations, await posting_of(ctx, account_id=account_id)
    )


async def type_rules(ctx: Context) -> TypeRules:
    """Expectations, hashtags, and companies invited."""
    async with ctx.reading() as tx:
        return TypeRules(
            expectations=await find_expectations(tx),
            tags=await list_tags(tx),
            tags_of_types=await tags_of_types(tx),
            invitations=await list_invitations(tx),
        )
