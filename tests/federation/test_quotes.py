"""Quotes with stamps (FEP-044f), in both directions, and their taking back."""

import pytest

from tests.federation.far import PUBLIC
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.actions.block import block
from watertower.accounts.queries.accounts import find_account
from watertower.federation.remote.note import status_by_uri
from watertower.federation.remote.own import known_status
from watertower.statuses.actions.change_quoting import change_quote_policy, revoke_quote
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft
from watertower.statuses.model import Visibility

POLICY = {"interactionPolicy": {"canQuote": {"automaticApproval": PUBLIC}}}


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def state_of(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT quote_state FROM statuses WHERE uri = $1", uri)


async def quotes_of(ctx, status_id):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT quotes_count FROM status_stats WHERE status_id = $1", status_id
        )


def quoting(actor, uri, **more):
    return actor.note("<p>See</p>", cc=[actor.followers], quote=uri, **more)


def stamp_of(actor, note, target, name="stamp"):
    """The stamp that `actor` gives, as her server serves it."""
    uri = f"{actor.uri}/stamps/{name}{len(actor.server.documents)}"
    document = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": uri,
        "type": "QuoteAuthorization",
        "attributedTo": actor.uri,
        "interactingObject": note,
        "interactionTarget": target,
    }
    actor.server.documents[uri.removeprefix(actor.server.base)] = document
    return document


async def test_who_asks_to_quote_gets_a_stamp_that_anybody_can_read(ctx, far, post, settle, client):
    alice, bob = await an_account(ctx), far.actor()
    status = await a_status(ctx, by=alice)
    note = quoting(bob, status.uri)
    request = bob.activity("QuoteRequest", status.uri, instrument=note)

    await post(bob, request)
    await settle()

    [accept] = far.got("Accept")
    assert (accept["actor"], accept["to"]) == (alice.uri, [bob.uri])
    assert accept["object"] == {
        "id": request["id"],
        "type": "QuoteRequest",
        "actor": bob.uri,
        "object": status.uri,
        "instrument": note["id"],
    }
    stamp = await client.get(
        accept["result"].removeprefix(ctx.settings.base_url),
        headers={"Accept": "application/activity+json"},
    )
    assert stamp.status == 200
    assert {k: v for k, v in stamp.json.items() if k != "@context"} == {
        "id": accept["result"],
        "type": "QuoteAuthorization",
        "attributedTo": alice.uri,
        "interactingObject": note["id"],
        "interactionTarget": status.uri,
    }
    assert await state_of(ctx, note["id"]) == "accepted"
    assert await quotes_of(ctx, status.id) == 1


async def test_asking_twice_gives_the_same_stamp_and_counts_once(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    status = await a_status(ctx, by=alice)
    note = quoting(bob, status.uri)

    for _ in range(2):
        await post(bob, bob.activity("QuoteRequest", status.uri, instrument=note["id"]))
        await post(bob, bob.activity("Create", note))
        await settle()

    assert len({one["result"] for one in far.got("Accept")}) == 1
    assert len(far.got("Accept")) == 2
    assert await state_of(ctx, note["id"]) == "accepted"
    assert await quotes_of(ctx, status.id) == 1


@pytest.mark.parametrize("why", ["policy", "followers", "blocked", "private"])
async def test_who_may_not_quote_is_refused(ctx, far, post, settle, why):
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    policy = {"policy": "nobody", "followers": "followers"}.get(why, "public")
    visibility = Visibility.PRIVATE if why == "private" else Visibility.PUBLIC
    status = await a_status(ctx, by=alice, quote_policy=policy, visibility=visibility)
    if why == "private":
        await a_follow(ctx, account, alice)
    if why == "blocked":
        await block(ctx, actor_id=alice.id, target_id=account.id)
    note = quoting(bob, status.uri)

    await post(bob, bob.activity("Create", note))
    await post(bob, bob.activity("QuoteRequest", status.uri, instrument=note))
    await settle()

    assert far.got("Accept") == []
    [reject] = far.got("Reject")
    assert (reject["object"]["instrument"], "result" in reject) == (note["id"], False)
    assert await state_of(ctx, note["id"]) in {"rejected", None}
    assert await quotes_of(ctx, status.id) == 0


async def test_followers_may_quote_where_the_policy_says_so(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, await met(ctx, far, bob), alice)
    status = await a_status(ctx, by=alice, quote_policy="followers")

    note = quoting(bob, status.uri)
    await post(bob, bob.activity("QuoteRequest", status.uri, instrument=note["id"]))
    await settle()

    assert len(far.got("Accept")) == 1


async def test_nobody_asks_for_the_status_of_another(ctx, far, post, settle, outcome_of):
    alice, bob, eve = await an_account(ctx), far.actor(), far.actor()
    status = await a_status(ctx, by=alice)
    note = quoting(bob, status.uri)
    await post(bob, bob.activity("Create", note))
    elsewhere = eve.activity("QuoteRequest", status.uri, instrument="https://x.invalid/notes/1")
    others = eve.activity("QuoteRequest", status.uri, instrument=note["id"])

    await post(eve, elsewhere)
    await post(eve, others)
    await settle()

    assert (await outcome_of(elsewhere))[0] == "refused"
    assert (await outcome_of(others))[0] == "refused"
    assert far.got("Accept") == []
    assert await state_of(ctx, note["id"]) == "pending"


async def test_a_revoked_quote_is_gone_everywhere_and_is_not_given_again(
    ctx, far, post, settle, client
):
    alice, bob = await an_account(ctx), far.actor()
    status = await a_status(ctx, by=alice)
    note = quoting(bob, status.uri)
    await post(bob, bob.activity("QuoteRequest", status.uri, instrument=note))
    await settle()
    [accept] = far.got("Accept")
    known = await known_status(ctx, note["id"])

    await revoke_quote(ctx, actor_id=alice.id, status_id=status.id, quoting_status_id=known.id)
    await settle()

    path = accept["result"].removeprefix(ctx.settings.base_url)
    assert (await client.get(path)).status == 410
    [deleted] = far.got("Delete")
    assert deleted["id"] == f"{accept['result']}#delete"
    assert deleted["actor"] == alice.uri
    assert deleted["object"] == {
        "id": accept["result"],
        "type": "QuoteAuthorization",
        "attributedTo": alice.uri,
        "interactingObject": note["id"],
        "interactionTarget": status.uri,
    }
    await post(bob, bob.activity("QuoteRequest", status.uri, instrument=note))
    await settle()
    assert len(far.got("Reject")) == 1
    assert await state_of(ctx, note["id"]) != "accepted"
    assert await quotes_of(ctx, status.id) == 0


async def asked(ctx, far, settle):
    """A member who quotes somebody far away: (member, far actor, her note, our note, request)."""
    alice, bob = await an_account(ctx), far.actor()
    note = bob.note(cc=[bob.followers], **POLICY)
    quoted = await status_by_uri(ctx, note["id"])
    written = await publish(
        ctx, author_id=alice.id, draft=Draft(text="See", quoted_status_id=quoted.id)
    )
    await settle()
    [request] = far.got("QuoteRequest")
    return alice, bob, note, written.status_id, request


async def test_a_member_asks_before_the_quote_is_shown(ctx, far, post, settle, client):
    alice, bob, note, status_id, request = await asked(ctx, far, settle)
    [create] = far.got("Create")
    assert (request["actor"], request["object"]) == (alice.uri, note["id"])
    assert request["instrument"]["id"] == create["object"]["id"]
    assert create["object"]["quote"] == note["id"]
    assert "quoteAuthorization" not in create["object"]
    app = client.signed_in(await a_token(ctx, alice))
    shown = (await app.get(f"/api/v1/statuses/{status_id}")).json
    assert shown["quote"] == {"state": "pending", "quoted_status": None}

    stamp = stamp_of(bob, create["object"]["id"], note["id"])
    await post(bob, bob.activity("Accept", request["id"], result=stamp["id"]))
    await settle()

    shown = (await app.get(f"/api/v1/statuses/{status_id}")).json
    assert shown["quote"]["state"] == "accepted"
    assert shown["quote"]["quoted_status"]["uri"] == note["id"]
    [update] = far.got("Update")
    assert update["object"]["quoteAuthorization"] == stamp["id"]
    assert update["object"]["id"] == create["object"]["id"]

    await post(bob, bob.activity("Delete", stamp))
    await settle()
    shown = (await app.get(f"/api/v1/statuses/{status_id}")).json
    assert shown["quote"] == {"state": "revoked", "quoted_status": None}


async def test_a_refusal_is_shown_as_one(ctx, far, post, settle):
    _, bob, _, _, request = await asked(ctx, far, settle)

    await post(bob, bob.activity("Reject", request))
    await settle()

    assert await state_of(ctx, request["instrument"]["id"]) == "rejected"


@pytest.mark.parametrize(
    "wrong", ["attributedTo", "interactingObject", "interactionTarget", "type", "id", "missing"]
)
async def test_a_stamp_that_does_not_agree_is_none(ctx, far, post, settle, outcome_of, wrong):
    _, bob, note, _, request = await asked(ctx, far, settle)
    stamp = stamp_of(bob, request["instrument"]["id"], note["id"])
    named = stamp["id"]
    if wrong == "missing":
        named = f"{bob.uri}/stamps/none"
    elif wrong == "type":
        stamp["type"] = "Note"
    else:
        stamp[wrong] = f"{far.base}/users/another"
    accept = bob.activity("Accept", request["id"], result=named)

    await post(bob, accept)
    await settle()

    assert (await outcome_of(accept))[0] == "refused"
    assert await state_of(ctx, request["instrument"]["id"]) == "rejected"


async def test_only_the_author_of_what_is_quoted_can_answer(ctx, far, post, settle, outcome_of):
    _, _, note, _, request = await asked(ctx, far, settle)
    eve = far.actor()
    stamp = stamp_of(eve, request["instrument"]["id"], note["id"])
    accept = eve.activity("Accept", request["id"], result=stamp["id"])

    await post(eve, accept)
    await settle()

    assert (await outcome_of(accept))[0] == "ignored"
    assert await state_of(ctx, request["instrument"]["id"]) == "pending"


async def test_a_quote_of_others_is_shown_when_its_stamp_holds(ctx, far, post, settle):
    alice, bob, carol = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    theirs = carol.note()
    good = quoting(bob, theirs["id"])
    good["quoteAuthorization"] = stamp_of(carol, good["id"], theirs["id"])["id"]
    bad = quoting(bob, theirs["id"])
    bad["quoteAuthorization"] = stamp_of(carol, good["id"], theirs["id"])["id"]
    none = quoting(bob, theirs["id"])

    for note in (good, bad, none):
        await post(bob, bob.activity("Create", note))
    await settle()

    assert await state_of(ctx, good["id"]) == "accepted"
    assert await state_of(ctx, bad["id"]) == "rejected"
    assert await state_of(ctx, none["id"]) == "pending"
    # An Update brings the stamp later, as Mastodon does it.
    none["quoteAuthorization"] = stamp_of(carol, none["id"], theirs["id"])["id"]
    await post(bob, bob.activity("Update", none))
    await settle()
    assert await state_of(ctx, none["id"]) == "accepted"


async def test_a_quote_between_members_has_a_stamp_too(ctx, far, settle, client):
    alice, bea, bob = await an_account(ctx), await an_account(ctx), far.actor()
    await a_follow(ctx, await met(ctx, far, bob), bea)
    status = await a_status(ctx, by=alice)

    written = await publish(
        ctx, author_id=bea.id, draft=Draft(text="See", quoted_status_id=status.id)
    )
    await settle()

    [create] = far.got("Create")
    uri = create["object"]["quoteAuthorization"]
    path = uri.removeprefix(ctx.settings.base_url)
    assert (await client.get(path)).json["interactingObject"] == create["object"]["id"]
    await revoke_quote(
        ctx, actor_id=alice.id, status_id=status.id, quoting_status_id=written.status_id
    )
    await settle()
    assert (await client.get(path)).status == 410
    assert [one["object"]["id"] for one in far.got("Delete")] == [uri]


async def test_a_new_policy_is_told(ctx, far, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, await met(ctx, far, bob), alice)
    status = await a_status(ctx, by=alice)

    await change_quote_policy(ctx, actor_id=alice.id, status_id=status.id, policy="nobody")
    await settle()

    [update] = far.got("Update")
    policy = update["object"]["interactionPolicy"]
    assert policy == {"canQuote": {"automaticApproval": [alice.uri]}}
