"""What a web process remembers of viewers: nothing that the database says otherwise."""

import asyncio
from datetime import timedelta

import pytest

from tests.world import a_token, an_account
from watertower.accounts.access import known_viewers
from watertower.accounts.access.known_viewers import KnownViewers
from watertower.accounts.tokens import hash_of
from watertower.base.db.transaction import query_counter
from watertower.base.errors import NotSignedIn
from watertower.base.live import Listener, LiveEvent

IP = "203.0.113.9"


@pytest.fixture
async def known(ctx):
    """A memory of its own, which hears what the database says."""

    async def connected() -> None:
        viewers.forget_all()

    def heard(event: LiveEvent) -> None:
        viewers.hear(event)

    listener = Listener(ctx.settings.database.url, heard=heard, connected=connected)
    viewers = KnownViewers(hears=listener.is_listening.is_set, seconds=30)
    task = asyncio.create_task(listener.run())
    await asyncio.wait_for(listener.is_listening.wait(), 5)
    yield viewers
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def a_known_member(ctx, known):
    account = await an_account(ctx)
    token = hash_of(await a_token(ctx, account, "read"))
    await known.viewer_of(ctx, token_hash=token, ip=IP)  # its first use is noted: a write
    await asyncio.sleep(0.05)
    await known.viewer_of(ctx, token_hash=token, ip=IP)
    return account, token


async def asked(ctx, known, token):
    """How many queries it takes to know the viewer, and who it is."""
    seen = []
    mark = query_counter.set(seen)
    try:
        viewer = await known.viewer_of(ctx, token_hash=token, ip=IP)
    finally:
        query_counter.reset(mark)
    return len(seen), viewer


async def eventually(look):
    for _ in range(200):
        if found := await look():
            return found
        await asyncio.sleep(0.01)
    raise AssertionError("it was never forgotten")


async def test_a_token_seen_a_moment_ago_costs_no_query(ctx, known):
    account, token = await a_known_member(ctx, known)
    count, viewer = await asked(ctx, known, token)
    assert (count, viewer.account_id) == (0, account.id)


CHANGES = {
    "suspended": "UPDATE accounts SET suspended_at = now() WHERE id = $1",
    "memorial": "UPDATE accounts SET is_memorial = true WHERE id = $1",
    "moved": "UPDATE accounts SET moved_to_account_id = id WHERE id = $1",
    "frozen": "UPDATE logins SET frozen_at = now() WHERE account_id = $1",
    "not approved": "UPDATE logins SET approved_at = NULL WHERE account_id = $1",
    "not confirmed": "UPDATE logins SET confirmed_at = NULL WHERE account_id = $1",
    "another role": "UPDATE logins SET role_id = 1 WHERE account_id = $1",
    "powers lent": "UPDATE logins SET lent_until = now() WHERE account_id = $1",
    "powers locked": "UPDATE logins SET powers_locked_from = now() WHERE account_id = $1",
    "filters": "UPDATE logins SET filters_version = filters_version + 1 WHERE account_id = $1",
    "languages": "UPDATE logins SET chosen_languages = '{de}' WHERE account_id = $1",
    "scopes": (
        "UPDATE oauth_tokens SET scopes = '{write}' "
        "WHERE login_id = (SELECT id FROM logins WHERE account_id = $1)"
    ),
    "the role itself": "UPDATE roles SET permissions = permissions WHERE $1::bigint > 0",
    "duties": (
        "INSERT INTO site_settings (name, value) SELECT 'any', '1' WHERE $1::bigint > 0 "
        "ON CONFLICT (name) DO UPDATE SET value = '2'"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_whatever_changes_a_viewer_is_heard(ctx, known, change):
    account, token = await a_known_member(ctx, known)
    async with ctx.transaction() as tx:
        await tx.execute(CHANGES[change], account.id)

    async def is_asked_anew():
        count, _ = await asked(ctx, known, token)
        return count

    assert await eventually(is_asked_anew) == 1


@pytest.mark.parametrize(
    "end", ["UPDATE oauth_tokens SET revoked_at = now()", "DELETE FROM oauth_tokens"]
)
async def test_a_token_that_ended_is_refused(ctx, known, end):
    account, token = await a_known_member(ctx, known)
    async with ctx.transaction() as tx:
        await tx.execute(
            f"{end} WHERE login_id = (SELECT id FROM logins WHERE account_id = $1)", account.id
        )

    async def is_refused():
        try:
            await known.viewer_of(ctx, token_hash=token, ip=IP)
        except NotSignedIn:
            return True
        return False

    assert await eventually(is_refused)


async def test_noting_that_a_member_was_here_forgets_nobody(ctx, known):
    account, token = await a_known_member(ctx, known)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET last_active_at = now(), current_ip = '203.0.113.8' "
            "WHERE account_id = $1",
            account.id,
        )
    await asyncio.sleep(0.1)
    count, _ = await asked(ctx, known, token)
    assert count == 0


async def test_who_cannot_hear_asks_each_time(ctx):
    deaf = KnownViewers(hears=lambda: False, seconds=30)
    _, token = await a_known_member(ctx, deaf)
    assert (await asked(ctx, deaf, token))[0] == 1


async def test_what_changes_while_one_asks_is_not_kept(ctx, known, monkeypatch):
    _, token = await a_known_member(ctx, known)
    known.forget(token)
    ask = known_viewers.viewer_of

    async def slow(*args, **named):
        viewer = await ask(*args, **named)
        known.forget(token)  # as an event does that comes before the answer
        return viewer

    monkeypatch.setattr(known_viewers, "viewer_of", slow)
    await known.viewer_of(ctx, token_hash=token, ip=IP)
    monkeypatch.undo()
    assert (await asked(ctx, known, token))[0] == 1


async def test_what_is_kept_ends_by_itself(ctx, known, clock):
    _, token = await a_known_member(ctx, known)
    clock.ahead = timedelta(seconds=31)
    assert (await asked(ctx, known, token))[0] == 1
