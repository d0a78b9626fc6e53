"""What tests of relations share: who is signed in, and how somebody stands to somebody."""

from tests.world import a_token

NOTHING = {
    "following": False,
    "showing_reblogs": False,
    "notifying": False,
    "languages": None,
    "followed_by": False,
    "blocking": False,
    "blocked_by": False,
    "muting": False,
    "muting_notifications": False,
    "muting_expires_at": None,
    "requested": False,
    "requested_by": False,
    "domain_blocking": False,
    "endorsed": False,
    "note": "",
}


def stands(target, **differences):
    return {"id": str(target.id), **NOTHING, **differences}


async def signed_in(ctx, client, account):
    return client.signed_in(await a_token(ctx, account))


async def counts_of(ctx, account):
    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT following_count, followers_count FROM account_stats WHERE account_id = $1",
            account.id,
        )
    return tuple(row)
