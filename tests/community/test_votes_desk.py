"""A vote from the question whether to ask to the published decision: every step, every refusal."""

from datetime import timedelta

import pytest

from tests.community.world import (
    OPTIONS,
    a_draft,
    a_heralded,
    a_member,
    an_app,
    an_open_vote,
    answer,
    keepers,
    move_to,
    rows,
    the_vote,
)
from tests.moderation.desk import LEAD, MODERATOR, a_moderator
from tests.web.visit import Visit
from tests.world import an_account, unique
from watertower.accounts.queries.site import set_site_setting
from watertower.community.actions.cancel_vote import cancel_vote
from watertower.community.actions.decide_vote import decide_vote, publish_vote
from watertower.community.actions.draft_vote import draft_vote, find_wording_neutral
from watertower.community.actions.herald_vote import herald_vote
from watertower.community.actions.open_vote import open_vote
from watertower.community.actions.raise_vote import raise_vote
from watertower.community.errors import VoteNotThere
from watertower.community.jobs.vote_clock import watch_votes
from watertower.community.model import VoteDraft

STATES = (
    *("needed", "not_needed", "drafted", "heralded", "open", "closed", "collected", "decided"),
    *("published", "cancelled"),
)


async def verbs(ctx, vote_id):
    found = await rows(
        ctx,
        "SELECT verb FROM audit_log WHERE subject_kind = 'vote' AND subject_id = $1 ORDER BY id",
        str(vote_id),
    )
    return [verb for (verb,) in found]


async def posts_of(ctx, account):
    found = await rows(
        ctx, "SELECT text FROM statuses WHERE account_id = $1 ORDER BY id", account.id
    )
    return [text for (text,) in found]


async def announced(app):
    return [one["content"] for one in (await app.get("/api/v1/announcements")).json]


async def test_the_whole_way_through_pages_and_an_app(empty, client, clock, drain):  # noqa: PLR0915  # one story
    ctx = empty
    official = await an_account(ctx, username=unique("official"))
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "official_username", official.username)
    first, second = await a_moderator(ctx, client, LEAD), await a_moderator(ctx, client, LEAD)
    member = await an_app(client, ctx, await a_member(ctx))
    base = ctx.settings.base_url

    # 1: it is determined that a survey is needed, and why.
    await first.get("/desk/votes")
    made = await first.submit(
        "/desk/votes",
        subject="What to do about loud.example",
        why="Half of us follow somebody there",
        about_domain="Loud.Example",
        needed="yes",
    )
    assert made.status == 303
    here = made.headers["location"].partition("?")[0]
    vote_id = int(here.rsplit("/", 1)[1])
    assert (await the_vote(ctx, vote_id)).about_domain == "loud.example"

    # 2: options are drafted; whoever wrote them does not judge the wording.
    await first.get(here)
    kept = await first.submit(
        f"{here}/draft",
        question="What about loud.example?",
        explanation="Think of your friends.",
        options="Keep it limited\n\nSuspend it\nDo nothing\n",
        quorum_percent="50",
    )
    assert kept.status == 303
    own = await first.get(here)
    assert "Somebody else reads whether the wording is neutral." in own.text
    assert f'action="{here}/read"' not in own.text
    await second.get(here)
    assert (await second.submit(f"{here}/read")).status == 303

    # 3: members are told that it is coming, by the official account.
    await first.get(here)
    soon = (ctx.now() + timedelta(hours=23)).strftime("%Y-%m-%dT%H:%M")
    early = await first.submit(f"{here}/herald", opens_at=soon)
    assert (early.status, "Opens at must be at least 24 hours ahead" in early.text) == (422, True)
    opens_at = (ctx.now() + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M")
    assert (await first.submit(f"{here}/herald", opens_at=opens_at)).status == 303
    await drain()
    (told,) = await posts_of(ctx, official)
    assert told.startswith("A survey of our members is coming: What to do about loud.example")
    assert f"{base}/votes/{vote_id}" in told
    coming = await Visit(client).get(f"/votes/{vote_id}")
    assert "A survey that is coming." in coming.text
    assert (await answer(member, vote_id, 0)).status == 422

    # 4: at its time the clock opens it; every app shows the announcement, which leads to the page.
    clock.ahead += timedelta(hours=29)
    await watch_votes.run(ctx)
    assert (await the_vote(ctx, vote_id)).state == "heralded"
    clock.ahead += timedelta(hours=1, minutes=1)
    await watch_votes.run(ctx)
    await drain()
    (shown,) = await announced(member)
    assert f'href="{base}/votes/{vote_id}"' in shown
    assert "What about loud.example?" in shown
    assert len(await posts_of(ctx, official)) == 2

    # 5: members answer.
    assert (await answer(member, vote_id, 0)).status == 200
    assert (await answer(member, vote_id, 1)).status == 200

    # 6: it closes, the results are kept, and the announcement is over.
    vote = await the_vote(ctx, vote_id)
    move_to(ctx, clock, vote.closes_at)
    assert await announced(member) == []
    await watch_votes.run(ctx)
    vote = await the_vote(ctx, vote_id)
    assert (vote.state, vote.counts, vote.voters_count, vote.eligible_count) == (
        "collected",
        [0, 1, 0, 0],
        1,
        1,
    )

    # Decided with reasons, although it departs, and published with result and turnout.
    await first.get(here)
    blank = await first.submit(f"{here}/decide", decision="We wait", reasons="", departs="yes")
    assert (blank.status, "Reasons can&#39;t be blank" in blank.text) == (422, True)
    decided = await first.submit(
        f"{here}/decide",
        decision="It stays limited for now",
        reasons="Its team answered us yesterday",
        departs="yes",
    )
    assert decided.status == 303
    closed = await Visit(client).get(f"/votes/{vote_id}")
    assert "It stays limited for now" not in closed.text
    await first.get(here)
    assert (await first.submit(f"{here}/publish")).status == 303
    await drain()
    public = (await Visit(client).get(f"/votes/{vote_id}")).text
    for words in (
        "1 of 1 members answered: 100 percent.",
        "It stays limited for now",
        "This departs from the result.",
        "Its team answered us yesterday",
    ):
        assert words in public
    (result,) = await announced(member)
    assert f'href="{base}/votes/{vote_id}"' in result
    assert len(await posts_of(ctx, official)) == 3
    seen = (await member.get(f"/api/watertower/v1/votes/{vote_id}")).json
    assert (seen["state"], seen["turnout_percent"], seen["departs"], seen["decision"]) == (
        "published",
        100,
        True,
        "It stays limited for now",
    )
    assert await verbs(ctx, vote_id) == [
        "find_vote_needed",
        "draft_vote",
        "find_wording_neutral",
        "herald_vote",
        "open_vote",
        "collect_vote",
        "decide_vote",
        "publish_vote",
    ]


async def test_a_decision_against_asking_is_recorded_with_why(ctx, client):
    lead = await a_moderator(ctx, client, LEAD)
    await lead.get("/desk/votes")
    subject = unique("A small matter")

    blank = await lead.submit("/desk/votes", subject=subject, why=" ", needed="no")
    assert (blank.status, "Why can&#39;t be blank" in blank.text) == (422, True)
    made = await lead.submit("/desk/votes", subject=subject, why="Nobody is affected", needed="no")
    again = await lead.submit("/desk/votes", subject=subject, why="Nobody is affected", needed="no")

    assert (made.status, again.headers["location"]) == (303, made.headers["location"])
    vote_id = int(made.headers["location"].partition("?")[0].rsplit("/", 1)[1])
    found = await rows(
        ctx,
        "SELECT verb, reason FROM audit_log WHERE subject_kind = 'vote' AND subject_id = $1",
        str(vote_id),
    )
    assert found == [("find_vote_not_needed", "Nobody is affected")]
    assert "Nobody is affected" in (await lead.get(f"/desk/votes/{vote_id}")).text
    assert (await Visit(client).get(f"/votes/{vote_id}")).status == 404


async def at(ctx, clock, state):
    """(vote id, somebody who keeps votes): a vote at this step."""
    if state in {"needed", "not_needed"}:
        first, _, _ = await keepers(ctx)
        made = raise_vote(
            ctx,
            actor_id=first.id,
            subject=unique("x"),
            why="Because",
            is_needed=state == "needed",
        )
        return await made, first
    if state == "drafted":
        first, _, _ = await keepers(ctx)
        return await a_draft(ctx, first), first
    if state == "heralded":
        return await a_heralded(ctx)
    vote_id, first = await an_open_vote(ctx, clock)
    if state == "cancelled":
        await cancel_vote(ctx, actor_id=first.id, vote_id=vote_id, reason="An option was missing")
    if state in {"closed", "collected", "decided", "published"}:
        clock.ahead += timedelta(hours=72)
    if state in {"collected", "decided", "published"}:
        await watch_votes.run(ctx)
    if state in {"decided", "published"}:
        await decide_vote(
            ctx, actor_id=first.id, vote_id=vote_id, decision="A", reasons="B", departs=False
        )
    if state == "published":
        await publish_vote(ctx, actor_id=first.id, vote_id=vote_id)
    return vote_id, first


async def draft(ctx, actor_id, vote_id):
    await draft_vote(ctx, actor_id=actor_id, vote_id=vote_id, draft=VoteDraft("Why?", "", OPTIONS))


async def read(ctx, actor_id, vote_id):
    seen = (await the_vote(ctx, vote_id)).drafted_at
    other = await an_account(ctx)
    await find_wording_neutral(ctx, actor_id=other.id, vote_id=vote_id, seen=seen)


async def herald(ctx, actor_id, vote_id):
    opens_at = ctx.now() + timedelta(hours=25)
    await read(ctx, actor_id, vote_id)
    await herald_vote(ctx, actor_id=actor_id, vote_id=vote_id, opens_at=opens_at)


async def open_it(ctx, actor_id, vote_id):
    ctx.clock.ahead += timedelta(hours=25)
    await open_vote(ctx, actor_id=actor_id, vote_id=vote_id)


async def decide(ctx, actor_id, vote_id):
    await decide_vote(
        ctx, actor_id=actor_id, vote_id=vote_id, decision="A", reasons="B", departs=False
    )


async def publish(ctx, actor_id, vote_id):
    await publish_vote(ctx, actor_id=actor_id, vote_id=vote_id)


async def cancel(ctx, actor_id, vote_id):
    await cancel_vote(ctx, actor_id=actor_id, vote_id=vote_id, reason="A defect")


# From which steps each act leads on, and where to. Everything else is refused.
LEADS_TO = {
    draft: ({"needed", "drafted"}, "drafted"),
    read: ({"drafted"}, "drafted"),
    herald: ({"drafted"}, "heralded"),
    open_it: ({"heralded"}, "open"),
    decide: ({"collected", "decided"}, "decided"),
    publish: ({"decided"}, "published"),
    cancel: ({"needed", "drafted", "heralded", "open"}, "cancelled"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", LEADS_TO)
async def test_every_step_leads_where_it_should_and_from_nowhere_else(ctx, clock, act, state):
    vote_id, first = await at(ctx, clock, state)
    before = await the_vote(ctx, vote_id)
    assert before.phase(ctx.now()) == state
    allowed, to = LEADS_TO[act]

    if state in allowed:
        await act(ctx, first.id, vote_id)
        assert (await the_vote(ctx, vote_id)).state == to
    else:
        with pytest.raises(VoteNotThere):
            await act(ctx, first.id, vote_id)
        assert await the_vote(ctx, vote_id) == before


async def test_the_writer_is_not_the_second_reader_and_a_change_is_read_anew(ctx, client):
    first, second, _ = await keepers(ctx)
    vote_id = await a_draft(ctx, first)
    writer, reader = await an_app(client, ctx, first), await an_app(client, ctx, second)
    path = f"/api/watertower/v1/desk/votes/{vote_id}"
    old = (await writer.get(path)).json["drafted_at"]

    own = await writer.post(f"{path}/read", json={"drafted_at": old})
    assert own.status == 403
    body = {"question": "Should loud.example go?", "options": ["Yes", "No"]}
    assert (await writer.post(f"{path}/draft", json=body)).status == 200
    stale = await reader.post(f"{path}/read", json={"drafted_at": old})
    assert stale.status == 422
    unread = await writer.post(f"{path}/herald", json={"opens_at": "2099-01-01T00:00:00Z"})
    assert unread.status == 422
    now = (await writer.get(path)).json["drafted_at"]
    assert (await reader.post(f"{path}/read", json={"drafted_at": now})).json["read_at"]
    assert (await writer.post(f"{path}/draft", json=body)).json["read_at"] is None


@pytest.mark.parametrize(
    "options",
    [[], ["Yes"], ["Yes", "yes"], ["Yes", "No opinion"], [str(n) for n in range(21)], ["Yes", " "]],
)
async def test_a_draft_has_at_least_two_different_options(ctx, client, options):
    first, _, _ = await keepers(ctx)
    vote_id = await a_draft(ctx, first)
    app = await an_app(client, ctx, first)

    refused = await app.post(
        f"/api/watertower/v1/desk/votes/{vote_id}/draft",
        json={"question": "Well?", "options": options},
    )

    assert refused.status == 422
    assert (await the_vote(ctx, vote_id)).options == list(OPTIONS)


async def test_without_an_official_account_nobody_can_be_told(ctx):
    vote_id, first = await at(ctx, ctx.clock, "drafted")
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "official_username", None)

    with pytest.raises(Exception, match="must name the account that speaks"):
        await herald(ctx, first.id, vote_id)


async def test_it_does_not_open_before_the_post_was_out_for_a_day(empty, clock, drain):
    """The official account could not post; the clock tries again, and the opening waits."""
    ctx = empty
    first, second, official = await keepers(ctx)
    vote_id = await a_draft(ctx, first)
    seen = (await the_vote(ctx, vote_id)).drafted_at
    await find_wording_neutral(ctx, actor_id=second.id, vote_id=vote_id, seen=seen)
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM pgqueuer")
    opens_at = ctx.now() + timedelta(hours=24, minutes=1)
    await herald_vote(ctx, actor_id=first.id, vote_id=vote_id, opens_at=opens_at)
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM pgqueuer")  # the post was lost

    clock.ahead += timedelta(hours=25)
    await watch_votes.run(ctx)
    await drain()
    vote = await the_vote(ctx, vote_id)
    assert (vote.state, len(await posts_of(ctx, official))) == ("heralded", 1)
    clock.ahead += timedelta(hours=23)
    await watch_votes.run(ctx)
    assert (await the_vote(ctx, vote_id)).state == "heralded"
    clock.ahead += timedelta(hours=1, minutes=1)
    await watch_votes.run(ctx)
    vote = await the_vote(ctx, vote_id)
    assert (vote.state, vote.closes_at - vote.opened_at) == ("open", timedelta(hours=72))


async def test_a_cancelled_vote_says_why_to_everybody_and_counts_nothing(
    empty, client, clock, drain
):
    ctx = empty
    vote_id, first = await an_open_vote(ctx, clock)
    member, lead = await an_app(client, ctx, await a_member(ctx)), await an_app(client, ctx, first)
    assert (await answer(member, vote_id, 0)).status == 200

    path = f"/api/watertower/v1/desk/votes/{vote_id}/cancel"
    assert (await lead.post(path, json={"reason": ""})).status == 422
    done = await lead.post(path, json={"reason": "An option was missing"})
    await drain()

    assert (done.status, done.json["state"]) == (200, "cancelled")
    assert (await answer(member, vote_id, 0)).status == 422
    assert await rows(ctx, "SELECT 1 FROM vote_ballots WHERE vote_id = $1", vote_id) == []
    (shown,) = await announced(member)
    assert "was cancelled" in shown
    assert "An option was missing" in (await Visit(client).get(f"/votes/{vote_id}")).text


async def test_a_binding_vote_with_enough_answers_is_followed(ctx, client, clock):
    vote_id, first = await an_open_vote(ctx, clock, is_binding=True, quorum_percent=50)
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM vote_roll WHERE vote_id = $1", vote_id)
    assert (await answer(await an_app(client, ctx, await a_member(ctx)), vote_id, 0)).status == 200
    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)
    app = await an_app(client, ctx, first)
    path = f"/api/watertower/v1/desk/votes/{vote_id}/decide"
    body = {"decision": "We do not", "reasons": "We think otherwise"}

    refused = await app.post(path, json=body | {"departs": True})

    assert refused.status == 422
    assert (await app.post(path, json=body)).status == 200


async def test_fourteen_of_seventy_four_do_not_bind_at_half(ctx, clock):
    vote_id, first = await an_open_vote(ctx, clock, is_binding=True, quorum_percent=50)
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM vote_roll WHERE vote_id = $1", vote_id)
        await tx.execute(
            "INSERT INTO vote_roll SELECT $1, n FROM generate_series(1, 74) n", vote_id
        )
        await tx.execute(
            "INSERT INTO vote_ballots SELECT $1, decode(md5(n::text), 'hex'), '{0}' "
            "FROM generate_series(1, 14) n",
            vote_id,
        )
    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)

    vote = await the_vote(ctx, vote_id)
    assert (vote.voters_count, vote.eligible_count, vote.turnout_percent) == (14, 74, 18)
    assert not vote.has_quorum
    await decide_vote(
        ctx, actor_id=first.id, vote_id=vote_id, decision="A", reasons="B", departs=True
    )


async def test_the_decision_is_reminded_of_at_half_and_nine_tenths_and_when_it_is_overdue(
    empty, client, clock, drain, mails
):
    ctx = empty
    vote_id, first = await an_open_vote(ctx, clock)
    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)
    closes_at = (await the_vote(ctx, vote_id)).closes_at
    address = f"{first.username}@example.test"
    counts = []
    for days in (6.9, 7.01, 12.5, 12.7, 13.9, 14.01, 20):
        move_to(ctx, clock, closes_at + timedelta(days=days))
        await watch_votes.run(ctx)
        await watch_votes.run(ctx)
        await drain()
        counts.append(len(mails.to(address)))

    assert counts == [0, 1, 1, 2, 2, 3, 3]
    assert "/desk/votes/" in mails.to(address)[0].text
    assert (await the_vote(ctx, vote_id)).state == "collected"  # no clock decides
    await decide_vote(
        ctx, actor_id=first.id, vote_id=vote_id, decision="A", reasons="B", departs=False
    )


@pytest.mark.parametrize("role", [-99, MODERATOR])
async def test_votes_are_kept_by_those_who_announce_or_lead(ctx, client, role):
    app = await an_app(client, ctx, await a_member(ctx, role_id=role))

    assert (await app.get("/api/watertower/v1/desk/votes")).status == 403
    made = await app.post("/api/watertower/v1/desk/votes", json={"subject": "x", "why": "y"})
    assert made.status == 403


async def test_only_who_leads_moderation_cancels(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock)
    async with ctx.transaction() as tx:
        role = await tx.fetch_value(
            "INSERT INTO roles (name, position, permissions) VALUES ($1, 5, 8192) RETURNING id",
            unique("Editor"),
        )
    app = await an_app(client, ctx, await a_member(ctx, role_id=role))

    assert (await app.get(f"/api/watertower/v1/desk/votes/{vote_id}")).status == 200
    refused = await app.post(
        f"/api/watertower/v1/desk/votes/{vote_id}/cancel", json={"reason": "x"}
    )
    assert refused.status == 403


@pytest.mark.parametrize(
    "path", ["/api/watertower/v1/votes", "/api/watertower/v1/desk/votes", "/votes", "/desk/votes"]
)
async def test_lists_ask_the_database_the_same_for_one_and_for_three(
    empty, client, clock, queries, path
):
    ctx = empty
    visit = await a_moderator(ctx, client, LEAD)
    asks = await an_app(client, ctx, visit.me) if path.startswith("/api") else visit
    counts = []
    for more in (1, 2):
        for _ in range(more):
            await a_heralded(ctx)
        queries.clear()
        assert (await asks.get(path)).status == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


async def test_a_list_goes_on_where_it_ended(empty, client):
    ctx = empty
    made = [(await a_heralded(ctx))[0] for _ in range(3)]
    app = await an_app(client, ctx, await a_member(ctx))
    path = "/api/watertower/v1/votes"

    first = (await app.get(f"{path}?limit=2")).json
    rest = (await app.get(f"{path}?limit=2&max_id={first[-1]['id']}")).json
    upwards = (await app.get(f"{path}?limit=1&min_id={made[0]}")).json

    assert [int(one["id"]) for one in first + rest] == made[::-1]
    assert [int(one["id"]) for one in upwards] == [made[1]]


async def test_a_member_answers_on_the_page_and_changes_the_answer(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock, is_multiple=True)
    visit = await a_moderator(ctx, client, -99)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE accounts SET created_at = $2 WHERE id = $1",
            visit.me.id,
            ctx.now() - timedelta(days=90),
        )
    path = f"/votes/{vote_id}"

    outside = await Visit(client).get(path)
    assert f'href="/auth/sign_in?next={path}"' in outside.text
    await visit.get(path)
    empty_answer = await visit.submit(path)
    assert (empty_answer.status, "Choices can&#39;t be blank" in empty_answer.text) == (422, True)
    assert (await visit.submit(path, choice_0="1", choice_2="1")).status == 303
    shown = await visit.get(f"{path}?answered=1")
    assert "Your answer is kept." in shown.text
    assert shown.text.count(" checked") == 2
    assert (await visit.submit(path, choice_3="1")).status == 303
    assert await rows(ctx, "SELECT choices FROM vote_ballots WHERE vote_id = $1", vote_id) == [
        ([3],)
    ]
