"""One account of another server is suspended or refused here; its server stays federated (W6)."""

from tests.federation.activities.test_statuses import met, status_of
from tests.moderation.standing.world import a_decision, marks_of
from tests.world import a_follow, an_account, unique
from watertower.moderation.actions.standing.act import act
from watertower.moderation.actions.standing.refuse import refuse_in_advance
from watertower.moderation.actions.standing.undo import undo
from watertower.moderation.model.standing import Kind


async def test_one_suspended_account_is_not_heard_and_its_neighbours_are(ctx, far, post, settle):
    moderator, alice = await an_account(ctx, role_id=1), await an_account(ctx)
    bad, good = far.actor(), far.actor()
    bad_account, good_account = await met(ctx, far, bad), await met(ctx, far, good)
    for one in (bad_account, good_account):
        await a_follow(ctx, alice, one)
    before, during, after, fine = bad.note(), bad.note(), bad.note(), good.note()
    await post(bad, bad.activity("Create", before))
    await settle()

    action_id = await act(
        ctx, actor_id=moderator.id, decision=a_decision(Kind.SUSPEND, bad_account)
    )
    await post(bad, bad.activity("Create", during))
    await post(good, good.activity("Create", fine))
    # What it takes back is heard: nothing that its author deleted stays here.
    await post(bad, bad.activity("Delete", before["id"]))
    await settle()

    assert (await status_of(ctx, during["id"])) is None
    assert (await status_of(ctx, fine["id"])) is not None
    assert (await status_of(ctx, before["id"]))["deleted_at"] is not None
    assert far.got("Reject") == []

    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")
    await post(bad, bad.activity("Create", after))
    await settle()
    assert (await status_of(ctx, after["id"])) is not None


async def test_a_profile_that_is_read_again_does_not_lift_our_suspension(ctx, far, post, settle):
    moderator, bob = await an_account(ctx, role_id=1), far.actor()
    account = await met(ctx, far, bob)
    await act(ctx, actor_id=moderator.id, decision=a_decision(Kind.SUSPEND, account))

    await post(bob, bob.activity("Update", bob.document()))
    await settle()
    await ctx.remote.refresh_account(account.id)

    assert (await marks_of(ctx, account))["suspended_at"] is not None


async def test_somebody_refused_in_advance_is_not_heard_from_the_first_word(ctx, far, post, settle):
    moderator, alice = await an_account(ctx, role_id=1), await an_account(ctx)
    bob, carol = far.actor(unique("rude")), far.actor()
    await refuse_in_advance(
        ctx,
        actor_id=moderator.id,
        handle=f"{bob.name}@{far.host}",
        kind=Kind.SUSPEND,
        reason="Threats elsewhere",
    )

    for one in (bob, carol):
        note = one.note(
            to=[alice.uri], tag=[{"type": "Mention", "href": alice.uri, "name": "@alice"}]
        )
        await post(one, one.activity("Create", note))
        await settle()
        found = await status_of(ctx, note["id"])
        assert (found is None) is (one is bob)

    account = await met(ctx, far, carol)
    assert (await marks_of(ctx, account))["suspended_at"] is None
    async with ctx.reading() as tx:
        assert await tx.fetch_value(
            "SELECT suspended_at IS NOT NULL FROM accounts WHERE username = $1", bob.name
        )
        assert (
            await tx.fetch_value(
                "SELECT count(*) FROM notifications n JOIN accounts a ON a.id = n.from_account_id "
                "WHERE n.account_id = $1 AND a.username = $2",
                alice.id,
                bob.name,
            )
            == 0
        )
