"""An account's page on the desk: all that a moderator needs to decide, and nothing unasked.

Addresses and IPs are shown only on demand, and every look at them is logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.model import Account, Rule, Viewer
from watertower.accounts.queries.accounts import find_account, find_account_by_handle
from watertower.accounts.queries.rules import list_rules
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.access.dossiers import dossiers_by_id
from watertower.moderation.access.standing import actions_about, purge_date
from watertower.moderation.model.dossiers import Dossier
from watertower.moderation.model.standing import Action, CaseNote
from watertower.moderation.queries.dossiers import list_dossiers
from watertower.moderation.queries.standing import list_cases_about
from watertower.moderation.steps.log import log
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.of_account import Choice, list_of_account

NEWEST = Page(limit=20)
ACTIONS = Page(limit=100)


@dataclass(frozen=True)
class StaffAccount:
    """What the page shows. `cases` only for whoever may read cases."""

    account: Account
    dossier: Dossier
    actions: Sequence[Action]
    names: dict[int, str]  # handles of who acted, by account
    cases: Sequence[CaseNote]
    purged_at: datetime | None
    is_held: bool


async def staff_account(
    ctx: Context, *, viewer: Viewer, account_id: int, may_read_cases: bool
) -> StaffAccount:
    """One account. Raises AccountNotFound, also for one's own: nobody decides about themselves."""
    me = viewer.account_id or 0
    async with ctx.reading() as tx:
        account = await find_account(tx, account_id=account_id)
        if account is None or account_id <= 0 or account_id == me:
            raise AccountNotFound
        dossiers = await list_dossiers(tx, account_ids=[account_id])
        cases = (
            await list_cases_about(tx, viewer_id=me, account_id=account_id)
            if may_read_cases
            else []
        )
    actions = await actions_about(ctx, viewer_id=me, account_id=account_id, page=ACTIONS)
    people = await dossiers_by_id(
        ctx,
        account_ids=sorted(
            {
                one
                for action in actions
                for one in (action.actor_account_id, action.undone_by_account_id)
                if one is not None
            }
        ),
    )
    purged_at, is_held = await purge_date(ctx, account_id=account_id)
    return StaffAccount(
        account=account,
        dossier=dossiers[account_id],
        actions=actions,
        names={one: f"@{found.username}" for one, found in people.items()},
        cases=cases,
        purged_at=purged_at,
        is_held=is_held,
    )


async def look_at_address(ctx: Context, *, viewer_id: int, account_id: int) -> Dossier:
    """Address and IPs of a member, on demand. The look is logged before anything is shown."""
    if viewer_id == account_id:
        raise AccountNotFound
    async with ctx.transaction() as tx:
        found = await list_dossiers(tx, account_ids=[account_id])
        if account_id not in found:
            raise AccountNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read address",
            subject=("account", account_id),
        )
    return found[account_id]


async def what_to_act_on(
    ctx: Context, *, viewer: Viewer, account_id: int
) -> tuple[Account, list[StatusLine], list[Rule]]:
    """For the form: the account, its newest posts that the moderator may see, the rules."""
    async with ctx.reading() as tx:
        account = await find_account(tx, account_id=account_id)
        if account is None or account_id <= 0 or account_id == viewer.account_id:
            raise AccountNotFound
        lines = await list_of_account(
            tx,
            viewer_id=viewer.account_id,
            account_id=account_id,
            choice=Choice(excludes_reblogs=True, excludes_direct=True),
            page=NEWEST,
        )
        return account, lines, await list_rules(tx)


async def accounts_named(ctx: Context, *, handles: Sequence[str]) -> tuple[list[int], list[str]]:
    """Ids of these handles, and the handles that nobody here knows."""
    own = ctx.settings.server.domain.lower()
    ids, unknown = [], []
    async with ctx.reading() as tx:
        for handle in handles:
            username, _, domain = handle.removeprefix("@").partition("@")
            account = await find_account_by_handle(
                tx, username=username, domain=None if domain.lower() in {"", own} else domain
            )
            if account is None or account.deleted_at is not None:
                unknown.append(handle)
            else:
                ids.append(account.id)
    return ids, unknown
