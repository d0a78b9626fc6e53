"""What somebody needs to see while writing a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.model import Account, Viewer
from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.moderation.model.report_form import Offered
from watertower.moderation.queries.report_form import (
    find_server_worry,
    list_other_servers,
    list_recent_for_report,
)
from watertower.moderation.queries.reports import count_reports_since
from watertower.moderation.steps.case_policy import case_policy
from watertower.statuses.access.statuses import status_for


@dataclass(frozen=True)
class ReportForm:
    """Whom the report is about, and what can be named in it."""

    account: Account | None
    status_id: int | None
    posts: Sequence[Offered]
    other_servers: Sequence[str]  # of people these posts speak to
    worry: str  # why their server should perhaps not be told; empty: nothing known


async def report_form(
    ctx: Context, *, viewer: Viewer, account_id: int | None, status_id: int | None
) -> ReportForm:
    """The form for a post or an account. Raises AccountNotFound, StatusNotFound."""
    assert viewer.account_id is not None  # noqa: S101  # the page needs a member
    async with ctx.reading() as tx:
        if status_id is not None:
            status = await status_for(tx, viewer_id=viewer.account_id, status_id=status_id)
            account_id = status.account_id
        account = account_id and await find_account(tx, account_id=account_id)
        if not account or account.deleted_at is not None or account.is_suspended:
            raise AccountNotFound
        posts = await list_recent_for_report(
            tx, viewer_id=viewer.account_id, account_id=account.id, status_id=status_id
        )
        servers, worry = [], ""
        if account.domain is not None:
            servers = await list_other_servers(
                tx, status_ids=[post.id for post in posts], except_domain=account.domain
            )
            worry = await find_server_worry(tx, domain=account.domain)
    return ReportForm(account, status_id, posts, servers, worry)


async def files_many(ctx: Context, *, account_id: int) -> bool:
    """Whether somebody filed many reports within a day: thanked, and reminded to rest."""
    async with ctx.reading() as tx:
        policy = await case_policy(tx)
        count = await count_reports_since(
            tx, account_id=account_id, since=ctx.now() - timedelta(days=1)
        )
    return count >= policy.many_reports
