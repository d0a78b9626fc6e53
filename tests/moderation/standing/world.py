"""What the tests of decisions build and look at."""

from typing import Any

from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.model.standing import Action, Decision, Kind
from watertower.moderation.queries.standing import list_actions_about

EVER = Page(limit=1000)


def a_decision(kind: Kind, target: Account, **more: Any) -> Decision:
    """A decision with a reason and a message, and whatever is given."""
    return Decision(
        **{
            "kind": kind,
            "target_account_id": target.id,
            "reason": "For the team",
            "message": "For the person",
            **more,
        }
    )


async def marks_of(ctx: Context, account: Account) -> dict[str, Any]:
    """How an account stands."""
    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT suspended_at, suspended_by_origin, limited_at, sensitized_at, deleted_at, "
            "(SELECT frozen_at FROM logins WHERE account_id = a.id) AS frozen_at "
            "FROM accounts a WHERE id = $1",
            account.id,
        )
    return dict(row)


async def all_of(ctx: Context, account: Account) -> list[Action]:
    """Every action about an account, newest first."""
    async with ctx.reading() as tx:
        return await list_actions_about(
            tx,
            account_id=account.id,
            page=EVER,
            warnings_since=ctx.now(),
            has_old_warnings=True,
        )


async def log_of(ctx: Context, account: Account) -> list[tuple[int | None, str, str]]:
    """Who did what about an account and why, oldest first."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT actor_account_id, verb, reason FROM audit_log "
            "WHERE subject_kind = 'account' AND subject_id = $1 ORDER BY id",
            str(account.id),
        )
    return [tuple(row) for row in rows]
