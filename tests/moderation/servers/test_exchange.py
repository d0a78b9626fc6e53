"""What passes between us and a server that was decided about: nothing, or no media, or no reports."""

from tests.moderation.servers.world import a_moderator, forget
from tests.world import an_account
from watertower.moderation.actions.servers.decide import decide
from watertower.moderation.actions.servers.lift import lift
from watertower.moderation.model.servers import Choice


async def decides(ctx, domain, **more):
    actor = await a_moderator(ctx)
    await decide(
        ctx,
        actor_id=actor.id,
        choice=Choice(domain, private_comment="Because", **more),
        in_advance=True,
    )
    forget()


async def known(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_one("SELECT id, has_media FROM statuses WHERE uri = $1", uri)


async def test_media_are_rejected_by_themselves(ctx, far, post, settle):
    bob, ann = far.actor(), await an_account(ctx)
    picture = {"type": "Image", "mediaType": "image/png", "url": f"{far.base}/a.png"}
    await post(bob, bob.activity("Follow", ann.uri))
    await settle()
    await decides(ctx, far.host, rejects_media=True)
    note = bob.note("<p>Look</p>", attachment=[picture], tag=[{"type": "Mention", "href": ann.uri}])

    await post(bob, bob.activity("Create", note))
    await settle()

    found = await known(ctx, note["id"])
    assert found["has_media"] is False


async def test_a_suspended_server_is_not_heard_not_written_to_and_not_asked(
    ctx, far, post, settle, drain, client
):
    from watertower.statuses.actions.publish import publish
    from watertower.statuses.draft import Draft

    bob, ann = far.actor(), await an_account(ctx)
    await post(bob, bob.activity("Follow", ann.uri))
    await settle()
    assert [one["type"] for one in [entry.activity for entry in far.inbox]] == ["Accept"]
    # What came and what goes is on its way when the decision is made.
    waiting = bob.note("<p>On its way</p>", tag=[{"type": "Mention", "href": ann.uri}])
    await post(bob, bob.activity("Create", waiting))
    await publish(ctx, author_id=ann.id, draft=Draft(text="On its way, too"))
    far.asked.clear()
    far.inbox.clear()

    await decides(ctx, far.host, severity="suspend")
    await settle()
    await publish(ctx, author_id=ann.id, draft=Draft(text="Not for them"))
    answer = await post(bob, bob.activity("Like", "https://x.example/1"))
    await settle()

    assert answer.status == 403
    assert far.inbox == []
    assert far.asked == []
    assert await known(ctx, waiting["id"]) is None


async def test_reports_are_rejected_by_themselves(ctx, far, post, settle, outcome_of):
    bob, ann = far.actor(), await an_account(ctx)
    await decides(ctx, far.host, rejects_reports=True)
    flag = bob.activity("Flag", [ann.uri], content="Bad")

    await post(bob, flag)
    await settle()

    assert await outcome_of(flag) == ("ignored", "reports from this server are not wanted")


async def test_once_it_is_lifted_the_exchange_goes_on(ctx, far, post, settle, drain):
    bob, ann = far.actor(), await an_account(ctx)
    await post(bob, bob.activity("Follow", ann.uri))
    await settle()
    await decides(ctx, far.host, severity="suspend")
    await settle()
    actor = await a_moderator(ctx)
    await lift(ctx, actor_id=actor.id, domain=far.host, reason="Over")
    await settle()
    note = bob.note("<p>Again</p>", tag=[{"type": "Mention", "href": ann.uri}])

    answer = await post(bob, bob.activity("Create", note))
    await settle()

    assert answer.status == 202
    assert await known(ctx, note["id"]) is not None
    assert far.got("Accept") != []
