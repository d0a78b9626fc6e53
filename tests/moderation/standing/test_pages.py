"""The desk's pages of accounts, and moderators' apps, through HTTP."""

from datetime import timedelta

import pytest

from tests.moderation.standing.world import a_decision, all_of, log_of, marks_of
from tests.web.visit import Visit, a_member
from tests.world import a_status, a_token, an_account, unique
from watertower.moderation.actions.servers.write_to import add_contact
from watertower.moderation.actions.standing.act import act
from watertower.moderation.jobs.end_actions import end_actions
from watertower.moderation.model.standing import SEEN_BY, Kind


async def a_moderator(ctx, client, role_id=1):
    account = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET role_id = $2 WHERE account_id = $1", account.id, role_id
        )
    visit = Visit(client)
    await visit.sign_in(account.username)
    return visit, account


async def decide(visit, account, **typed):
    path = f"/desk/accounts/{account.id}/act"
    await visit.get(path)
    return await visit.submit(path, **typed)


async def test_the_desk_does_not_exist_for_members_and_trainees(ctx, client):
    member = await an_account(ctx)
    for role_id in (-99, 4):
        visit, _ = await a_moderator(ctx, client, role_id)
        for path in (
            "/desk/accounts",
            f"/desk/accounts/{member.id}",
            f"/desk/accounts/{member.id}/act",
            "/desk/refusals",
        ):
            assert (await visit.get(path)).status == 404


async def test_nobody_finds_or_opens_themselves_on_the_desk(ctx, client):
    visit, me = await a_moderator(ctx, client)
    assert (
        f"/desk/accounts/{me.id}" not in (await visit.get(f"/desk/accounts?q={me.username}")).text
    )
    assert (await visit.get(f"/desk/accounts/{me.id}")).status == 404
    assert (await visit.get(f"/desk/accounts/{me.id}/act")).status == 404


async def test_the_form_does_what_it_says_and_once(ctx, client, drain):
    visit, me = await a_moderator(ctx, client)
    member = await an_account(ctx)
    post = await a_status(ctx, member, "Rude words")
    typed = {
        "kind": "remove_statuses",
        "reason": "Threats",
        "message": "We removed a threat.",
        f"status_{post.id}": "1",
        "mail": "1",
    }

    assert (await decide(visit, member, **typed)).status == 303
    assert (await decide(visit, member, **typed)).status == 303

    (one,) = await all_of(ctx, member)
    assert (one.kind, one.status_ids, one.actor_account_id) == (
        Kind.REMOVE_STATUSES,
        [post.id],
        me.id,
    )
    shown = (await visit.get(f"/desk/accounts/{member.id}")).text
    assert shown.count("Threats") == 1


async def test_each_action_says_who_sees_it_and_people_elsewhere_are_not_offered_a_freeze(
    ctx, client
):
    visit, _ = await a_moderator(ctx, client)
    member, far = await an_account(ctx), await an_account(ctx, domain="far.example")

    here = (await visit.get(f"/desk/accounts/{member.id}/act")).text
    there = (await visit.get(f"/desk/accounts/{far.id}/act")).text

    offered = [kind for kind in Kind if f'id="kind-{kind}"' in here]
    assert offered == list(Kind)
    assert [kind for kind in Kind if f'id="kind-{kind}"' in there] == [
        kind for kind in Kind if kind not in {Kind.WARNING, Kind.FREEZE}
    ]
    for kind in Kind:
        assert SEEN_BY[kind] in here


async def test_removing_posts_without_a_reason_is_refused_and_nothing_typed_is_lost(ctx, client):
    visit, _ = await a_moderator(ctx, client)
    member = await an_account(ctx)
    post = await a_status(ctx, member, "Rude words")

    answer = await decide(
        visit, member, kind="remove_statuses", message="A long text", **{f"status_{post.id}": "1"}
    )

    assert answer.status == 422
    assert "A long text" in answer.text
    assert f'name="status_{post.id}" value="1" checked' in answer.text
    assert await all_of(ctx, member) == []
    assert "ask the author" in answer.text


async def test_several_people_cool_down_together_from_one_form(ctx, client, clock):
    visit, _ = await a_moderator(ctx, client)
    people = [await an_account(ctx) for _ in range(3)]

    answer = await decide(
        visit,
        people[0],
        kind="limit",
        message="Until tomorrow",
        ends="24",
        together=f"@{people[1].username}, @{people[2].username}@{ctx.settings.server.domain}",
    )

    assert answer.status == 303
    assert [(await marks_of(ctx, one))["limited_at"] is None for one in people] == [False] * 3
    clock.ahead = timedelta(hours=25)
    await end_actions.run(ctx)
    assert [(await marks_of(ctx, one))["limited_at"] is None for one in people] == [True] * 3
    wrong = await decide(
        visit, people[0], kind="suspend", together=f"@{people[1].username}", message="X"
    )
    assert wrong.status == 422
    assert (await marks_of(ctx, people[1]))["suspended_at"] is None


async def test_an_address_is_shown_on_demand_and_the_look_is_logged(ctx, client):
    visit, me = await a_moderator(ctx, client)
    member = await an_account(ctx)
    path = f"/desk/accounts/{member.id}"

    assert f"{member.username}@example.test" not in (await visit.get(path)).text
    answer = await visit.submit(f"{path}/address")

    assert f"{member.username}@example.test" in answer.text
    assert await log_of(ctx, member) == [(me.id, "read address", "")]


async def test_what_waits_for_a_second_look_is_listed_and_can_be_confirmed(ctx, client):
    visit, _ = await a_moderator(ctx, client)
    other, member = await an_account(ctx, role_id=1), await an_account(ctx)
    action_id = await act(
        ctx, actor_id=other.id, decision=a_decision(Kind.SUSPEND, member, is_emergency=True)
    )

    assert f"#action-{action_id}" in (await visit.get("/desk/accounts")).text
    await visit.get(f"/desk/accounts/{member.id}")
    assert (await visit.submit(f"/desk/actions/{action_id}/confirm")).status == 303
    assert f"#action-{action_id}" not in (await visit.get("/desk/accounts")).text
    assert [verb for _, verb, _ in await log_of(ctx, member)] == ["suspend", "confirm suspend"]


async def test_the_end_can_be_changed_and_a_limit_keeps_a_day_to_look_again(ctx, client, clock):
    visit, me = await a_moderator(ctx, client)
    member = await an_account(ctx)
    action_id = await act(ctx, actor_id=me.id, decision=a_decision(Kind.LIMIT, member))
    path = f"/desk/actions/{action_id}/terms"
    until = (ctx.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    async def sent(**typed):
        await visit.get(f"/desk/accounts/{member.id}")
        return (await visit.submit(path, **typed)).status

    assert await sent(ends_at="", review_at="") == 422
    assert await sent(ends_at="2020-01-01T00:00", review_at="") == 422
    assert await sent(ends_at="soon", review_at="") == 422
    assert await sent(ends_at=until, review_at="") == 303
    (one,) = await all_of(ctx, member)
    assert (one.ends_at.strftime("%Y-%m-%dT%H:%M"), one.review_at) == (until, None)
    clock.ahead = timedelta(days=3)
    await end_actions.run(ctx)
    assert (await marks_of(ctx, member))["limited_at"] is None


async def test_only_who_may_deletes_for_good_and_only_what_is_suspended(ctx, client):
    moderator, _ = await a_moderator(ctx, client)
    owner, _ = await a_moderator(ctx, client, role_id=3)
    member = await an_account(ctx)
    path = f"/desk/accounts/{member.id}"
    assert "Delete for good" not in (await owner.get(path)).text

    await act(ctx, actor_id=None, decision=a_decision(Kind.SUSPEND, member))

    assert "Delete for good" not in (await moderator.get(path)).text
    await owner.get(path)
    assert (await owner.submit(f"{path}/delete")).status == 422
    await owner.get(path)
    assert (await owner.submit(f"{path}/delete", sure="1", reason="Court order")).status == 303
    assert (await marks_of(ctx, member))["deleted_at"] is not None
    assert "Deleted for good" in (await owner.get(path)).text


async def test_the_pages_cost_the_same_with_one_and_with_three(ctx, client, queries):
    visit, me = await a_moderator(ctx, client)
    mark = unique("crowd")
    counts = {}
    member = await an_account(ctx, f"{mark}0")
    for n in range(1, 4):
        await act(
            ctx, actor_id=me.id, decision=a_decision(Kind.LIMIT, member, reason=f"Reason {n}")
        )
        await an_account(ctx, f"{mark}{n}")
        await a_status(ctx, member, f"Post {n}")
        for path in (
            f"/desk/accounts?q={mark}",
            f"/desk/accounts/{member.id}",
            f"/desk/accounts/{member.id}/act",
        ):
            await visit.get(path)
            queries.clear()
            assert (await visit.get(path)).status == 200
            counts.setdefault(path, []).append(len(queries))
    assert [len(set(seen)) for seen in counts.values()] == [1, 1, 1], counts


async def test_own_decisions_cost_the_same_with_one_and_with_three(ctx, client, queries, drain):
    moderator, member = await an_account(ctx, role_id=1), await a_member(ctx)
    visit = Visit(client)
    await visit.sign_in(member.username)
    app = client.signed_in(await a_token(ctx, member))
    seen = {}
    for n in range(1, 4):
        await act(
            ctx, actor_id=moderator.id, decision=a_decision(Kind.WARNING, member, message=f"W {n}")
        )
        await drain()
        for name, look in (
            ("page", lambda: visit.get("/account/standing")),
            ("v1", lambda: app.get("/api/v1/notifications")),
            ("v2", lambda: app.get("/api/v2/notifications")),
        ):
            await look()
            queries.clear()
            answer = await look()
            assert answer.text.count("W ") >= n
            seen.setdefault(name, []).append(len(queries))
    assert [len(set(numbers)) for numbers in seen.values()] == [1, 1, 1], seen


async def test_somebody_elsewhere_is_refused_in_advance_from_the_desk(ctx, client):
    visit, _ = await a_moderator(ctx, client)
    handle = f"{unique('never')}@far.example"
    await visit.get("/desk/refusals")
    assert (await visit.submit("/desk/refusals", handle="nonsense", kind="suspend")).status == 422
    await visit.get("/desk/refusals")
    answer = await visit.submit("/desk/refusals", handle=handle, kind="suspend", reason="Threats")
    assert answer.status == 303
    shown = await visit.get("/desk/refusals")
    assert f"@{handle}" in shown.text


async def test_a_notice_to_their_moderators_needs_a_thought_about_the_risk(
    ctx, client, drain, mails
):
    visit, me = await a_moderator(ctx, client, role_id=3)
    far = await an_account(ctx, domain="notice.example")
    await add_contact(
        ctx,
        actor_id=me.id,
        domain="notice.example",
        address="mods@notice.example",
        source="Their about page",
    )
    action_id = await act(ctx, actor_id=me.id, decision=a_decision(Kind.LIMIT, far))
    await drain()
    assert mails.mails == []
    path = f"/desk/actions/{action_id}/notice"
    typed = {"address": "mods@notice.example", "text": "We limited an account of yours."}

    await visit.get(path)
    assert (await visit.submit(path, **typed)).status == 422
    await drain()
    assert mails.mails == []
    answer = await visit.submit(path, risk="Nobody: the posts are public", **typed)
    await drain()

    assert answer.status == 303
    assert [mail.to for mail in mails.mails] == ["mods@notice.example"]
    assert await log_of(ctx, far) == [
        (me.id, "limit", "For the team"),
        (me.id, "weigh the risk of a notice", "Nobody: the posts are public"),
    ]


# -- Moderators' apps -------------------------------------------------------------------------

API = "/api/v1/admin/accounts"


@pytest.mark.parametrize(
    ("word", "undone", "flag"),
    [
        ("disable", "enable", "disabled"),
        ("sensitive", "unsensitive", "sensitized"),
        ("silence", "unsilence", "silenced"),
        ("suspend", "unsuspend", "suspended"),
    ],
)
async def test_moderators_apps_act_and_undo(ctx, client, drain, word, undone, flag):
    app = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=2)))
    member = await an_account(ctx)

    answer = await app.post(f"{API}/{member.id}/action", json={"type": word, "text": "Because"})
    await drain()
    assert (answer.status, answer.json) == (200, {})
    assert (await app.get(f"{API}/{member.id}")).json[flag] is True
    answer = await app.post(f"{API}/{member.id}/{undone}")
    assert (answer.status, answer.json[flag]) == (200, False)
    again = await app.post(f"{API}/{member.id}/{undone}")
    assert (again.status, again.json[flag]) == (200, False)


async def test_none_with_a_text_is_a_warning_and_mail_is_sent_only_if_wanted(
    ctx, client, drain, mails
):
    app = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=1)))
    member = await an_account(ctx)
    path = f"{API}/{member.id}/action"

    quiet = {"type": "none", "text": "Please stop", "send_email_notification": False}
    assert (await app.post(path, json=quiet)).status == 200
    await drain()
    assert mails.mails == []
    assert (await app.post(path, json={"type": "none", "text": "Please do stop"})).status == 200
    await drain()
    assert [mail.to for mail in mails.mails] == [f"{member.username}@example.test"]
    assert [one.kind for one in await all_of(ctx, member)] == [Kind.WARNING, Kind.WARNING]


async def test_words_used_before_come_first(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=1)))
    member = await an_account(ctx)
    async with ctx.transaction() as tx:
        preset_id = await tx.fetch_value(
            "INSERT INTO message_templates (name, action, text, updated_at) "
            "VALUES ($1, 'warning', 'Please be kind.', now()) RETURNING id",
            unique("kind"),
        )

    await app.post(
        f"{API}/{member.id}/action",
        json={"type": "none", "warning_preset_id": preset_id, "text": "Thank you."},
    )

    (one,) = await all_of(ctx, member)
    assert (one.kind, one.message) == (Kind.WARNING, "Please be kind.\n\nThank you.")


async def test_what_apps_cannot_ask_is_refused(ctx, client):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    far = await an_account(ctx, domain="far.example")
    app = client.signed_in(await a_token(ctx, moderator))
    member_app = client.signed_in(await a_token(ctx, member))
    narrow = client.signed_in(await a_token(ctx, moderator, "admin:read"))

    async def status(who, path, **body):
        return (await who.post(f"{API}/{path}", json=body)).status

    assert await status(app, f"{member.id}/action", type="explode") == 422
    assert await status(app, f"{member.id}/action") == 422
    assert await status(app, "9999/action", type="silence") == 404
    assert await status(app, f"{moderator.id}/action", type="silence") == 403
    assert await status(app, f"{far.id}/action", type="disable") == 422
    assert await status(app, f"{member.id}/action", type="silence", report_id="12345") == 404
    assert await status(member_app, f"{far.id}/action", type="silence") == 403
    assert await status(narrow, f"{member.id}/action", type="silence") == 403
    assert (await app.delete(f"{API}/{member.id}")).status == 403
    owner = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=3)))
    assert (await owner.delete(f"{API}/{member.id}")).status == 403  # not suspended
    assert await all_of(ctx, member) == []


async def test_an_owner_deletes_a_suspended_account_for_good(ctx, client, drain):
    owner = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=3)))
    member, far = await an_account(ctx), await an_account(ctx, domain="far.example")
    for one in (member, far):
        await owner.post(f"{API}/{one.id}/action", json={"type": "suspend"})
        answer = await owner.delete(f"{API}/{one.id}")
        assert (answer.status, answer.json["suspended"]) == (200, True)
        assert (await marks_of(ctx, one))["deleted_at"] is not None
    await drain()


async def test_our_own_operations_do_all_that_the_desk_does(ctx, client, drain):
    me, other = await an_account(ctx, role_id=1), await an_account(ctx, role_id=1)
    people = [await an_account(ctx) for _ in range(2)]
    app = client.signed_in(await a_token(ctx, me))
    second = client.signed_in(await a_token(ctx, other))
    base = "/api/watertower/v1/actions"
    until = (ctx.now() + timedelta(days=2)).isoformat()

    made = await app.post(
        base,
        json={
            "kind": "limit",
            "account_ids": [str(one.id) for one in people],
            "reason": "A quarrel",
            "message": "Until Thursday",
            "ends_at": until,
        },
    )
    assert [(one["account_id"], one["in_force"]) for one in made.json] == [
        (str(one.id), True) for one in people
    ]
    action_id = made.json[0]["id"]
    listed = await app.get(f"{base}?account_id={people[0].id}")
    assert listed.json == [made.json[0]]
    undone = (await app.post(f"{base}/{action_id}/undo", json={"reason": "Peace"})).json
    assert (undone["in_force"], undone["undone_reason"]) == (False, "Peace")
    (alone,) = (
        await app.post(base, json={"kind": "suspend", "account_ids": [str(people[1].id)]})
    ).json
    assert alone["emergency"] is True
    assert (await app.post(f"{base}/{alone['id']}/confirm")).status == 403
    assert (await second.post(f"{base}/{alone['id']}/confirm")).json["confirmed_at"] is not None
    changed = await app.put(f"{base}/{made.json[1]['id']}", json={"review_at": until})
    assert (changed.json["ends_at"], changed.json["review_at"] is None) == (None, False)
    assert (await app.post(base, json={"kind": "limit", "account_ids": [str(me.id)]})).status == 403
    assert (await app.get(f"{base}?account_id={me.id}")).status == 404
    member = client.signed_in(await a_token(ctx, people[0]))
    assert (await member.get(base)).status == 403
    own = (await member.get("/api/watertower/v1/standing")).json
    assert [(one["message"], one["in_force"]) for one in own["decisions"]] == [
        ("Until Thursday", False)
    ]
    assert "A quarrel" not in str(own)
    kept = await app.post(
        "/api/watertower/v1/refusals", json={"handle": f"{unique('x')}@far.example"}
    )
    refusal_id = kept.json["refusal_id"]
    shown = (await app.get("/api/watertower/v1/refusals")).json
    assert refusal_id in [one["id"] for one in shown]
    assert (await app.delete(f"/api/watertower/v1/refusals/{refusal_id}")).status == 200
    assert (await app.delete(f"/api/watertower/v1/refusals/{refusal_id}")).status == 404
