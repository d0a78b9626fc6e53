"""Practice tickets: closed cases without people, own words first, and nothing can be done."""

from tests.moderation.desk import a_report
from tests.moderation.team.world import a_lead, a_member_of, a_ticket, accept_all
from tests.world import a_token, an_account
from watertower.moderation.model.anonymous import anonymous, letters
from watertower.moderation.steps.cases import close_case, record_outcome


def test_people_addresses_links_and_numbers_are_taken_out():
    called = letters(
        [("mallory", None, "Mallory the Great"), ("bob", "elsewhere.test", "B"), ("al", None, "Al")]
    )
    assert anonymous(
        "@mallory told @bob@elsewhere.test and @carol that MALLORY THE GREAT is at "
        "https://example.test/@mallory or mallory@mail.test, +49 170 1234567. Mallory knows, "
        "also does 2 others.",
        called,
    ) == (
        "Person A told Person B and somebody that Person A is at [a link] or [an address], "
        "[a number]. Person A knows, also does 2 others."
    )


async def a_closed_case(ctx, *, text):
    reporter = await an_account(ctx)
    target = await an_account(ctx)
    _, case_id, *_ = await a_report(
        ctx,
        by=reporter,
        about=target,
        text=text.format(target=target.username),
        comment=f"@{target.username} hurt me, says {reporter.username}",
    )
    async with ctx.transaction() as tx:
        await record_outcome(
            tx,
            at=ctx.now(),
            case_id=case_id,
            outcome="warning",
            reason=f"@{target.username} was asked to stop",
        )
        await close_case(tx, at=ctx.now(), case_id=case_id, actor_id=None)
    return case_id, reporter, target


async def test_a_ticket_is_a_copy_of_a_closed_case_without_people(ctx, client):
    lead = await a_lead(ctx, client)
    case_id, reporter, target = await a_closed_case(ctx, text="I, {target}, say no")
    await lead.get("/desk/practice")
    made = await lead.submit(
        "/desk/practice", case_id=str(case_id), title="A no", lesson="Ask before"
    )
    assert made.status == 303, made.text
    at = made.headers["location"]
    shown = (await lead.get(at)).text
    for person in (reporter, target):
        assert person.username not in shown
    assert "I, Person" in shown
    assert "was asked to stop" in shown
    assert "Ask before" in shown
    # The same case again is the same ticket.
    await lead.get("/desk/practice")
    again = await lead.submit("/desk/practice", case_id=str(case_id))
    assert again.headers["location"] == at
    # An open case is not practised on.
    _, open_id, *_ = await a_report(ctx)
    await lead.get("/desk/practice")
    assert (await lead.submit("/desk/practice", case_id=str(open_id))).status == 422


async def test_what_is_not_public_is_never_copied(ctx, client):
    lead = await a_lead(ctx, client)
    case_id, *_ = await a_closed_case(ctx, text="Hidden words")
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE evidence SET is_private = true WHERE case_id = $1", case_id)
    await lead.get("/desk/practice")
    made = await lead.submit("/desk/practice", case_id=str(case_id))
    assert "Hidden words" not in (await lead.get(made.headers["location"])).text


async def test_feedback_of_the_lead_and_of_the_group_but_not_of_oneself(ctx, client):
    lead = await a_lead(ctx, client)
    trainee = await a_member_of(ctx, client, is_active=False)
    ticket_id = await a_ticket(ctx, lead.me)
    token = await a_token(ctx, trainee.me)
    api = client.signed_in(token)
    at = f"/api/watertower/v1/practice/{ticket_id}"
    assert (await api.get(at)).json["analyses"] is None
    words = {"situation": "A", "would_do": "B", "would_not_do": "C", "why": "D"}
    written = (await api.post(f"{at}/analysis", json=words)).json
    assert written["outcome"] == "warning"
    mine = written["analyses"][0]["id"]
    assert (
        await api.post(f"{at}/feedback", json={"analysis_id": mine, "text": "Well done, me"})
    ).status == 403

    page = f"/desk/practice/{ticket_id}"
    await lead.get(page)
    for _ in range(2):  # sent twice, kept once
        said = await lead.submit(f"{page}/feedback", analysis_id=mine, text="See also the thread")
        assert said.status == 303
        await lead.get(page)
    found = (await api.get(at)).json["analyses"][0]["feedback"]
    assert found == [{"author": lead.me.username, "lead": True, "text": "See also the thread"}]
    assert "1 of 10 tickets" in (await trainee.get("/account/volunteering")).text


async def test_nobody_outside_the_team_practises(ctx, client):
    lead = await a_lead(ctx, client)
    keeper = await a_member_of(ctx, client, "infrastructure")
    ticket_id = await a_ticket(ctx, lead.me)
    assert (await keeper.get(f"/desk/practice/{ticket_id}")).status == 404
    await accept_all(ctx, keeper.me)
    assert (await keeper.get("/desk/practice")).status == 404


async def test_a_practice_ticket_touches_no_case_no_account_and_no_evidence(ctx, client):
    lead = await a_lead(ctx, client)
    case_id, _, target = await a_closed_case(ctx, text="No")
    await lead.get("/desk/practice")
    made = await lead.submit("/desk/practice", case_id=str(case_id))
    ticket_id = made.headers["location"].rsplit("/", 1)[1]
    tables = ("cases", "moderation_actions", "evidence", "case_analyses", "case_messages")

    async def counts():
        async with ctx.reading() as tx:
            return [await tx.fetch_value(f"SELECT count(*) FROM {name}") for name in tables]

    before = await counts()
    trainee = await a_member_of(ctx, client, is_active=False)
    at = f"/desk/practice/{ticket_id}"
    await trainee.get(at)
    words = {"situation": "A", "would_do": "suspend", "would_not_do": "C", "why": "D"}
    assert (await trainee.submit(at, **words)).status == 303
    assert await counts() == before
    async with ctx.reading() as tx:
        assert await tx.fetch_value(
            "SELECT suspended_at IS NULL FROM accounts WHERE id = $1", target.id
        )
