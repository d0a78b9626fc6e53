"""The desk's pages about servers, as moderators without scripts use them, and members' pages."""

import re
from datetime import timedelta

from tests.moderation.servers.world import a_domain, a_moderator, a_role, follows
from tests.web.visit import Visit, a_member
from tests.world import an_account


async def desk(ctx, client, role=None):
    """A browser with a moderator signed in."""
    member = await a_member(ctx, role_id=role or await a_role(ctx))
    visit = Visit(client)
    assert (await visit.sign_in(member.username)).status == 303
    return visit, member


async def test_a_suspension_from_its_preview_to_the_members_page(ctx, client, drain):
    domain = a_domain()
    ann = await a_member(ctx)
    far = await an_account(ctx, domain=domain)
    await follows(ctx, ann, far)
    visit, _ = await desk(ctx, client)

    seen = await visit.get(f"/desk/servers/{domain}/decide")
    assert "in all 1 follows of 1 accounts" in seen.text
    refused = await visit.submit(f"/desk/servers/{domain}/decide", severity="suspend")
    assert refused.status == 422
    assert "Reason" in refused.text
    done = await visit.submit(
        f"/desk/servers/{domain}/decide",
        severity="suspend",
        covers_subdomains="1",
        private_comment="Spam from everybody there",
        public_comment="Spam",
        publicity="listed_with_reason",
    )
    assert done.headers["location"].endswith(f"/desk/servers/{domain}?note=decided")
    await drain()
    shown = await visit.get(f"/desk/servers/{domain}")
    assert "Spam from everybody there" in shown.text
    assert "1 relationships are kept aside" in shown.text

    member = Visit(client)
    await member.sign_in(ann.username)
    told = (await member.get(f"/servers/{domain}")).text
    assert "Suspended" in told
    assert "Spam from everybody" not in told
    lost = (await member.get("/settings/severed")).text
    path = re.search(r"/settings/severed/\d+", lost)[0]
    assert f"{far.username}@{domain}" in (await member.get(path)).text
    file = await member.get(f"{path}/following.csv")
    assert file.text.splitlines()[1] == f"{far.username}@{domain},true,false,"
    other = Visit(client)
    await other.sign_in((await a_member(ctx)).username)
    assert (await other.get(path)).status == 404
    assert (await other.get(f"{path}/following.csv")).status == 404

    await visit.get(f"/desk/servers/{domain}")
    lifted = await visit.submit(f"/desk/servers/{domain}/lift", reason="They cleaned up")
    assert lifted.headers["location"].endswith("note=lifted")
    await drain()
    again = await visit.get(f"/desk/servers/{domain}")
    assert "Nothing special." in again.text
    assert "Spam from everybody there" in again.text  # the record stays


async def test_a_server_that_never_came_is_watched_and_not_cut_off_by_accident(ctx, client):
    domain = a_domain("new")
    visit, _ = await desk(ctx, client)
    await visit.get(f"/desk/servers/{domain}/decide")

    refused = await visit.submit(
        f"/desk/servers/{domain}/decide", severity="suspend", private_comment="Heard of it"
    )
    assert refused.status == 422
    assert "never federated with us" in refused.text
    await visit.get(f"/desk/servers/{domain}")
    await visit.submit(
        f"/desk/servers/{domain}/marks", is_watched="1", watched_reason="Announced in July"
    )
    listed = (await visit.get("/desk/servers?shown=watched")).text
    assert domain in listed


async def test_a_suspension_by_one_waits_for_a_second_look(ctx, client, clock):
    domain = a_domain()
    await an_account(ctx, domain=domain)
    first, _ = await desk(ctx, client)
    second, _ = await desk(ctx, client)
    await first.get(f"/desk/servers/{domain}/decide")
    await first.submit(
        f"/desk/servers/{domain}/decide", severity="suspend", private_comment="At once"
    )
    own = await first.get("/desk/servers/waiting")
    assert domain in own.text
    async with ctx.reading() as tx:
        decision_id = await tx.fetch_value(
            "SELECT id FROM server_decisions WHERE domain = $1", domain
        )
    agree = f"/desk/servers/decisions/{decision_id}/agree"
    assert f'action="{agree}"' not in own.text
    clock.ahead = timedelta(hours=25)
    late = await second.get("/desk/servers/waiting")
    assert "(overdue)" in late.text
    assert (await second.submit(agree)).status == 303
    assert domain not in (await second.get("/desk/servers/waiting")).text


async def test_a_member_asks_and_is_answered_on_the_page_and_by_mail(ctx, client, drain, mails):
    domain = a_domain()
    await an_account(ctx, domain=domain)
    ann = await a_member(ctx)
    member = Visit(client)
    await member.sign_in(ann.username)
    await member.get(f"/servers/{domain}")
    await member.submit(f"/servers/{domain}", text="My friends are there", kind="reconsider")
    await member.submit(f"/servers/{domain}", text="My friends are there", kind="reconsider")
    assert "received, answer by" in (await member.get(f"/servers/{domain}")).text
    visit, _ = await desk(ctx, client)
    page = (await visit.get(f"/desk/servers/{domain}")).text
    assert page.count("My friends are there") == 1
    action = re.search(r"/desk/servers/requests/\d+", page)[0]

    done = await visit.submit(action, outcome="kept", answer="We looked: the spam goes on.")

    assert done.status == 303
    await drain()
    answered = (await member.get(f"/servers/{domain}")).text
    assert "We looked: the spam goes on." in answered
    async with ctx.reading() as tx:
        email = await tx.fetch_value("SELECT email FROM logins WHERE account_id = $1", ann.id)
    assert any("We looked" in mail.text for mail in mails.to(email))


async def test_notices_go_to_published_addresses_only_and_once(ctx, client, drain, mails):
    domain = a_domain()
    await an_account(ctx, domain=domain)
    visit, _ = await desk(ctx, client)
    base = f"/desk/servers/{domain}"
    await visit.get(base)
    await visit.submit(f"{base}/contacts", address=f"staff@{domain}", source="their about page")
    await visit.get(base)
    refused = await visit.submit(f"{base}/notices", to="owner@else.example", text="Hello")
    assert refused.status == 422
    for _ in range(2):
        await visit.get(base)
        await visit.submit(f"{base}/notices", to=f"staff@{domain}", text="You run an old version.")
    await drain()

    assert [mail.to for mail in mails.mails] == [f"staff@{domain}"]
    assert "You run an old version." in (await visit.get(base)).text


async def test_who_only_reviews_sees_and_does_not_decide(ctx, client):
    domain = a_domain()
    await an_account(ctx, domain=domain)
    async with ctx.transaction() as tx:
        role = await tx.fetch_value(
            "INSERT INTO roles (name, position, permissions) VALUES ('Reviewer', 5, $1) "
            "ON CONFLICT (name) DO UPDATE SET position = 5 RETURNING id",
            1 << 35,
        )
    visit, _ = await desk(ctx, client, role)

    assert (await visit.get(f"/desk/servers/{domain}")).status == 200
    assert (await visit.get(f"/desk/servers/{domain}/decide")).status == 404
    outsider = Visit(client)
    await outsider.sign_in((await a_member(ctx)).username)
    for path in ("/desk/servers", f"/desk/servers/{domain}", "/desk/servers/waiting"):
        assert (await outsider.get(path)).status == 404


async def test_the_list_takes_as_many_queries_for_three_as_for_one(ctx, client, queries):
    word = a_domain().split(".")[0]
    await an_account(ctx, domain=f"{word}.one.example")
    visit, _ = await desk(ctx, client)
    await visit.get("/desk/servers")
    queries.clear()
    await visit.get(f"/desk/servers?q={word}")
    one = len(queries)
    for name in ("two", "three"):
        await an_account(ctx, domain=f"{word}.{name}.example")
    queries.clear()

    listed = await visit.get(f"/desk/servers?q={word}")

    assert len(queries) == one
    assert listed.text.count(f"/desk/servers/{word}.") == 3


async def test_a_decision_for_a_time_ends_by_the_clock(ctx, drain, clock):
    from watertower.accounts.queries.server_policies import find_policy
    from watertower.moderation.actions.servers.decide import decide
    from watertower.moderation.jobs.server_clocks import end_server_decisions
    from watertower.moderation.model.servers import Choice

    domain = a_domain()
    await an_account(ctx, domain=domain)
    actor = await a_moderator(ctx)
    await decide(
        ctx,
        actor_id=actor.id,
        choice=Choice(
            domain,
            severity="limit",
            private_comment="A week",
            ends_at=ctx.now() + timedelta(days=7),
        ),
    )
    clock.ahead = timedelta(days=7, minutes=1)

    await end_server_decisions.run(ctx)
    await end_server_decisions.run(ctx)

    async with ctx.reading() as tx:
        assert await find_policy(tx, domain=domain) is None


async def test_staff_elsewhere_ask_by_a_form_and_are_answered_by_mail(ctx, client, drain, mails):
    """Incident 7.2."""
    domain = a_domain()
    await an_account(ctx, domain=domain)
    stranger = Visit(client)
    await stranger.get(f"/servers/{domain}")
    wrong = await stranger.submit(f"/servers/{domain}", text="Why?", address="nobody")
    assert wrong.status == 422
    for _ in range(2):
        asked = await stranger.submit(
            f"/servers/{domain}", text="Why?", address=f"staff@{domain}", kind="reconsider"
        )
        assert asked.status == 303
    visit, _ = await desk(ctx, client)
    page = (await visit.get(f"/desk/servers/{domain}")).text
    assert page.count("asks to decide again") == 1
    action = re.search(r"/desk/servers/requests/\d+", page)[0]

    await visit.submit(action, outcome="changed", answer="It was our mistake.")
    await drain()

    assert ["It was our mistake." in mail.text for mail in mails.to(f"staff@{domain}")] == [True]
    assert "Why?" not in (await stranger.get(f"/servers/{domain}")).text


async def test_a_concern_is_counted_on_the_review_s_server(ctx, client):
    domain = a_domain()
    await an_account(ctx, domain=domain)
    for _ in range(2):
        member = Visit(client)
        await member.sign_in((await a_member(ctx)).username)
        await member.get(f"/servers/{domain}")
        await member.submit(f"/servers/{domain}", text="I do not trust them", kind="concern")
    visit, _ = await desk(ctx, client)

    page = (await visit.get(f"/desk/servers/{domain}")).text

    assert "2 concerns and 0 requests" in page


async def test_the_numbers_by_month_are_published(ctx, client, drain):
    from watertower.moderation.actions.servers.decide import decide
    from watertower.moderation.actions.servers.lift import lift
    from watertower.moderation.model.servers import Choice

    actor = await a_moderator(ctx)
    public = Visit(client)

    async def totals():
        text = (await public.get("/servers")).text
        return [
            int(one)
            for one in re.search(
                r"In all (\d+) limited, (\d+) suspended and (\d+) restored", text
            ).groups()
        ]

    before = await totals()
    for severity in ("limit", "suspend", "suspend"):
        domain = a_domain()
        await decide(
            ctx,
            actor_id=actor.id,
            choice=Choice(domain, severity=severity, private_comment="Because"),
            in_advance=True,
        )
    await lift(ctx, actor_id=actor.id, domain=domain, reason="Mistake")

    after = await totals()

    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 2, 1]
    assert domain not in (await public.get("/servers")).text


async def test_deadlines_of_answers_and_second_looks_remind_who_decides(
    ctx, client, drain, clock, mails
):
    from watertower.moderation.actions.servers.ask import ask
    from watertower.moderation.actions.servers.decide import decide
    from watertower.moderation.jobs.server_clocks import run_server_clocks
    from watertower.moderation.model.servers import Choice

    asked, cut = a_domain("asked"), a_domain("cut")
    first, _ = await a_moderator(ctx), await a_moderator(ctx)
    member = await an_account(ctx)
    await ask(ctx, domain=asked, text="Please look again", account_id=member.id)
    await decide(
        ctx,
        actor_id=first.id,
        choice=Choice(cut, severity="suspend", private_comment="At once"),
        in_advance=True,
    )

    async def reminded():
        mails.mails.clear()
        for _ in range(2):
            await run_server_clocks.run(ctx)
        await drain()
        return sorted(
            {mail.subject for mail in mails.mails if asked in mail.subject or cut in mail.subject}
        )

    assert await reminded() == []
    clock.ahead = timedelta(hours=13)
    assert [one.partition(" is due")[0] for one in await reminded()] == [f"A second look at {cut}"]
    clock.ahead = timedelta(hours=25)
    assert await reminded() == [f"A second look at {cut} is overdue"]
    for days in (15, 27):
        clock.ahead = timedelta(days=days, minutes=1)
        assert [one.partition(" is due")[0] for one in await reminded()] == [
            f"An answer about {asked}"
        ]
    clock.ahead = timedelta(days=30, minutes=1)
    assert await reminded() == [f"An answer about {asked} is overdue"]
    assert await reminded() == []
