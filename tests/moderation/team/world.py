"""Teams in tests: a lead, members, and browsers that they are signed in with."""

import secrets

from tests.web.visit import PASSWORD, Visit, a_member
from watertower.accounts.steps.powers import separate_duties
from watertower.moderation.access.team import own_place
from watertower.moderation.actions.practice.practise import analyse, give_feedback
from watertower.moderation.actions.team.appoint import appoint_lead
from watertower.moderation.actions.team.papers import accept_paper
from watertower.moderation.model.team import SHIPPED
from watertower.moderation.queries.practice import insert_ticket, list_practice_analyses
from watertower.moderation.queries.team import update_membership
from watertower.moderation.steps.team import grant, join, stay_of


async def nobody_in_teams(ctx):
    """A community without teams: what tests before this one left is taken away."""
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET role_id = -99 WHERE role_id IN "
            "(1, 4, 5, 6, 7) OR role_id IN (SELECT id FROM roles WHERE id > 100)"
        )
        for table in (
            "team_memberships",
            "team_papers",
            "team_availability",
            "volunteer_lives",
            "break_glass",
            "power_findings",
            "positions",
            "teams",
        ):
            await tx.execute(f"DELETE FROM {table}")
        await tx.execute("TRUNCATE volunteer_calls CASCADE")
        await separate_duties(tx, are_separated=False)


async def browser(client, account):
    """A browser that this member is signed in with; `visit.me` is the account."""
    visit = Visit(client)
    answer = await visit.sign_in(account.username, PASSWORD)
    assert answer.status == 303, answer.text
    visit.me = account
    return visit


async def accept_all(ctx, account):
    """Accept the covenant and read the training of one's team."""
    place = await own_place(ctx, account_id=account.id)
    for paper, _ in place.papers:
        await accept_paper(ctx, account_id=account.id, name=paper.name, version=paper.version)


async def a_lead(ctx, client, team="moderation"):
    """The first lead of a team, with open powers; a browser."""
    account = await a_member(ctx)
    await appoint_lead(ctx, team=team, username=account.username)
    await accept_all(ctx, account)
    return await browser(client, account)


async def a_member_of(ctx, client, team="moderation", *, is_active=True, signs_in=True):
    """Somebody in a team, active at once; a browser, or the account alone."""
    account = await a_member(ctx)
    found = SHIPPED[team]
    async with ctx.transaction() as tx:
        await join(tx, at=ctx.now(), team=found, account_id=account.id, by=None)
        if is_active:
            stay = await stay_of(tx, account_id=account.id, team=team)
            await update_membership(
                tx,
                membership_id=stay.id,
                state="active",
                is_lead=False,
                role_id=found.member_role_id,
                at=ctx.now(),
                confirmed_at=ctx.now(),
            )
            await grant(
                tx,
                at=ctx.now(),
                account_id=account.id,
                role_id=found.member_role_id,
                by=None,
                team=team,
            )
    if is_active:
        await accept_all(ctx, account)
    return await browser(client, account) if signs_in else account


async def an_administrator(ctx, client):
    """A browser of an owner."""
    account = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 3 WHERE account_id = $1", account.id)
    return await browser(client, account)


async def a_ticket(ctx, lead, *, source_case_id=None):
    """A practice ticket without a case behind it."""
    async with ctx.transaction() as tx:
        return await insert_ticket(
            tx,
            source_case_id=source_case_id,
            title=f"Ticket {secrets.token_hex(3)}",
            situation=[{"what": "A post", "text": "Person A says something about Person B"}],
            outcome="warning",
            outcome_words="Asked to stop",
            language="en",
            is_graphic=False,
            by=lead.id,
            at=ctx.now(),
        )


async def practise_all(ctx, account, lead, count=10):
    """Write so many analyses and hear the lead about each."""
    for _ in range(count):
        ticket_id = await a_ticket(ctx, lead)
        await analyse(
            ctx,
            author_id=account.id,
            ticket_id=ticket_id,
            situation="A quarrel",
            would_do="Ask",
            would_not_do="Suspend",
            why="It is the least",
        )
        async with ctx.reading() as tx:
            found = await list_practice_analyses(tx, ticket_id=ticket_id, viewer_id=account.id)
        await give_feedback(ctx, author_id=lead.id, analysis_id=found[0]["id"], text="Good")


async def role_of(ctx, account):
    """The name of somebody's role."""
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT r.name FROM logins l JOIN roles r ON r.id = l.role_id WHERE l.account_id = $1",
            account.id,
        )


async def lines_about(ctx, account):
    """Verbs of the log about an account, oldest first."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE subject_kind = 'account' AND subject_id = $1 "
            "ORDER BY id",
            str(account.id),
        )
    return [row["verb"] for row in rows]
