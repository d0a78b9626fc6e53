"""W8, mistake: suspected, confirmed, reversed, followed up, learnt from; each step in its turn."""

from datetime import timedelta

import pytest

from tests.moderation.desk import LEAD, a_moderator, a_report


@pytest.fixture
async def moderator(ctx, client):
    return await a_moderator(ctx, client)


async def decided(ctx, moderator, kind="limit"):
    """(case id, target, action id) of something that was done."""
    _, case_id, _, target, _ = await a_report(ctx)
    await moderator.get(f"/desk/cases/{case_id}")
    await moderator.submit(f"/desk/cases/{case_id}/decide", kind=kind, reason="Rude", closes="1")
    async with ctx.reading() as tx:
        action = await tx.fetch_value(
            "SELECT id FROM moderation_actions WHERE case_id = $1", case_id
        )
    return case_id, target, action


async def suspected(ctx, moderator, case_id, action):
    await moderator.get(f"/desk/cases/{case_id}")
    path = f"/desk/cases/{case_id}/suspect"
    typed = {"suspicion": "Wrong person", "action": str(action)}
    await moderator._call("POST", path, moderator.hidden(path) | typed, {})
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT id FROM mistakes WHERE case_id = $1", case_id)


async def state(ctx, mistake):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT state FROM mistakes WHERE id = $1", mistake)


async def step(visit, case_id, mistake, **typed):
    await visit.get(f"/desk/cases/{case_id}")
    path = f"/desk/cases/{case_id}/mistakes/{mistake}"
    token = visit.hidden(f"/desk/cases/{case_id}/tags")
    return await visit._call("POST", path, token | typed, {})


async def is_limited(ctx, account):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT limited_at IS NOT NULL FROM accounts WHERE id = $1", account.id
        )


async def test_a_mistake_is_put_right_step_by_step(ctx, client, drain, mails, moderator):
    lead = await a_moderator(ctx, client, LEAD)
    case_id, target, action = await decided(ctx, moderator)
    assert await is_limited(ctx, target)
    mistake = await suspected(ctx, moderator, case_id, action)

    for early in ("reverse", "follow_up", "review"):
        assert (await step(moderator, case_id, mistake, step=early, words="x")).status == 422
    await step(moderator, case_id, mistake, step="confirm")
    assert await state(ctx, mistake) == "suspected"
    await step(moderator, case_id, mistake, step="confirm")
    assert await state(ctx, mistake) == "suspected"
    await step(lead, case_id, mistake, step="confirm")
    assert await state(ctx, mistake) == "confirmed"
    await step(moderator, case_id, mistake, step="reverse")
    assert (await state(ctx, mistake), await is_limited(ctx, target)) == ("reversed", False)
    async with ctx.reading() as tx:
        due = await tx.fetch_value("SELECT policy_due_at FROM mistakes WHERE id = $1", mistake)
    assert timedelta(days=13, hours=23) < due - ctx.now() <= timedelta(days=14)
    await drain()
    mails.mails.clear()
    await step(moderator, case_id, mistake, step="follow_up", words="We were wrong. We are sorry.")
    await drain()
    assert [
        "We are sorry" in mail.text for mail in mails.to(f"{target.username}@example.test")
    ] == [True]
    await step(moderator, case_id, mistake, step="review", words="Two look at names from now on")
    assert await state(ctx, mistake) == "policy_reviewed"


async def test_two_moderators_confirm_without_the_lead(ctx, client, moderator):
    second = await a_moderator(ctx, client)
    case_id, _, action = await decided(ctx, moderator)
    mistake = await suspected(ctx, moderator, case_id, action)

    await step(moderator, case_id, mistake, step="confirm")
    await step(second, case_id, mistake, step="confirm")

    assert await state(ctx, mistake) == "confirmed"


async def test_where_words_would_harm_none_are_sent(ctx, client, drain, mails, moderator):
    lead = await a_moderator(ctx, client, LEAD)
    case_id, target, action = await decided(ctx, moderator)
    mistake = await suspected(ctx, moderator, case_id, action)
    await step(lead, case_id, mistake, step="confirm")
    await step(lead, case_id, mistake, step="reverse")
    await drain()
    mails.mails.clear()

    await step(
        lead, case_id, mistake, step="follow_up", words="They asked not to hear", does_harm="1"
    )
    await drain()

    assert (await state(ctx, mistake), mails.to(f"{target.username}@example.test")) == (
        "followed_up",
        [],
    )


async def test_what_was_right_is_refuted(ctx, client, moderator):
    case_id, target, action = await decided(ctx, moderator)
    mistake = await suspected(ctx, moderator, case_id, action)

    assert (await step(moderator, case_id, mistake, step="refute")).status == 422
    await step(moderator, case_id, mistake, step="refute", words="The posts are plain")

    assert (await state(ctx, mistake), await is_limited(ctx, target)) == ("refuted", True)
