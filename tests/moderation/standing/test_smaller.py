"""W2 (warning), W4 (limit, cool-down), W6 (people elsewhere), and what is done to single posts."""

from datetime import timedelta

import pytest

from tests.moderation.standing.world import a_decision, all_of, log_of, marks_of
from tests.web.visit import signed_in
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.remember_account import remember_account
from watertower.accounts.received import ReceivedAccount
from watertower.base.paging import Page
from watertower.moderation.access.standing import actions_about
from watertower.moderation.actions.standing.act import act, act_on_several
from watertower.moderation.actions.standing.refuse import refuse_in_advance, withdraw_refusal
from watertower.moderation.actions.standing.undo import undo
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.errors.standing import NotAHandle
from watertower.moderation.jobs.end_actions import end_actions, keep_what_is_appealed
from watertower.moderation.model.standing import Kind
from watertower.moderation.steps.cases import open_case
from watertower.statuses.actions.boost import boost
from watertower.statuses.actions.pin import pin
from watertower.statuses.jobs.sweep_deleted import sweep_deleted_statuses


async def acted(ctx, moderator, kind, member, **more):
    return await act(ctx, actor_id=moderator.id, decision=a_decision(kind, member, **more))


# -- W2: a warning is a message ---------------------------------------------------------------


async def test_a_warning_is_a_message_and_changes_nothing_else(ctx, client, drain, mails):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    before = await marks_of(ctx, member)
    async with ctx.reading() as tx:
        row = await tx.fetch_one("SELECT * FROM accounts WHERE id = $1", member.id)

    for n in range(5):
        await acted(ctx, moderator, Kind.WARNING, member, message=f"Please, number {n}")
    await drain()

    async with ctx.reading() as tx:
        assert await tx.fetch_one("SELECT * FROM accounts WHERE id = $1", member.id) == row
    assert await marks_of(ctx, member) == before
    app = client.signed_in(await a_token(ctx, member))
    told = (await app.get("/api/v1/notifications?types[]=moderation_warning")).json
    told.sort(key=lambda one: one["moderation_warning"]["text"], reverse=True)
    assert [one["moderation_warning"]["text"] for one in told] == [
        f"Please, number {n}" for n in (4, 3, 2, 1, 0)
    ]
    assert told[0]["account"]["id"] == str(member.id)
    assert told[0]["moderation_warning"] | {"target_account": 0, "created_at": 0, "id": 0} == {
        "id": 0,
        "action": "none",
        "text": "Please, number 4",
        "status_ids": None,
        "appeal": None,
        "target_account": 0,
        "created_at": 0,
    }
    assert len(mails.to(f"{member.username}@example.test")) == 5
    assert "Ask the team" in mails.mails[0].text


async def test_nowhere_is_a_tally_of_warnings(ctx, client):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    app = client.signed_in(await a_token(ctx, moderator))
    clean = (await app.get(f"/api/v1/admin/accounts/{member.id}")).json

    for n in range(3):
        await acted(ctx, moderator, Kind.WARNING, member, message=f"Please {n}")

    assert (await app.get(f"/api/v1/admin/accounts/{member.id}")).json == clean
    async with ctx.reading() as tx:
        columns = await tx.fetch_all(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND (column_name LIKE '%strike%' "
            "OR column_name LIKE '%warnings_count%')"
        )
    assert [tuple(row) for row in columns] == []


async def test_warnings_are_put_away_after_ninety_days(ctx, clock):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    await acted(ctx, moderator, Kind.WARNING, member)

    async def shown(**more):
        found = await actions_about(
            ctx, viewer_id=moderator.id, account_id=member.id, page=Page(10), **more
        )
        return [action.kind for action in found]

    clock.ahead = timedelta(days=89)
    assert await shown() == [Kind.WARNING]
    clock.ahead = timedelta(days=91)
    assert await shown() == []
    assert await shown(has_old_warnings=True) == [Kind.WARNING]


# -- W4: limits and cool-downs ----------------------------------------------------------------


async def test_a_cool_down_ends_for_everybody_by_the_clock(ctx, clock, drain, mails):
    moderator = await an_account(ctx, role_id=1)
    people = [await an_account(ctx) for _ in range(3)]
    until = ctx.now() + timedelta(hours=20)
    await act_on_several(
        ctx,
        actor_id=moderator.id,
        decision=a_decision(Kind.LIMIT, people[0], ends_at=until, message="Until tomorrow"),
        account_ids=[one.id for one in people],
    )

    await drain()
    clock.ahead = timedelta(hours=19)
    await end_actions.run(ctx)
    assert [(await marks_of(ctx, one))["limited_at"] is None for one in people] == [False] * 3
    clock.ahead = timedelta(hours=21)
    await end_actions.run(ctx)
    await drain()

    assert [(await marks_of(ctx, one))["limited_at"] for one in people] == [None] * 3
    for one in people:
        texts = [mail.text for mail in mails.to(f"{one.username}@example.test")]
        assert len(texts) == 2
        assert "It ends by itself on" in texts[0]
        assert "no longer limited" in texts[1]
        assert not any(other.username in "".join(texts) for other in people if other is not one)


async def test_each_of_several_sees_only_their_own_part(ctx, client, drain):
    moderator = await an_account(ctx, role_id=1)
    visit, me = await signed_in(ctx, client)
    other = await an_account(ctx)
    await act_on_several(
        ctx,
        actor_id=moderator.id,
        decision=a_decision(
            Kind.LIMIT, me, ends_at=ctx.now() + timedelta(hours=20), message="Slow down"
        ),
        account_ids=[me.id, other.id],
    )
    await drain()

    page = await visit.get("/account/standing")

    assert page.text.count("Slow down") == 1
    assert "ends by itself" in page.text
    for private in (other.username, moderator.username, "For the team"):
        assert private not in page.text


async def test_a_limited_account_is_heard_by_its_followers_and_by_nobody_else(ctx, client, drain):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    follower, stranger = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, follower, member)
    older = await a_status(ctx, member, "Said before")
    action_id = await acted(ctx, moderator, Kind.LIMIT, member)
    as_member = client.signed_in(await a_token(ctx, member))
    said = (
        await as_member.post(
            "/api/v1/statuses",
            json={"status": f"@{follower.username} @{stranger.username} hello"},
        )
    ).json
    await drain()

    async def sees(who, path, status_id=said["id"]):
        app = client.signed_in(await a_token(ctx, who))
        answer = await app.get(path)
        assert answer.status == 200
        return str(status_id) in answer.text

    local = f"/api/v1/timelines/public?local=true&min_id={older.id - 1}"
    assert await sees(follower, "/api/v1/timelines/home")
    # What is said while limited is not for the public timelines at all.
    assert said["visibility"] == "unlisted"
    assert [await sees(one, local, older.id) for one in (follower, stranger)] == [True, False]
    # Mentions of a limited account wait apart for those who do not follow it.
    listed = "/api/v1/notifications"
    assert [await sees(one, listed) for one in (follower, stranger)] == [True, False]
    app = client.signed_in(await a_token(ctx, stranger))
    (waiting,) = (await app.get("/api/v1/notifications/requests")).json
    assert waiting["account"]["id"] == str(member.id)
    assert waiting["account"]["limited"] is True

    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="Over")
    assert await sees(stranger, local, older.id)


async def test_a_limited_accounts_new_follows_have_to_be_accepted(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    target = await an_account(ctx)
    await acted(ctx, moderator, Kind.LIMIT, member)

    await follow(ctx, actor_id=member.id, target_id=target.id)

    async with ctx.reading() as tx:
        assert (
            await tx.fetch_value(
                "SELECT count(*) FROM follow_requests WHERE account_id = $1", member.id
            )
            == 1
        )


# -- Single posts -----------------------------------------------------------------------------


async def counts(ctx, *accounts):
    async with ctx.reading() as tx:
        return [
            await tx.fetch_value(
                "SELECT statuses_count FROM account_stats WHERE account_id = $1", one.id
            )
            for one in accounts
        ]


async def test_removed_posts_come_back_with_boosts_replies_pins_and_counts(ctx, client, drain):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    fan = await an_account(ctx)
    parent = await a_status(ctx, fan, "The question")
    app = client.signed_in(await a_token(ctx, member))
    said = (
        await app.post(
            "/api/v1/statuses", json={"status": "The answer", "in_reply_to_id": str(parent.id)}
        )
    ).json
    status_id = int(said["id"])
    await pin(ctx, actor_id=member.id, status_id=status_id)
    await boost(ctx, actor_id=fan.id, status_id=status_id)
    await drain()
    as_fan = client.signed_in(await a_token(ctx, fan))
    whole = (await as_fan.get(f"/api/v1/statuses/{status_id}")).json
    before = await counts(ctx, member, fan)

    action_id = await acted(ctx, moderator, Kind.REMOVE_STATUSES, member, status_ids=[status_id])
    await drain()

    for who in (app, as_fan, client):
        assert (await who.get(f"/api/v1/statuses/{status_id}")).status == 404
    assert (await as_fan.get(f"/api/v1/statuses/{parent.id}")).json["replies_count"] == 0
    assert await counts(ctx, member, fan) == [before[0] - 1, before[1] - 1]
    assert (await as_fan.get(f"/api/v1/accounts/{member.id}/statuses?pinned=true")).json == []

    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="A mistake")
    await drain()

    assert (await as_fan.get(f"/api/v1/statuses/{status_id}")).json == whole
    assert await counts(ctx, member, fan) == before
    pinned = (await as_fan.get(f"/api/v1/accounts/{member.id}/statuses?pinned=true")).json
    assert [one["id"] for one in pinned] == [said["id"]]
    assert (await as_fan.get(f"/api/v1/statuses/{parent.id}")).json["replies_count"] == 1


async def test_removed_posts_are_kept_for_ninety_days_and_then_swept(ctx, clock):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    status, other = await a_status(ctx, member, "One"), await a_status(ctx, member, "Two")
    action_id = await acted(ctx, moderator, Kind.REMOVE_STATUSES, member, status_ids=[status.id])
    await acted(ctx, moderator, Kind.REMOVE_STATUSES, member, status_ids=[other.id], reason="B")

    clock.ahead = timedelta(days=60)
    await sweep_deleted_statuses.run(ctx)
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")
    clock.ahead = timedelta(days=91)
    await sweep_deleted_statuses.run(ctx)

    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT id, deleted_at FROM statuses WHERE account_id = $1", member.id
        )
    assert [tuple(row) for row in rows] == [(status.id, None)]


async def test_removed_posts_are_kept_while_an_appeal_runs(ctx, clock):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    status = await a_status(ctx, member, "One")
    action_id = await acted(ctx, moderator, Kind.REMOVE_STATUSES, member, status_ids=[status.id])
    clock.ahead = timedelta(days=89)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO appeals (action_id, kind, account_id, round, claim, filed_by, state, "
            "created_at, updated_at) VALUES ($1, 'remove_statuses', $2, 1, 'error', 'member', "
            "'contact_verified', $3, $3)",
            action_id,
            member.id,
            ctx.now(),
        )
    for day in range(89, 110):
        clock.ahead = timedelta(days=day)
        await keep_what_is_appealed.run(ctx)
        await sweep_deleted_statuses.run(ctx)

    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="The appeal was right")

    async with ctx.reading() as tx:
        row = await tx.fetch_one("SELECT deleted_at FROM statuses WHERE id = $1", status.id)
    assert tuple(row) == (None,)


async def test_of_two_removals_of_a_post_the_last_undone_gives_it_back(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    status, other = await a_status(ctx, member), await a_status(ctx, member)
    first = await acted(
        ctx, moderator, Kind.REMOVE_STATUSES, member, status_ids=[status.id, other.id]
    )
    second = await acted(
        ctx, moderator, Kind.REMOVE_STATUSES, member, status_ids=[status.id], reason="Again"
    )

    async def there():
        async with ctx.reading() as tx:
            return [
                row["id"]
                for row in await tx.fetch_all(
                    "SELECT id FROM statuses WHERE account_id = $1 AND deleted_at IS NULL "
                    "ORDER BY id",
                    member.id,
                )
            ]

    await undo(ctx, actor_id=moderator.id, action_id=first, reason="")
    assert await there() == [other.id]
    await undo(ctx, actor_id=moderator.id, action_id=second, reason="")
    assert await there() == [status.id, other.id]


async def test_covered_posts_are_uncovered_unless_their_author_edited_them(ctx, clock):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    plain, own = await a_status(ctx, member), await a_status(ctx, member, is_sensitive=True)
    edited = await a_status(ctx, member)
    action_id = await acted(
        ctx,
        moderator,
        Kind.MARK_STATUSES_SENSITIVE,
        member,
        status_ids=[plain.id, own.id, edited.id],
    )

    async def covered():
        async with ctx.reading() as tx:
            rows = await tx.fetch_all(
                "SELECT is_sensitive FROM statuses WHERE account_id = $1 ORDER BY id", member.id
            )
        return [row["is_sensitive"] for row in rows]

    assert await covered() == [True, True, True]
    clock.ahead = timedelta(hours=1)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE statuses SET edited_at = $2 WHERE id = $1", edited.id, ctx.now())
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")
    assert await covered() == [False, True, True]


# -- W6: people elsewhere ---------------------------------------------------------------------


def somebody(username, domain="far.example"):
    uri = f"https://{domain}/users/{username}"
    return ReceivedAccount(
        uri=uri,
        username=username,
        domain=domain,
        actor_type="Person",
        inbox_url=f"{uri}/inbox",
        url=f"https://{domain}/@{username}",
    )


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        (Kind.SUSPEND, "suspended_at"),
        (Kind.LIMIT, "limited_at"),
        (Kind.SENSITIZE, "sensitized_at"),
    ],
)
async def test_somebody_refused_in_advance_never_shows(ctx, drain, kind, mark):
    moderator = await an_account(ctx, role_id=1)
    name = f"rude{kind}"
    handle = f"@{name.upper()}@far.example"
    await refuse_in_advance(ctx, actor_id=moderator.id, handle=handle, kind=kind, reason="Threats")

    account_id = await remember_account(ctx, received=somebody(name))
    other_id = await remember_account(ctx, received=somebody(f"kind{kind}"))
    await drain()
    await drain()

    class Came:
        id = account_id

    class Other:
        id = other_id

    assert (await marks_of(ctx, Came))[mark] is not None
    assert (await marks_of(ctx, Other))[mark] is None
    (action,) = await all_of(ctx, Came)
    assert (action.kind, action.reason) == (kind, "Refused in advance: Threats")
    await undo(ctx, actor_id=moderator.id, action_id=action.id, reason="They changed")
    assert (await marks_of(ctx, Came))[mark] is None
    # and a profile that is read again does not bring it back
    await remember_account(ctx, received=somebody(name))
    assert (await marks_of(ctx, Came))[mark] is None


async def test_refusing_somebody_who_is_here_acts_at_once(ctx):
    moderator = await an_account(ctx, role_id=1)
    far = await an_account(ctx, domain="far.example")

    made = await refuse_in_advance(
        ctx,
        actor_id=moderator.id,
        handle=f"{far.username}@far.example",
        kind=Kind.SUSPEND,
        reason="Threats",
    )

    assert made.refusal_id is None
    assert (await marks_of(ctx, far))["suspended_at"] is not None
    assert [verb for _, verb, _ in await log_of(ctx, far)] == ["suspend"]


async def test_a_refusal_can_be_withdrawn_and_members_cannot_be_refused(ctx):
    moderator = await an_account(ctx, role_id=1)
    made = await refuse_in_advance(
        ctx, actor_id=moderator.id, handle="later@far.example", kind=Kind.SUSPEND, reason="X"
    )
    await withdraw_refusal(ctx, actor_id=moderator.id, refusal_id=made.refusal_id, reason="Y")
    account_id = await remember_account(ctx, received=somebody("later"))

    async with ctx.reading() as tx:
        assert (
            await tx.fetch_value("SELECT suspended_at FROM accounts WHERE id = $1", account_id)
            is None
        )
    own = ctx.settings.server.domain
    for handle, kind in (
        (f"{moderator.username}@{own}", Kind.SUSPEND),
        ("nobody", Kind.SUSPEND),
        ("a@b@c", Kind.SUSPEND),
        ("rude@far.example", Kind.FREEZE),
    ):
        with pytest.raises(NotAHandle):
            await refuse_in_advance(ctx, actor_id=moderator.id, handle=handle, kind=kind, reason="")


async def test_people_elsewhere_are_told_nothing_by_us(ctx, drain, mails):
    """No notice federates: a moderator may write, after thinking of the risk."""
    moderator = await an_account(ctx, role_id=1)
    far = await an_account(ctx, domain="quiet.example")
    follower = await an_account(ctx)
    await a_follow(ctx, far, follower)
    await a_follow(ctx, follower, far)

    async def sent():
        async with ctx.reading() as tx:
            return await tx.fetch_value(
                "SELECT count(*) FROM deliveries WHERE inbox_url LIKE '%quiet.example%'"
            )

    before = await sent()
    await acted(ctx, moderator, Kind.SUSPEND, far)
    await drain()

    assert await sent() == before
    assert mails.mails == []


async def test_what_followers_only_write_is_not_sent_to_whom_we_suspended(ctx, client, drain):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    good, bad = (
        await an_account(ctx, domain="good.example"),
        await an_account(ctx, domain="bad.example"),
    )
    for one in (good, bad):
        await a_follow(ctx, one, member)
    await acted(ctx, moderator, Kind.SUSPEND, bad)
    app = client.signed_in(await a_token(ctx, member))
    await app.post("/api/v1/statuses", json={"status": "Quietly", "visibility": "private"})
    await drain()

    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT DISTINCT d.host FROM deliveries d JOIN outgoing_activities o "
            "ON o.id = d.activity_id WHERE o.account_id = $1",
            member.id,
        )
    assert [row["host"] for row in rows] == ["good.example"]


# -- With a case, and in private ----------------------------------------------------------------


async def test_with_a_case_the_decision_is_said_in_its_thread_and_mailed_once(ctx, drain, mails):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    async with ctx.transaction() as tx:
        case_id = await open_case(
            tx, at=ctx.now(), kind="research", target_account_id=member.id, opened_by=moderator.id
        )

    action_id = await acted(
        ctx, moderator, Kind.LIMIT, member, case_id=case_id, message="Please slow down"
    )
    await drain()
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="Enough")
    await drain()

    async with ctx.reading() as tx:
        said = await tx.fetch_all(
            "SELECT thread, with_account_id, from_team, text FROM case_messages "
            "WHERE case_id = $1 ORDER BY id",
            case_id,
        )
    assert [(row["thread"], row["with_account_id"], row["from_team"]) for row in said] == [
        ("reported", member.id, True)
    ] * 2
    assert "Please slow down" in said[0]["text"]
    assert "/appeals/" in said[0]["text"]
    assert "For the team" not in said[0]["text"]
    assert "no longer limited" in said[1]["text"]
    got = mails.to(f"{member.username}@example.test")
    assert ["Please slow down" in mail.text for mail in got] == [True, False]


async def test_nobody_acts_on_a_case_about_what_they_reported(ctx):
    reporter, member = await an_account(ctx, role_id=1), await an_account(ctx)
    async with ctx.transaction() as tx:
        case_id = await open_case(tx, at=ctx.now(), kind="research", target_account_id=member.id)
        await tx.execute(
            "INSERT INTO reports (account_id, target_account_id, category, comment, case_id, "
            "created_at, updated_at) VALUES ($1, $2, 'other', '', $3, now(), now())",
            reporter.id,
            member.id,
            case_id,
        )

    with pytest.raises(CaseNotFound):
        await acted(ctx, reporter, Kind.LIMIT, member, case_id=case_id)
    assert await all_of(ctx, member) == []


async def test_a_private_message_that_was_removed_leaves_no_hole_and_comes_back(ctx, client, drain):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    reader = await an_account(ctx)
    await a_follow(ctx, reader, member)
    app = client.signed_in(await a_token(ctx, member))
    said = (
        await app.post(
            "/api/v1/statuses",
            json={"status": f"@{reader.username} a threat", "visibility": "direct"},
        )
    ).json
    await drain()
    as_reader = client.signed_in(await a_token(ctx, reader))
    lists = ("/api/v1/conversations", "/api/v1/notifications", "/api/v2/notifications")

    async def seen():
        answers = [await as_reader.get(path) for path in lists]
        assert [answer.status for answer in answers] == [200, 200, 200]
        return ["a threat" in answer.text for answer in answers]

    assert await seen() == [True, True, True]
    action_id = await acted(
        ctx, moderator, Kind.REMOVE_STATUSES, member, status_ids=[int(said["id"])]
    )
    await drain()
    assert await seen() == [False, False, False]
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")
    await drain()
    assert await seen() == [True, True, True]
