"""A scripted moderator brings a spam wave to an empty queue, through the pages of the desk.

In the suite at a twentieth of the size; `make wave` runs the whole: 1,000 reports and 5,000 posts
from 40 servers, in under 60 page actions, with every page of the desk under 100 ms of CPU at
100,000 reports.
"""

import os
import time

from tests.moderation.waves.cpu import postmaster, seconds
from tests.moderation.waves.moderator import Moderator
from tests.moderation.waves.wave import a_report, a_wave
from tests.web.visit import Visit, a_member
from tests.world import a_token, an_account
from watertower.moderation.jobs.waves_look import look_for_waves

IS_WHOLE = bool(os.environ.get("WHOLE_WAVE"))
SCALE = 1 if IS_WHOLE else 20
MOST_ACTIONS = 60
MOST_CPU_SECONDS = 0.1
OLD_REPORTS = 100_000

TEXTS = (
    "Hello friend you have been chosen to win a free phone today, click https://win.example/{n} before it is too late",
    "Our casino gives fifty spins to everybody who joins tonight, see https://spin.example/{n} and tell your friends",
    "Work from home and earn four thousand each week, write to us now at https://jobs.example/{n} for the details",
    "Your account will be closed, confirm your password within one day at https://safe.example/{n} to keep your posts",
)
PAGES = ("/desk/waves", "/desk/waves?show=over", "/desk/inbound", "/desk/inbound/held")


async def test_a_spam_wave_is_brought_to_an_empty_queue(empty, client, drain):
    for text in TEXTS:
        wave = await a_wave(
            empty,
            accounts=480 // SCALE // 4,
            posts=5000 // SCALE // 4,
            servers=max(1, 40 // SCALE // 4) if SCALE == 1 else 2,
            reports=960 // SCALE // 4,
            text=text,
        )
    # Some report the account, or say it in words that everybody copies.
    for n in range(40 // SCALE or 2):
        await a_report(
            empty, by=await an_account(empty), about=wave.status_ids[n][1], comment=f"Spammer {n}"
        )
    member = await a_member(empty)
    async with empty.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 3 WHERE account_id = $1", member.id)
        if IS_WHOLE:
            await tx.execute(OLD, OLD_REPORTS, member.id)
            await tx.execute("ANALYZE")
        waiting = await tx.fetch_value("SELECT count(*) FROM reports WHERE resolved_at IS NULL")
        posts = await tx.fetch_value("SELECT count(*) FROM statuses WHERE deleted_at IS NULL")
    assert (waiting, posts) == ((1000, 5000) if IS_WHOLE else (50, 248)), (
        "the wave is not as large as it says"
    )

    began = time.monotonic()
    await look_for_waves.run(empty)
    await drain()
    folded = time.monotonic() - began
    visit = Visit(client)
    await visit.sign_in(member.username)
    if IS_WHOLE:
        await measure(empty, visit)

    moderator = Moderator(visit)
    began = time.monotonic()
    await moderator.work(drain)
    worked = time.monotonic() - began

    print(
        f"\nwave: {waiting} reports, {posts} posts; folded in {folded:.1f} s; "
        f"{len(moderator.actions)} page actions, {worked:.1f} s with all that follows"
    )
    assert len(moderator.actions) < MOST_ACTIONS
    app = client.signed_in(await a_token(empty, member))
    assert (await app.get("/api/v1/admin/reports")).json == []
    assert (await app.get("/api/watertower/v1/waves")).json == []
    async with empty.reading() as tx:
        assert await tx.fetch_value("SELECT count(*) FROM cases WHERE closed_at IS NULL") == 0
        assert await tx.fetch_value("SELECT count(*) FROM statuses WHERE deleted_at IS NULL") == 0
        assert (
            await tx.fetch_value(
                "SELECT count(*) FROM accounts WHERE domain IS NOT NULL AND suspended_at IS NULL"
            )
            == 0
        )


OLD = """
    INSERT INTO reports (account_id, target_account_id, comment, created_at, resolved_at)
    SELECT $2, (array(SELECT id FROM accounts WHERE domain IS NOT NULL))[1 + n % 400], 'Old',
           now() - interval '30 days', now() - interval '29 days'
    FROM generate_series(1, $1) n
"""


async def measure(ctx, visit):
    """The CPU time of each page, the median of five."""
    master = await postmaster(ctx)
    async with ctx.reading() as tx:
        wave_id = await tx.fetch_value("SELECT min(id) FROM waves")
    for path in (*PAGES, f"/desk/waves/{wave_id}", f"/desk/waves/{wave_id}/accounts"):
        taken = []
        for _ in range(7):
            before = seconds(master)
            assert (await visit.get(path)).status == 200
            taken.append(seconds(master) - before)
        median = sorted(taken)[3]
        print(f"{path}: {median * 1000:.0f} ms of CPU")
        assert median < MOST_CPU_SECONDS, path
