"""The desk in tests: moderators, browsers that are signed in, reports to work on."""

import secrets

from tests.web.visit import PASSWORD, Visit, a_member
from tests.world import a_status, an_account
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import Complaint

MODERATOR, TRAINEE, LEAD, ADMIN, INFRASTRUCTURE = 1, 4, 5, 3, 6


async def a_moderator(ctx, client, role_id=MODERATOR):
    """A browser that somebody with this role is signed in with; `visit.me` is the account."""
    account = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET role_id = $2 WHERE account_id = $1", account.id, role_id
        )
    visit = Visit(client)
    answer = await visit.sign_in(account.username, PASSWORD)
    assert answer.status == 303, answer.text
    visit.me = account
    return visit


async def a_report(ctx, *, by=None, about=None, text="A hateful thing", **more):
    """(report id, case id, reporter, target, post)."""
    reporter, target = by or await an_account(ctx), about or await an_account(ctx)
    post = await a_status(ctx, by=target, text=text)
    values = {"comment": "This hurts people", "status_ids": [post.id], **more}
    number = await file_report(
        ctx,
        reporter_id=reporter.id,
        complaint=Complaint(target.id, **values),
        once_key=secrets.token_hex(8),
    )
    return number, await case_of(ctx, number), reporter, target, post


async def case_of(ctx, report_id):
    """The case a report belongs to."""
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT case_id FROM reports WHERE id = $1", report_id)


async def column(ctx, case_id, name):
    """A column of a case."""
    async with ctx.reading() as tx:
        return await tx.fetch_value(f"SELECT {name} FROM cases WHERE id = $1", case_id)


async def verbs(ctx, case_id):
    """What the log says happened, oldest first."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE case_id = $1 ORDER BY id", case_id
        )
    return [row["verb"] for row in rows]
