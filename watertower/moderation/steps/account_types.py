"""Moves an approval on, and makes what follows true at once: rules of posting, mark, log."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from watertower.accounts.queries.site import site_setting
from watertower.accounts.steps.marks import set_marks
from watertower.base.context import Context
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.events import record
from watertower.moderation.errors.account_types import ApprovalNotFound, WrongStep
from watertower.moderation.events import ApprovalMoved
from watertower.moderation.model.account_types import (
    DEFAULT_TAGS,
    NEED_APPROVAL,
    SHOWN,
    Approval,
    State,
    Type,
    posting_rules_of,
)
from watertower.moderation.queries.account_type_rules import list_tags
from watertower.moderation.queries.account_types import (
    find_approval,
    insert_said,
    lock_approval,
    update_approval,
)
from watertower.moderation.steps.log import log
from watertower.statuses.steps.posting_rules import set_posting_rules


async def held_approval(tx: Transaction, *, account_id: int, move: str | None = None) -> Approval:
    """The approval, locked, where this can be done. Raises ApprovalNotFound, WrongStep."""
    found = await lock_approval(tx, account_id=account_id)
    if found is None:
        raise ApprovalNotFound
    if move is not None and not found.may(move):
        raise WrongStep
    return found


async def move_to(
    tx: Transaction,
    ctx: Context,
    approval: Approval,
    state: State,
    *,
    actor_id: int | None,
    from_team: bool,
    text: str = "",
    due_at: datetime | None = None,
    **columns: Any,
) -> None:
    """The approval is in this state from now on, and everything that hangs on it follows."""
    await update_approval(
        tx,
        account_id=approval.account_id,
        at=ctx.now(),
        state=state.value,
        due_at=due_at,
        reminded_stage=0,
        **columns,
    )
    said_id = await insert_said(
        tx,
        account_id=approval.account_id,
        kind="change",
        from_team=from_team,
        author_id=actor_id,
        state=state.value,
        text=text,
        at=ctx.now(),
    )
    await settle(tx, ctx, account_id=approval.account_id)
    if from_team:
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb=f"account_type_{state.value}",
            subject=("account", approval.account_id),
            reason=text,
        )
        await record(tx, ApprovalMoved(message_id=said_id))


async def settle(tx: Transaction, ctx: Context, *, account_id: int) -> None:
    """Make the rules of posting and the mark on the profile fit the approval as it is."""
    approval = await find_approval(tx, account_id=account_id)
    if approval is None:
        await set_posting_rules(tx, account_id=account_id, rules=None, at=ctx.now())
        await set_marks(tx, account_id=account_id, marks=(), at=ctx.now())
        return
    rules = posting_rules_of(
        approval,
        tags=await tags_of_types(tx),
        need_approval=await types_needing_approval(tx),
        now=ctx.now(),
        page_url=f"{ctx.settings.base_url}/account/type",
    )
    await set_posting_rules(tx, account_id=account_id, rules=rules, at=ctx.now())
    await set_marks(tx, account_id=account_id, marks=marks_of(ctx, approval), at=ctx.now())


def marks_of(ctx: Context, approval: Approval) -> Sequence[tuple[str, str]]:
    """The fields that everybody sees while the approval stands: the page here, and the domain."""
    if approval.state not in SHOWN:
        return ()
    marks = [("Approved", approval_url(ctx, approval.username))]
    if approval.domain and approval.domain_verified_at is not None:
        marks.append(("Domain", f"https://{approval.domain}/"))
    return marks


def approval_url(ctx: Context, username: str) -> str:
    """The page of an approval, which links to the profile with rel="me"."""
    return f"{ctx.settings.base_url}/approved/{username}"


async def types_needing_approval(tx: Reading) -> Collection[Type]:
    """What the community decided must be approved before it may be used."""
    decided = await site_setting(tx, "account_types_needing_approval", list[str]())
    found = {Type(one) for one in decided if one in set(Type) - {Type.GENERAL}}
    return found or NEED_APPROVAL


async def tags_of_types(tx: Reading) -> Mapping[Type, Sequence[str]]:
    """The hashtags that posts of each type have to carry."""
    found: dict[Type, list[str]] = {}
    for tag in await list_tags(tx):
        if tag.account_type is not None:
            found.setdefault(Type(tag.account_type), []).append(tag.name)
    return {kind: found.get(kind) or [name] for kind, name in DEFAULT_TAGS.items()} | {
        kind: names for kind, names in found.items() if kind not in DEFAULT_TAGS
    }
