"""Reports that cross servers, in both directions."""

from tests.world import a_status, an_account
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import Complaint
from watertower.statuses.model import Visibility


async def reports_about(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT r.comment, r.category, r.status_ids, r.uri, a.username FROM reports r "
            "JOIN accounts a ON a.id = r.account_id WHERE r.target_account_id = $1",
            account.id,
        )
    return [tuple(row) for row in rows]


async def test_a_flag_is_a_report_with_the_statuses_of_the_account(
    ctx, far, post, settle, outcome_of
):
    async with ctx.transaction() as tx:  # only the first reports of an hour call anybody
        await tx.execute("DELETE FROM reports")
    alice, other = await an_account(ctx), await an_account(ctx)
    seen = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    anothers = await a_status(ctx, by=other)
    moderator = await an_account(ctx, role_id=1)
    server = far.actor()
    flag = server.activity("Flag", [alice.uri, anothers.uri, seen.uri], content="Rude")

    await post(server, flag)
    await settle()

    assert await outcome_of(flag) == ("done", "")
    assert await reports_about(ctx, alice) == [
        ("Rude", "other", [seen.id], flag["id"], server.name)
    ]
    async with ctx.reading() as tx:
        told = await tx.fetch_all(
            "SELECT kind FROM notifications WHERE account_id = $1", moderator.id
        )
    assert [row["kind"] for row in told] == ["admin.report"]


async def test_a_flag_of_a_status_alone_is_about_its_author(ctx, far, post, settle):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    server = far.actor()
    flag = server.activity("Flag", status.uri)

    await post(server, flag)
    await post(server, flag)
    await settle()

    assert await reports_about(ctx, alice) == [("", "other", [status.id], flag["id"], server.name)]


async def test_a_flag_about_nobody_here_is_ignored(ctx, far, post, settle, outcome_of):
    server = far.actor()
    flag = server.activity("Flag", ["https://other.example/users/eve"])

    await post(server, flag)
    await settle()

    assert await outcome_of(flag) == ("ignored", "a report about nobody who is here")


async def test_a_forwarded_report_reaches_the_server_without_the_reporter_s_name(
    ctx, far, post, settle
):
    eve = far.actor()
    await post(eve, eve.activity("Create", eve.note("<p>Pills</p>")))
    await settle()
    async with ctx.reading() as tx:
        target_id = await tx.fetch_value("SELECT id FROM accounts WHERE uri = $1", eve.uri)
    reporter = await an_account(ctx)

    for is_forwarded in (False, True):
        await file_report(
            ctx,
            reporter_id=reporter.id,
            complaint=Complaint(target_id, comment="Spam", is_forwarded=is_forwarded),
        )
    await settle()

    flags = far.got("Flag")
    assert [(f["actor"], f["object"], f["content"]) for f in flags] == [
        (f"{ctx.settings.base_url}/actor", [eve.uri], "Spam")
    ]
    assert reporter.uri not in str(flags)
