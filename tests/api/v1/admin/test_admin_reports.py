"""Reports and accounts for moderators, over HTTP."""

import pytest

from tests.world import a_status, a_token, an_account
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import Complaint

REPORTS = "/api/v1/admin/reports"
ACCOUNTS = "/api/v1/admin/accounts"


@pytest.fixture
async def moderator(ctx, client):
    """Somebody who handles reports, and their app."""
    me = await an_account(ctx, role_id=1)
    app = client.signed_in(await a_token(ctx, me))
    app.account = me
    return app


async def a_report(ctx, target=None, **more):
    """A report by somebody; (its id, who filed it, whom it is about)."""
    reporter, target = await an_account(ctx), target or await an_account(ctx)
    report_id = await file_report(
        ctx, reporter_id=reporter.id, complaint=Complaint(target.id, **more)
    )
    return report_id, reporter, target


async def test_a_report_shows_who_what_and_which_rules(ctx, moderator):
    target = await an_account(ctx)
    post = await a_status(ctx, by=target)
    async with ctx.transaction() as tx:
        rule = await tx.fetch_value("INSERT INTO rules (text) VALUES ('Kind') RETURNING id")
    number, reporter, _ = await a_report(
        ctx, target, comment="Rude", category="violation", status_ids=[post.id], rule_ids=[rule]
    )

    shown = (await moderator.get(f"{REPORTS}/{number}")).json

    assert (shown["category"], shown["comment"], shown["action_taken"]) == (
        "violation",
        "Rude",
        False,
    )
    assert shown["account"]["id"] == str(reporter.id)
    assert shown["target_account"]["email"] == f"{target.username}@example.test"
    assert [one["id"] for one in shown["statuses"]] == [str(post.id)]
    assert [one["id"] for one in shown["rules"]] == [str(rule)]
    assert (shown["assigned_account"], shown["action_taken_by_account"]) == (None, None)


async def test_a_report_is_taken_closed_and_opened_again(ctx, moderator):
    number, _, target = await a_report(ctx)
    one, me = f"{REPORTS}/{number}", str(moderator.account.id)

    async def waiting(**params):
        found = await moderator.get(REPORTS, params={"target_account_id": str(target.id), **params})
        return [report["id"] for report in found.json]

    taken = (await moderator.post(f"{one}/assign_to_self")).json
    assert taken["assigned_account"]["id"] == me
    assert await waiting() == [str(number)]
    closed = (await moderator.post(f"{one}/resolve")).json
    assert (closed["action_taken"], closed["action_taken_by_account"]["id"]) == (True, me)
    assert (await waiting(), await waiting(resolved="true")) == ([], [str(number)])
    opened = (await moderator.post(f"{one}/reopen")).json
    assert (opened["action_taken"], opened["action_taken_at"]) == (False, None)
    assert (await moderator.post(f"{one}/unassign")).json["assigned_account"] is None


async def test_who_closed_a_report_first_stays_written(ctx, client, moderator):
    number, _, _ = await a_report(ctx)
    second = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=1)))

    await moderator.post(f"{REPORTS}/{number}/resolve")
    again = (await second.post(f"{REPORTS}/{number}/resolve")).json

    assert again["action_taken_by_account"]["id"] == str(moderator.account.id)


async def test_category_and_rules_are_corrected(ctx, moderator):
    async with ctx.transaction() as tx:
        rule = await tx.fetch_value("INSERT INTO rules (text) VALUES ('Kind') RETURNING id")
    number, _, _ = await a_report(ctx, category="spam")
    one = f"{REPORTS}/{number}"

    async def put(**said):
        answer = (await moderator.put(one, json=said)).json
        return answer["category"], [found["id"] for found in answer["rules"]]

    assert await put(category="violation", rule_ids=[str(rule)]) == ("violation", [str(rule)])
    assert await put(category="legal") == ("legal", [])
    assert (await moderator.put(one, json={"rule_ids": ["1"]})).status == 422
    assert (await moderator.put(f"{REPORTS}/1", json={"category": "spam"})).status == 404


async def test_members_see_nothing_of_it(ctx, client):
    number, _, target = await a_report(ctx)
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))

    for method, path in (
        ("GET", REPORTS),
        ("GET", f"{REPORTS}/{number}"),
        ("POST", f"{REPORTS}/{number}/resolve"),
        ("GET", ACCOUNTS),
        ("GET", f"{ACCOUNTS}/{target.id}"),
        ("GET", "/api/v2/admin/accounts"),
    ):
        assert (await member.call(method, path)).status == 403


async def test_a_moderator_s_app_needs_the_scope_of_moderators(ctx, client):
    moderator = await an_account(ctx, role_id=1)
    app = client.signed_in(await a_token(ctx, moderator, "read write follow"))

    assert (await app.get(REPORTS)).status == 403
    assert (await app.get(ACCOUNTS)).status == 403


async def test_accounts_are_found_by_what_moderators_know(ctx, moderator):
    bob = await an_account(ctx, is_approved=False)
    eve = await an_account(ctx, domain=f"{bob.username.replace('_', '-')}.example")
    frozen = await an_account(ctx, is_frozen=True)

    async def found(path=ACCOUNTS, **params):
        return [one["id"] for one in (await moderator.get(path, params=params)).json]

    assert await found(username=bob.username, pending="true") == [str(bob.id)]
    assert await found(username=bob.username, active="true") == []
    assert await found(email=f"{bob.username}@") == [str(bob.id)]
    assert await found(by_domain=eve.domain) == [str(eve.id)]
    assert await found(by_domain=eve.domain, local="true") == []
    assert await found(username=frozen.username, disabled="1") == [str(frozen.id)]
    v2 = "/api/v2/admin/accounts"
    assert await found(v2, origin="remote", by_domain=eve.domain) == [str(eve.id)]
    me = moderator.account
    assert await found(v2, permissions="staff", username=me.username) == [str(me.id)]
    assert await found(v2, **{"role_ids[]": "3", "username": me.username}) == []
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET current_ip = '192.0.2.7', last_active_at = now() "
            "WHERE account_id = $1",
            me.id,
        )
    assert await found(v2, ip="192.0.2.0/24", username=me.username) == [str(me.id)]
    assert await found(v2, ip="198.51.100.1", username=me.username) == []
    assert (await moderator.get(v2, params={"ip": "nowhere"})).status == 422
    pages = await moderator.get(ACCOUNTS, params={"limit": "1"})
    assert 'rel="next"' in pages.headers["link"]


@pytest.mark.parametrize("how_many", [1, 3])
async def test_any_number_of_reports_takes_as_many_queries(ctx, moderator, queries, how_many):
    target = await an_account(ctx)
    post = await a_status(ctx, by=target)
    for _ in range(how_many):
        await a_report(ctx, target, status_ids=[post.id])
    path = f"{REPORTS}?target_account_id={target.id}"
    await moderator.get(path)
    queries.clear()

    assert len((await moderator.get(path)).json) == how_many
    assert len(queries) == 6  # viewer, reports, dossiers, accounts, everybody's role, statuses
