"""What members do, as other servers hear of it."""

from datetime import UTC, datetime, timedelta

from tests.federation.far import PUBLIC
from tests.world import a_follow, an_account
from watertower.accounts.events import ProfileChanged
from watertower.accounts.queries.accounts import find_account
from watertower.base.events import record
from watertower.statuses.actions.boost import boost
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.actions.edit import edit
from watertower.statuses.actions.favourite import favourite
from watertower.statuses.actions.pin import pin, unpin
from watertower.statuses.actions.publish import publish
from watertower.statuses.actions.unboost import unboost
from watertower.statuses.actions.unfavourite import unfavourite
from watertower.statuses.actions.vote import vote
from watertower.statuses.draft import Draft, DraftPoll
from watertower.statuses.model import Visibility


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def followed(ctx, far):
    """A member, and somebody far away who follows her."""
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await a_follow(ctx, account, alice)
    return alice, bob, account


async def test_a_post_reaches_followers_once_for_each_server(ctx, far, settle):
    alice, bob, _ = await followed(ctx, far)
    await a_follow(ctx, await met(ctx, far, far.actor()), alice)

    text = f"Hello @{bob.name}@{far.host} #Cats"
    await publish(ctx, author_id=alice.id, draft=Draft(text=text, language="en"))
    await settle()

    [sent] = far.inbox
    assert sent.path == "/inbox"
    sent.verify(await public_pem(ctx, alice), far.host)
    create = sent.activity
    note = create["object"]
    assert create["id"] == f"{note['id']}/activity"
    assert (create["type"], create["actor"]) == ("Create", alice.uri)
    assert (create["to"], create["cc"]) == ([PUBLIC], [alice.followers_url, bob.uri])
    assert (note["type"], note["attributedTo"]) == ("Note", alice.uri)
    assert (note["to"], note["cc"]) == (create["to"], create["cc"])
    assert note["contentMap"] == {"en": note["content"]}
    assert note["tag"] == [
        {"type": "Mention", "href": bob.uri, "name": f"@{bob.name}@{far.host}"},
        {"type": "Hashtag", "href": f"{ctx.settings.base_url}/tags/cats", "name": "#cats"},
    ]
    assert note["id"].startswith(f"{alice.uri}/statuses/")


async def test_a_direct_post_goes_only_to_whom_it_names(ctx, far, settle):
    alice, bob, _ = await followed(ctx, far)
    carol = far.actor()
    await met(ctx, far, carol)

    draft = Draft(text=f"psst @{carol.name}@{far.host}", visibility=Visibility.DIRECT)
    await publish(ctx, author_id=alice.id, draft=draft)
    await publish(ctx, author_id=alice.id, draft=Draft(text="diary", visibility=Visibility.DIRECT))
    await settle()

    [create] = far.got("Create")
    assert (create["to"], create["cc"]) == ([carol.uri], [])
    del bob


async def test_a_private_post_goes_to_followers_and_says_so(ctx, far, settle):
    alice, _, _ = await followed(ctx, far)

    draft = Draft(text="among us", visibility=Visibility.PRIVATE)
    await publish(ctx, author_id=alice.id, draft=draft)
    await settle()

    [create] = far.got("Create")
    assert (create["to"], create["cc"]) == ([alice.followers_url], [])


async def test_local_posts_stay_here(ctx, far, settle):
    alice, _, _ = await followed(ctx, far)

    await publish(ctx, author_id=alice.id, draft=Draft(text="only us", is_local_only=True))
    await settle()

    assert far.inbox == []


async def test_edits_and_deletions_reach_who_read_it(ctx, far, settle):
    alice, _, _ = await followed(ctx, far)
    made = await publish(ctx, author_id=alice.id, draft=Draft(text="before"))
    await settle()

    await edit(ctx, actor_id=alice.id, status_id=made.status_id, draft=Draft(text="after"))
    await settle()
    await delete_status(ctx, actor_id=alice.id, status_id=made.status_id)
    await settle()

    [create], [update], [delete] = far.got("Create"), far.got("Update"), far.got("Delete")
    uri = create["object"]["id"]
    assert (update["object"]["id"], update["object"]["content"]) == (uri, "<p>after</p>")
    assert update["id"].startswith(f"{uri}#updates/")
    assert "updated" in update["object"]
    assert delete == {
        "@context": delete["@context"],
        "id": f"{uri}#delete",
        "type": "Delete",
        "actor": alice.uri,
        "to": [PUBLIC],
        "object": {"id": uri, "type": "Tombstone", "atomUri": uri},
    }


async def test_a_boost_is_announced_and_undone(ctx, far, post, settle):
    alice, bob, account = await followed(ctx, far)
    await a_follow(ctx, alice, account)
    note = bob.note()
    await post(bob, bob.activity("Create", note))
    await settle()
    status_id = await id_of_status(ctx, note["id"])

    await boost(ctx, actor_id=alice.id, status_id=status_id)
    await settle()
    await unboost(ctx, actor_id=alice.id, status_id=status_id)
    await settle()

    [announce], [undo] = far.got("Announce"), far.got("Undo")
    assert (announce["actor"], announce["object"]) == (alice.uri, note["id"])
    assert (announce["to"], announce["cc"]) == ([PUBLIC], [bob.uri, alice.followers_url])
    assert announce["id"].endswith("/activity")
    assert undo["object"]["id"] == announce["id"]
    assert undo["id"] != announce["id"]


async def test_a_star_on_a_post_from_far_away_is_a_like(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note()
    await post(bob, bob.activity("Create", note))
    await settle()
    status_id = await id_of_status(ctx, note["id"])

    await favourite(ctx, actor_id=alice.id, status_id=status_id)
    await settle()
    await unfavourite(ctx, actor_id=alice.id, status_id=status_id)
    await settle()

    [like], [undo] = far.got("Like"), far.got("Undo")
    assert (like["actor"], like["object"]) == (alice.uri, note["id"])
    assert like["id"].startswith(f"{alice.uri}#likes/")
    assert undo["object"] == {key: like[key] for key in ("id", "type", "actor", "object")}


async def test_votes_go_to_the_author_of_the_poll_and_ours_are_counted(
    ctx, far, post, settle, clock
):
    alice, bob, account = await followed(ctx, far)
    await a_follow(ctx, alice, account)
    options = [{"type": "Note", "name": name} for name in ("Tea", "Coffee")]
    ends = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    question = bob.note(type="Question", oneOf=options, endTime=ends)
    await post(bob, bob.activity("Create", question))
    draft = Draft(text="And you?", poll=DraftPoll(("Milk", "Water"), 3600))
    own = await publish(ctx, author_id=alice.id, draft=draft)
    await settle()

    await vote(ctx, actor_id=alice.id, poll_id=await poll_of(ctx, question["id"]), choices=[1])
    [asked] = [one["object"] for one in far.got("Create")]
    ballot = bob.note(content=None, name="Water", inReplyTo=asked["id"], to=[alice.uri])
    await post(bob, bob.activity("Create", ballot))
    await settle()

    sent = far.got("Create")[-1]
    assert (sent["object"]["name"], sent["object"]["inReplyTo"]) == ("Coffee", question["id"])
    assert sent["to"] == bob.uri
    assert (asked["type"], [one["name"] for one in asked["oneOf"]]) == (
        "Question",
        ["Milk", "Water"],
    )
    async with ctx.reading() as tx:
        tallies = await tx.fetch_value(
            "SELECT tallies FROM polls WHERE status_id = $1", own.status_id
        )
    assert list(tallies) == [0, 1]
    assert await id_of_status(ctx, ballot["id"]) is None


async def test_pins_and_profiles_are_told(ctx, far, settle, clock):
    alice, _, _ = await followed(ctx, far)
    made = await publish(ctx, author_id=alice.id, draft=Draft(text="pin me"))
    await pin(ctx, actor_id=alice.id, status_id=made.status_id)
    await settle()
    await unpin(ctx, actor_id=alice.id, status_id=made.status_id)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE accounts SET display_name = 'Alice B.', version = version + 1 WHERE id = $1",
            alice.id,
        )
        await record(tx, ProfileChanged(account_id=alice.id))
    await settle()
    await run_profile_job(ctx, alice)
    await settle()

    [add], [remove] = far.got("Add"), far.got("Remove")
    assert (add["target"], remove["target"]) == (alice.featured_url, alice.featured_url)
    assert add["object"] == remove["object"]
    [update] = far.got("Update")
    assert (update["object"]["id"], update["object"]["name"]) == (alice.uri, "Alice B.")


async def run_profile_job(ctx, account):
    """The job that waits five seconds for more changes."""
    from watertower.federation.outgoing.profile import tell_of_profile

    await tell_of_profile.run(ctx, account_id=account.id)


async def test_a_suspended_server_hears_nothing(ctx, far, settle):
    from watertower.federation.policies import forget_policies

    alice, _, account = await followed(ctx, far)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO server_policies (domain, severity) VALUES ($1, 'suspend')", account.domain
        )
    forget_policies()

    await publish(ctx, author_id=alice.id, draft=Draft(text="not for you"))
    await settle()

    assert far.inbox == []


async def test_a_reaction_that_runs_twice_sends_once(ctx, far, settle):
    from watertower.federation.outgoing.published import tell_of_status

    alice, _, _ = await followed(ctx, far)
    made = await publish(ctx, author_id=alice.id, draft=Draft(text="once"))
    await settle()

    await tell_of_status.run(ctx, status_id=made.status_id)
    await settle()

    assert len(far.got("Create")) == 1


async def id_of_status(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT id FROM statuses WHERE uri = $1", uri)


async def poll_of(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT poll_id FROM statuses WHERE uri = $1", uri)


async def public_pem(ctx, account):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT public_pem FROM account_keys WHERE account_id = $1", account.id
        )
