"""Decisions about accounts: for staff, and for the person they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.errors.standing import ActionNotFound
from watertower.moderation.model.standing import (
    KEPT_WHOLE,
    OF_STANDING,
    OF_STATUSES,
    WARNINGS_SHOWN,
    Action,
    Kind,
)
from watertower.moderation.queries.handled import list_rules_by_id
from watertower.moderation.queries.standing import (
    find_action,
    list_actions_about,
    list_actions_by_id,
    list_due,
)
from watertower.moderation.queries.warnings import list_appeals_of_actions
from watertower.moderation.steps.appeal_links import appeal_token
from watertower.moderation.steps.holds import is_held

DAY = timedelta(days=1)


@dataclass(frozen=True)
class OwnDecision:
    """A decision as the person it is about sees it: nothing of the team, its reasons, its names."""

    id: int
    kind: Kind
    message: str
    rules: Sequence[str]
    status_ids: Sequence[int]
    ends_at: datetime | None
    undone_at: datetime | None
    is_in_force: bool
    appeal_token: str  # /appeals/:token; works signed out
    created_at: datetime


@dataclass(frozen=True)
class OwnStanding:
    """How a member stands, as the member sees it."""

    decisions: Sequence[OwnDecision]
    suspended_at: datetime | None
    purged_at: datetime | None  # None: not suspended, or only for a time
    is_held: bool  # an appeal runs: nothing is deleted meanwhile


async def actions_about(
    ctx: Context, *, viewer_id: int, account_id: int, page: Page, has_old_warnings: bool = False
) -> list[Action]:
    """What was decided about an account, newest first, for staff; nobody reads about themselves.

    Warnings are no strikes: after ninety days they are shown only where a case is opened again.
    """
    if viewer_id == account_id:
        raise AccountNotFound
    async with ctx.reading() as tx:
        return await list_actions_about(
            tx,
            account_id=account_id,
            page=page,
            warnings_since=ctx.now() - WARNINGS_SHOWN,
            has_old_warnings=has_old_warnings,
        )


async def action_for(ctx: Context, *, viewer_id: int, action_id: int) -> Action:
    """One action, for staff; ActionNotFound for those about the viewer."""
    async with ctx.reading() as tx:
        found = await find_action(tx, action_id=action_id)
    if found is None or found.target_account_id == viewer_id:
        raise ActionNotFound
    return found


async def actions_due(
    ctx: Context, *, viewer_id: int, within: timedelta = DAY, limit: int = 100
) -> list[Action]:
    """Actions that somebody should look at again until then, the longest due first."""
    async with ctx.reading() as tx:
        return await list_due(
            tx, at=ctx.now() + within, viewer_id=viewer_id, after_id=0, limit=limit
        )


async def warnings_by_id(
    ctx: Context, *, action_ids: Sequence[int]
) -> dict[int, tuple[Action, tuple[str, str] | None]]:
    """Decisions and their appeals (text, state) by id, in two queries; none for none."""
    if not action_ids:
        return {}
    async with ctx.reading() as tx:
        actions = await list_actions_by_id(tx, action_ids=action_ids)
        appeals = await list_appeals_of_actions(tx, action_ids=action_ids)
    return {one: (action, appeals.get(one)) for one, action in actions.items()}


async def purge_date(ctx: Context, *, account_id: int) -> tuple[datetime | None, bool]:
    """When a suspended member's data are deleted for good, and whether an appeal holds that."""
    async with ctx.reading() as tx:
        account = await find_account(tx, account_id=account_id)
        if account is None or account.suspended_at is None or not account.is_local:
            return None, False
        held = await is_held(tx, account_id=account_id, now=ctx.now())
    return account.suspended_at + KEPT_WHOLE, held


async def own_standing(ctx: Context, *, account_id: int, page: Page) -> OwnStanding:
    """What was decided about oneself, newest first. Old warnings stay readable to oneself."""
    async with ctx.reading() as tx:
        actions = await list_actions_about(
            tx,
            account_id=account_id,
            page=page,
            warnings_since=ctx.now(),
            has_old_warnings=True,
        )
        wanted = sorted({one for action in actions for one in action.rule_ids})
        rules = await list_rules_by_id(tx, rule_ids=wanted)
        account = await find_account(tx, account_id=account_id)
        held = await is_held(tx, account_id=account_id, now=ctx.now())
    suspended_at = account.suspended_at if account is not None else None
    is_timed = any(
        action.kind is Kind.SUSPEND and action.undone_at is None and action.ends_at is not None
        for action in actions
    )
    return OwnStanding(
        decisions=[
            OwnDecision(
                id=action.id,
                kind=action.kind,
                message=action.message,
                rules=[rules[one].text for one in action.rule_ids if one in rules],
                status_ids=action.status_ids,
                ends_at=action.ends_at,
                undone_at=action.undone_at,
                is_in_force=action.undone_at is None and action.kind in OF_STANDING | OF_STATUSES,
                appeal_token=appeal_token(
                    ctx,
                    action_id=action.id,
                    account_id=account_id,
                    made_at=action.created_at,
                ),
                created_at=action.created_at,
            )
            for action in actions
            if action.kind is not Kind.NONE or action.message
        ],
        suspended_at=suspended_at,
        purged_at=suspended_at + KEPT_WHOLE if suspended_at and not is_timed else None,
        is_held=held,
    )
