"""Statuses of others: created, edited, boosted, pinned and deleted."""

from datetime import UTC, datetime, timedelta

from tests.federation.far import PUBLIC
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.queries.accounts import find_account
from watertower.statuses.model import Visibility


async def met(ctx, far, actor):
    """The far actor as an account of ours."""
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def status_of(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_one("SELECT * FROM statuses WHERE uri = $1", uri)


async def test_a_post_of_somebody_followed_stands_in_the_home(ctx, far, post, settle, client):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note(
        "<p>Hello <script>alert(1)</script><b>you</b></p>",
        cc=[bob.followers],
        summary="careful",
        contentMap={"de": "<p>Hallo</p>"},
        tag=[
            {"type": "Hashtag", "name": "#Blumen", "href": "https://x.example/tags/blumen"},
            {"type": "Mention", "href": alice.uri, "name": f"@{alice.username}"},
        ],
        attachment={
            "type": "Image",
            "mediaType": "image/png",
            "url": f"{far.base}/cat.png",
            "name": "a cat",
            "focalPoint": [0.5, -0.5],
        },
    )

    await post(bob, bob.activity("Create", note))
    await settle()

    app = client.signed_in(await a_token(ctx, alice))
    [shown] = (await app.get("/api/v1/timelines/home")).json
    assert shown["uri"] == note["id"]
    assert shown["content"] == "<p>Hello <b>you</b></p>"
    assert (shown["spoiler_text"], shown["sensitive"], shown["language"]) == ("careful", True, "de")
    assert shown["visibility"] == "public"
    assert [tag["name"] for tag in shown["tags"]] == ["blumen"]
    assert [one["acct"] for one in shown["mentions"]] == [alice.username]
    assert [one["description"] for one in shown["media_attachments"]] == ["a cat"]
    assert shown["account"]["acct"] == f"{bob.name}@{far.host}"


async def test_a_mention_by_a_stranger_arrives_and_other_posts_of_strangers_do_not(
    ctx, far, post, settle, outcome_of
):
    alice, bob = await an_account(ctx), far.actor()
    to_alice = bob.note(to=[alice.uri], tag=[{"type": "Mention", "href": alice.uri, "name": "@a"}])
    to_nobody = bob.note()
    ignored = bob.activity("Create", to_nobody)

    await post(bob, bob.activity("Create", to_alice))
    await post(bob, ignored)
    await settle()

    assert (await status_of(ctx, to_alice["id"]))["visibility"] == Visibility.DIRECT
    assert await status_of(ctx, to_nobody["id"]) is None
    assert await outcome_of(ignored) == ("ignored", "nobody here follows or is addressed")


async def test_who_sees_it_is_read_from_to_and_cc(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    wanted = {
        Visibility.PUBLIC: bob.note(to=["as:Public"]),
        Visibility.UNLISTED: bob.note(to=[bob.followers], cc=["Public"]),
        Visibility.PRIVATE: bob.note(to=[bob.followers]),
        Visibility.DIRECT: bob.note(to=[alice.uri]),
    }

    for note in wanted.values():
        await post(bob, bob.activity("Create", note, to=PUBLIC))
    await settle()

    found = {(await status_of(ctx, note["id"]))["visibility"] for note in wanted.values()}
    seen = [(await status_of(ctx, note["id"]))["visibility"] for note in wanted.values()]
    assert (seen, len(found)) == (list(wanted), 4)


async def test_a_reply_brings_the_thread_along(ctx, far, post, settle):
    alice, bob, carol = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    root = carol.note("<p>root</p>")
    middle = carol.note("<p>middle</p>", inReplyTo=root["id"])
    reply = bob.note("<p>reply</p>", inReplyTo=middle["id"])

    await post(bob, bob.activity("Create", reply))
    await settle()

    top, mid, low = [await status_of(ctx, one["id"]) for one in (root, middle, reply)]
    assert (mid["in_reply_to_id"], low["in_reply_to_id"]) == (top["id"], mid["id"])
    assert top["conversation_id"] == low["conversation_id"]


async def test_nobody_posts_in_another_s_name(ctx, far, post, settle, outcome_of):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note()
    forged = mallory.activity("Create", note)

    await post(mallory, forged)
    await settle()

    assert await status_of(ctx, note["id"]) is None
    assert await outcome_of(forged) == ("refused", "The status is somebody else's")


async def test_an_object_on_another_host_is_refused_at_the_gate(ctx, far, post):
    bob = far.actor()
    note = bob.note() | {"id": "https://victim.example/notes/1"}

    answer = await post(bob, bob.activity("Create", note))

    assert (answer.status, answer.json) == (
        400,
        {"error": "The object is not on the actor's host"},
    )


async def test_an_edit_replaces_what_was_said(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note("<p>before</p>")
    await post(bob, bob.activity("Create", note))
    await settle()

    later = (datetime.now(UTC) + timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    await post(bob, bob.activity("Update", note | {"content": "<p>after</p>", "updated": later}))
    await settle()

    found = await status_of(ctx, note["id"])
    assert found["content_html"] == "<p>after</p>"
    assert found["edited_at"] is not None


async def test_a_deleted_post_is_gone_and_does_not_come_back(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note, early = bob.note(), bob.note()
    await post(bob, bob.activity("Create", note))
    await settle()

    await post(bob, bob.activity("Delete", {"id": note["id"], "type": "Tombstone"}))
    await post(bob, bob.activity("Delete", early["id"]))  # overtakes its Create
    await settle()
    await post(bob, bob.activity("Create", note))
    await post(bob, bob.activity("Create", early))
    await settle()

    assert (await status_of(ctx, note["id"]))["deleted_at"] is not None
    assert await status_of(ctx, early["id"]) is None


async def test_nobody_deletes_another_s_post(ctx, far, post, settle):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note()
    await post(bob, bob.activity("Create", note))
    await settle()

    await post(mallory, mallory.activity("Delete", note["id"]))
    await settle()

    assert (await status_of(ctx, note["id"]))["deleted_at"] is None


async def test_a_boost_of_ours_is_told_and_can_be_undone(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    status = await a_status(ctx, by=alice)
    boost = bob.activity("Announce", status.uri, to=[PUBLIC])

    await post(bob, boost)
    await settle()
    during = await status_of(ctx, boost["id"])
    await post(bob, bob.activity("Undo", boost))
    await settle()

    assert (during["reblog_of_id"], during["visibility"]) == (status.id, Visibility.PUBLIC)
    assert (await status_of(ctx, boost["id"]))["deleted_at"] is not None


async def test_a_boost_by_somebody_followed_brings_the_post_from_its_own_server(
    ctx, far, post, settle
):
    alice, bob, carol = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = carol.note("<p>true</p>")
    false = note | {"content": "<p>false</p>"}

    await post(bob, bob.activity("Announce", false, to=[PUBLIC], cc=[bob.followers]))
    await settle()

    assert (await status_of(ctx, note["id"]))["content_html"] == "<p>true</p>"


async def test_articles_become_a_title_and_a_link(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    page = f"{far.base}/read/1"
    article = bob.note("<p>very long</p>", name="A <title>", type="Article", url=page)

    await post(bob, bob.activity("Create", article))
    await settle()

    html = (await status_of(ctx, article["id"]))["content_html"]
    assert html.startswith("<p><strong>A &lt;title&gt;</strong></p>")
    assert page in html
    assert "very long" not in html


async def test_a_question_is_a_poll_whose_votes_are_counted_over_there(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))

    def options(tea, coffee):
        return [
            {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": n}}
            for name, n in (("Tea", tea), ("Coffee", coffee))
        ]

    ends = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    question = bob.note(type="Question", oneOf=options(1, 2), endTime=ends, votersCount=3)
    await post(bob, bob.activity("Create", question))
    await settle()
    await post(bob, bob.activity("Update", question | {"oneOf": options(5, 2), "votersCount": 7}))
    await settle()

    async with ctx.reading() as tx:
        poll = await tx.fetch_one(
            "SELECT p.* FROM polls p JOIN statuses s ON s.poll_id = p.id WHERE s.uri = $1",
            question["id"],
        )
    assert list(poll["options"]) == ["Tea", "Coffee"]
    assert (list(poll["tallies"]), poll["voters_count"]) == ([5, 2], 7)


async def test_an_account_that_deletes_itself_is_gone(ctx, far, post, settle, client):
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await a_follow(ctx, alice, account)
    note = bob.note()
    await post(bob, bob.activity("Create", note))
    await settle()

    await post(bob, bob.activity("Delete", bob.uri))
    await settle()

    async with ctx.reading() as tx:
        row = await tx.fetch_one("SELECT * FROM accounts WHERE id = $1", account.id)
        follows = await tx.fetch_value(
            "SELECT count(*) FROM follows WHERE target_account_id = $1", account.id
        )
    assert (row["deleted_at"] is not None, row["display_name"], follows) == (True, "", 0)
    app = client.signed_in(await a_token(ctx, alice))
    assert (await app.get("/api/v1/timelines/home")).json == []


async def test_deletes_of_strangers_are_answered_without_asking_anybody(far, post, outcome_of):
    stranger = far.actor()
    gone = stranger.activity("Delete", stranger.uri)

    answer = await post(stranger, gone)

    assert (answer.status, far.asked) == (202, [])
    assert await outcome_of(gone) is None


async def test_a_profile_update_shows_and_counts_a_version(ctx, far, post, settle):
    bob = far.actor()
    before = await met(ctx, far, bob)
    bob.more["name"] = "New name"

    await post(bob, bob.activity("Update", bob.document()))
    await settle()
    async with ctx.reading() as tx:
        after = await find_account(tx, account_id=before.id)
    await post(bob, bob.activity("Update", bob.document()))
    await settle()
    async with ctx.reading() as tx:
        same = await find_account(tx, account_id=before.id)

    assert (after.display_name, after.version) == ("New name", before.version + 1)
    assert same.version == after.version
    assert after.note_html == "<p>From  away</p>"


async def test_pins_are_kept(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note()

    await post(bob, bob.activity("Add", note["id"], target=f"{bob.uri}/featured"))
    await settle()
    pinned = await pins_of(ctx, bob)
    await post(bob, bob.activity("Remove", note["id"], target=f"{bob.uri}/featured"))
    await settle()

    assert (pinned, await pins_of(ctx, bob)) == ([note["id"]], [])


async def test_a_move_takes_followers_along_if_the_new_account_agrees(
    ctx, far, post, settle, outcome_of
):
    alice, old, new = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, old))
    early = old.activity("Move", old.uri, target=new.uri)
    await post(old, early)
    await settle()
    refused = await outcome_of(early)
    new.more["alsoKnownAs"] = [old.uri]
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE accounts SET fetched_at = NULL WHERE uri = $1", new.uri)

    await post(old, old.activity("Move", old.uri, target=new.uri))
    await settle()

    assert refused == ("refused", "The new account does not say that it was the old one")
    assert [one["object"] for one in far.got("Follow")] == [new.uri]
    assert [one["object"]["object"] for one in far.got("Undo")] == [old.uri]


async def pins_of(ctx, actor):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT s.uri FROM status_pins p JOIN statuses s ON s.id = p.status_id "
            "JOIN accounts a ON a.id = p.account_id WHERE a.uri = $1",
            actor.uri,
        )
    return [row["uri"] for row in rows]
