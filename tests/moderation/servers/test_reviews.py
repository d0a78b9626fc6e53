"""W15 and incident 19: a server is watched, reviewed, decided about, announced, watched on."""

from datetime import timedelta

import pytest

from tests.moderation.servers.test_pages import desk
from tests.moderation.servers.world import a_domain, a_moderator, follows
from tests.world import an_account
from watertower.accounts.actions.remember_account import remember_account
from watertower.accounts.queries.server_policies import find_policy
from watertower.accounts.queries.site import set_site_setting
from watertower.accounts.received import ReceivedAccount
from watertower.moderation.access.server_reviews import criteria_in_force, review_for, reviews_of
from watertower.moderation.actions.servers.conclude import (
    note_announced,
    note_blogged,
    watch_on,
)
from watertower.moderation.actions.servers.criteria import change_criteria
from watertower.moderation.actions.servers.mark import mark_server
from watertower.moderation.actions.servers.policy_texts import take_policy
from watertower.moderation.actions.servers.review import (
    add_finding,
    agree_to_proposal,
    begin_research,
    decide_in_emergency,
    open_review,
    propose,
)
from watertower.moderation.errors.server_reviews import (
    AgreedAlready,
    CriteriaMissing,
    NoServerFinding,
    SellsData,
    SmallServer,
    WrongState,
)
from watertower.moderation.jobs.server_clocks import run_review_clocks
from watertower.moderation.jobs.server_policies import look_at_policies
from watertower.moderation.model.server_reviews import Proposal


async def researched(ctx, domain, actor, **more):
    review_id = await open_review(
        ctx, actor_id=actor.id, domain=domain, cause="research", reason="Heard of it", **more
    )
    await begin_research(ctx, actor_id=actor.id, review_id=review_id)
    return review_id


async def state(ctx, review_id):
    return (await review_for(ctx, review_id=review_id)).review.state


async def meets(ctx, drain, domain):
    """The first account of a server is fetched."""
    uri = f"https://{domain}/users/first"
    await remember_account(
        ctx,
        received=ReceivedAccount(
            uri=uri,
            url=uri,
            username="first",
            domain=domain,
            actor_type="Person",
            inbox_url=f"{uri}/inbox",
        ),
    )
    await drain()


async def test_first_contact_of_a_watched_server_opens_a_review_and_its_clock(ctx, client, drain):
    """Incident 19.1."""
    domain, actor = a_domain("threads"), await a_moderator(ctx)
    await mark_server(
        ctx,
        actor_id=actor.id,
        domain=domain,
        marks={"is_watched": True, "is_high_impact": True, "watched_reason": "Announced"},
    )
    assert await reviews_of(ctx, domain=domain) == []

    await meets(ctx, drain, domain)
    await meets(ctx, drain, domain)

    (review,) = await reviews_of(ctx, domain=domain)
    assert (review.cause, review.state, review.is_high_impact) == ("first_contact", "opened", True)
    assert review.act_by - review.created_at == timedelta(days=14)
    visit, _ = await desk(ctx, client)
    page = (await visit.get(f"/desk/servers/reviews/{review.id}")).text
    assert "A draft: “We are looking at" in page


async def test_where_newcomers_are_held_a_new_server_begins_limited(ctx, drain):
    domain = a_domain("new")
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "first_contact", "hold")

    await meets(ctx, drain, domain)

    async with ctx.reading() as tx:
        assert (await find_policy(tx, domain=domain)).severity == "limit"


async def test_the_clock_reminds_and_a_breach_is_recorded(ctx, drain, clock, mails):
    """Incident 19.2."""
    domain, actor = a_domain(), await a_moderator(ctx)
    review_id = await open_review(
        ctx,
        actor_id=actor.id,
        domain=domain,
        cause="research",
        reason="Promised",
        is_promised=True,
    )

    async def reminded():
        mails.mails.clear()
        for _ in range(2):
            await run_review_clocks.run(ctx)
        await drain()
        return {mail.subject for mail in mails.mails if domain in mail.subject}

    assert await reminded() == set()
    clock.ahead = timedelta(days=10)
    assert [one.startswith("A decision about") for one in await reminded()] == [True]
    assert await reminded() == set()
    clock.ahead = timedelta(days=13)
    assert len(await reminded()) == 1
    clock.ahead = timedelta(days=14, minutes=1)
    assert await reminded() == {f"A decision about {domain} is overdue"}
    assert (await review_for(ctx, review_id=review_id)).review.act_breached_at is not None
    assert await state(ctx, review_id) == "opened"  # a clock that runs out sanctions nobody


async def test_a_small_server_is_acted_on_account_by_account(ctx):
    """Incident 19.4."""
    domain, actor = a_domain(), await a_moderator(ctx)
    for _ in range(9):
        await an_account(ctx, domain=domain)
    review_id = await researched(ctx, domain, actor)
    criteria = (await criteria_in_force(ctx))[:1]
    wanted = Proposal("suspend", "All of it", criteria)
    with pytest.raises(NoServerFinding):
        await propose(ctx, actor_id=actor.id, review_id=review_id, proposal=wanted)
    for _ in range(2):
        await add_finding(
            ctx,
            actor_id=actor.id,
            review_id=review_id,
            is_server_level=True,
            text="Its rules invite harassment",
            url="https://x.example/about",
        )
    found = await review_for(ctx, review_id=review_id)
    assert len(found.findings) == 1
    assert found.findings[0].evidence_id is not None
    with pytest.raises(SmallServer):
        await propose(ctx, actor_id=actor.id, review_id=review_id, proposal=wanted)
    with pytest.raises(CriteriaMissing):
        await propose(
            ctx, actor_id=actor.id, review_id=review_id, proposal=Proposal("suspend", "All")
        )

    await propose(
        ctx,
        actor_id=actor.id,
        review_id=review_id,
        proposal=Proposal("suspend", "One ideology", criteria, is_cohesive=True),
    )

    assert await state(ctx, review_id) == "proposed"


async def test_two_agree_and_then_it_is_done_announced_and_written_about(ctx, drain, clock):
    domain = a_domain()
    first, second = await a_moderator(ctx), await a_moderator(ctx)
    ann = await an_account(ctx)
    far = await an_account(ctx, domain=domain)
    await follows(ctx, ann, far)
    await mark_server(ctx, actor_id=first.id, domain=domain, marks={"is_high_impact": True})
    review_id = await researched(ctx, domain, first)
    with pytest.raises(WrongState):
        await agree_to_proposal(ctx, actor_id=second.id, review_id=review_id)
    await add_finding(
        ctx,
        actor_id=first.id,
        review_id=review_id,
        is_server_level=True,
        text="Spam from everywhere there",
        url="",
    )
    criteria = [one for one in await criteria_in_force(ctx) if "spam" in one]
    await propose(
        ctx,
        actor_id=first.id,
        review_id=review_id,
        proposal=Proposal("suspend", "It will not stop", criteria, override_reason="All of it"),
    )
    with pytest.raises(AgreedAlready):
        await agree_to_proposal(ctx, actor_id=first.id, review_id=review_id)

    assert await agree_to_proposal(ctx, actor_id=second.id, review_id=review_id) is True
    await drain()

    async with ctx.reading() as tx:
        policy = await find_policy(tx, domain=domain)
        decision = await tx.fetch_one(
            "SELECT criteria, confirm_by, review_id, effect->>'following_members' AS lost "
            "FROM server_decisions WHERE id = $1",
            policy.decision_id,
        )
    assert policy.severity == "suspend"
    assert (decision["criteria"], decision["confirm_by"]) == (criteria, None)
    assert (decision["review_id"], decision["lost"]) == (review_id, "1")
    review = (await review_for(ctx, review_id=review_id)).review
    assert review.blog_by - review.decided_at == timedelta(days=30)
    with pytest.raises(WrongState):
        await note_blogged(ctx, actor_id=first.id, review_id=review_id)
    await note_announced(ctx, actor_id=first.id, review_id=review_id)
    with pytest.raises(WrongState):  # the article is still owed
        await watch_on(ctx, actor_id=first.id, review_id=review_id, signs="")
    # Incident 19.3: an overdue article escalates.
    clock.ahead = timedelta(days=31)
    await run_review_clocks.run(ctx)
    assert (await review_for(ctx, review_id=review_id)).review.blog_breached_at is not None
    await note_blogged(ctx, actor_id=first.id, review_id=review_id)
    await watch_on(ctx, actor_id=first.id, review_id=review_id, signs="New owners")
    assert await state(ctx, review_id) == "monitoring"

    clock.ahead = timedelta(days=31 + 181)
    await run_review_clocks.run(ctx)

    again = (await reviews_of(ctx, domain=domain))[0]
    assert (again.cause, again.reason, again.state) == ("next_review", "New owners", "opened")


async def test_an_emergency_is_decided_by_one_and_looked_at_by_another(ctx, drain):
    domain = a_domain()
    first, _ = await a_moderator(ctx), await a_moderator(ctx)
    review_id = await researched(ctx, domain, first)
    await add_finding(
        ctx, actor_id=first.id, review_id=review_id, is_server_level=True, text="Attack", url=""
    )
    await propose(
        ctx,
        actor_id=first.id,
        review_id=review_id,
        proposal=Proposal(
            "suspend", "Now", (await criteria_in_force(ctx))[:1], override_reason="Attack"
        ),
    )

    await decide_in_emergency(ctx, actor_id=first.id, review_id=review_id)

    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT confirm_by - created_at AS within FROM server_decisions WHERE review_id = $1",
            review_id,
        )
    assert row["within"] == timedelta(hours=24)


async def test_while_a_server_sells_data_federating_is_no_outcome(ctx):
    domain, actor = a_domain(), await a_moderator(ctx)
    await mark_server(ctx, actor_id=actor.id, domain=domain, marks={"sells_data": True})
    review_id = await researched(ctx, domain, actor)

    for outcome in ("federate", "monitor"):
        with pytest.raises(SellsData):
            await propose(
                ctx,
                actor_id=actor.id,
                review_id=review_id,
                proposal=Proposal(outcome, "It is nice"),
            )


async def test_a_change_of_its_own_rules_reopens_the_review(ctx, far, clock):
    """Incident 19.5."""
    actor = await a_moderator(ctx)
    review_id = await researched(ctx, far.host, actor)
    far.documents["/terms"] = {"text": "We keep little."}
    assert await take_policy(
        ctx, actor_id=actor.id, review_id=review_id, kind="terms", url=f"{far.base}/terms"
    )
    assert not await take_policy(
        ctx, actor_id=actor.id, review_id=review_id, kind="terms", url=f"{far.base}/terms"
    )
    await propose(
        ctx, actor_id=actor.id, review_id=review_id, proposal=Proposal("monitor", "It is small")
    )
    second = await a_moderator(ctx)
    await agree_to_proposal(ctx, actor_id=second.id, review_id=review_id)
    await note_announced(ctx, actor_id=actor.id, review_id=review_id)
    await watch_on(ctx, actor_id=actor.id, review_id=review_id, signs="")
    await look_at_policies.run(ctx)
    assert len(await reviews_of(ctx, domain=far.host)) == 1
    far.documents["/terms"] = {"text": "We keep everything."}

    await look_at_policies.run(ctx)

    again = (await reviews_of(ctx, domain=far.host))[0]
    assert (again.cause, again.state) == ("policy_change", "opened")
    shown = await review_for(ctx, review_id=again.id)
    assert ["everything" in one.text for one in shown.texts] == [True, False]


async def test_many_actions_against_accounts_of_a_server_open_a_review(ctx):
    domain, actor = a_domain(), await a_moderator(ctx)
    async with ctx.transaction() as tx:
        for n in range(10):
            bad = await an_account(ctx, domain=domain)
            await tx.execute(
                "INSERT INTO moderation_actions (kind, target_account_id, actor_account_id, "
                "created_at) VALUES ('limit', $1, $2, $3)",
                bad.id,
                actor.id,
                ctx.now() - timedelta(days=n),
            )

    for _ in range(2):
        await run_review_clocks.run(ctx)

    (review,) = await reviews_of(ctx, domain=domain)
    assert review.cause == "actions"
    (finding,) = (await review_for(ctx, review_id=review.id)).findings
    assert finding.is_server_level is False
    assert finding.text.count(",") == 9


async def test_a_principle_takes_the_place_of_the_lists_until_it_is_emptied(ctx):
    actor = await a_moderator(ctx)
    lists = await criteria_in_force(ctx)
    await change_criteria(ctx, actor_id=actor.id, kind="principle", points=["Impact, not intent"])

    assert [one.partition(": ")[2] for one in await criteria_in_force(ctx)] == [
        "Impact, not intent"
    ]
    await change_criteria(ctx, actor_id=actor.id, kind="principle", points=[])
    assert await criteria_in_force(ctx) == lists
    assert len(lists) == 9
