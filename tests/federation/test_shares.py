"""One server cannot take all of the inbox: a rate, and a share of what waits."""

from dataclasses import replace

import pytest

from tests.world import an_account
from watertower.federation import shares


@pytest.fixture
def limited(ctx, monkeypatch):
    """Limits as in production, and small enough to be reached."""
    shares.forget_shares()
    limits = replace(ctx.settings.limits, enabled=True)
    before, ctx.settings = ctx.settings, replace(ctx.settings, limits=limits)
    yield monkeypatch
    ctx.settings = before
    shares.forget_shares()


async def test_a_server_that_sends_too_fast_comes_back_later(ctx, far, post, limited):
    limited.setattr(shares, "MOST_PER_MINUTE", 2)
    bob, alice = far.actor(), await an_account(ctx)

    answers = [await post(bob, bob.activity("Follow", alice.uri)) for _ in range(3)]

    assert [one.status for one in answers] == [202, 202, 429]
    assert answers[2].headers["Retry-After"] == "60"


async def test_a_server_whose_activities_pile_up_comes_back_later(ctx, far, post, limited):
    limited.setattr(shares, "LOOKED_AT_EVERY", 3)
    limited.setattr(shares, "MOST_WAITING", 2)
    bob, alice = far.actor(), await an_account(ctx)

    answers = [await post(bob, bob.activity("Follow", alice.uri)) for _ in range(4)]

    assert [one.status for one in answers] == [202, 202, 429, 429]


async def test_what_was_not_proved_uses_up_nobodys_share(ctx, far, post, limited):
    limited.setattr(shares, "MOST_PER_MINUTE", 1)
    bob, alice = far.actor(), await an_account(ctx)
    stranger = far.actor()

    activity = bob.activity("Follow", alice.uri)
    forged = await post(stranger, activity, key=None)
    real = await post(bob, bob.activity("Follow", alice.uri))

    assert (forged.status, real.status) == (401, 202)
