"""W13, by HTTP: from a declaration to approval, notice and the end; limits are held at post time."""

import re
from datetime import timedelta

import pytest

from tests.web.visit import Visit, signed_in, where
from tests.world import a_token, an_account, unique
from watertower.accounts.actions.manage_member import set_role
from watertower.accounts.jobs.verify_links import verify_links
from watertower.accounts.links_back import links_back
from watertower.accounts.queries.site import set_site_setting
from watertower.moderation.jobs.account_types import verify_domain, watch_approvals
from watertower.moderation.model.account_types import (
    MOVES,
    NEED_APPROVAL,
    State,
    Type,
    fee_for,
)

TYPE = "/account/type"
EXPECTED = "Test what posts by itself somewhere else first, and stop it when it goes wrong."


@pytest.fixture(autouse=True)
async def no_special_accounts(ctx):
    yield
    async with ctx.transaction() as tx:
        for table in (
            *("account_types", "account_type_messages", "account_type_expectations"),
            *("corporate_invitations", "reserved_hashtags", "posting_rules", "counted_posts"),
        ):
            await tx.execute(f"DELETE FROM {table}")


async def a_member(ctx, client):
    visit, account = await signed_in(ctx, client)
    return visit, account, client.signed_in(await a_token(ctx, account))


async def staff(ctx, client, role="Head moderator"):
    visit, account = await signed_in(ctx, client)
    async with ctx.reading() as tx:
        login_id = await tx.fetch_value("SELECT id FROM logins WHERE account_id = $1", account.id)
    await set_role(ctx, login_id=login_id, role_name=role)
    return visit, account


async def send(visit, what, **typed):
    await visit.get(TYPE)
    return await visit.submit(TYPE, what=what, **typed)


async def decide(visit, account, decision, **typed):
    path = f"/desk/account_types/{account.id}"
    await visit.get(path)
    return await visit.submit(path, decision=decision, **typed)


ANSWERS = {
    "answer_purpose": "The weather.",
    "answer_fit": "People like to know.",
    "answer_protection": "It follows nobody.",
    "answer_automation": "On a test server, for a week.",
}


async def apply(visit, **typed):
    return await send(visit, "apply", **(ANSWERS | {"accepts": "1"} | typed))


async def state(ctx, account):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT state FROM account_types WHERE account_id = $1", account.id
        )


async def an_approved(ctx, client, mod, *types, category="Bots", **typed):
    """A member whose account of these types is approved."""
    visit, account, api = await a_member(ctx, client)
    await send(visit, "declare", **{f"type_{one}": "1" for one in types})
    assert (await apply(visit, **typed)).status == 303
    await decide(mod, account, "review")
    answer = await decide(mod, account, "approve", category=category, text="Good.")
    assert answer.status == 303, answer.text
    assert await state(ctx, account) == "approved"
    return visit, account, api


async def post(api, text, **more):
    return await api.post("/api/v1/statuses", json={"status": text, **more})


def fields_of(account_json):
    return {
        f["name"]: (re.sub(r"<[^>]+>", "", f["value"]), f["verified_at"] is not None)
        for f in account_json["fields"]
    }


async def test_a_bot_is_declared_applied_reviewed_and_approved_and_everybody_sees_it_at_once(
    ctx, client, drain, mails
):
    visit, account, api = await a_member(ctx, client)
    mod, _ = await staff(ctx, client)
    assert (await post(api, "Hello, I am still a person")).status == 200
    assert (await send(visit, "declare", type_bot="1")).status == 303
    assert (await api.get("/api/v1/accounts/verify_credentials")).json["bot"] is True

    # Before it is approved it may not post, and is told why and where to go.
    refused = await post(api, "Beep #automatedpost")
    assert refused.status == 422
    assert refused.json["error"].startswith(
        "Validation failed: This account says it is a bot, which has to be approved before it may"
    )
    assert f"{ctx.settings.base_url}/account/type" in refused.json["error"]

    for missing in ({"accepts": "0"}, {"answer_fit": " "}, {"domain": "no domain"}):
        assert (await apply(visit, **missing)).status == 422
    assert (await apply(visit)).status == 303
    assert await state(ctx, account) == "applied"
    # The application and its progress are public.
    assert account.username in (await client.get("/approved")).text
    public = (await client.get(f"/approved/{account.username}")).text
    assert "Applied" in public
    assert 'rel="me"' not in public

    assert (await decide(mod, account, "approve", category="Bots")).status == 422  # review first
    await decide(mod, account, "review")
    assert await state(ctx, account) == "in_review"
    assert (await decide(mod, account, "approve", category="Cats")).status == 422
    assert (await decide(mod, account, "approve", category="Bots", text="Fine.")).status == 303

    # Page, mark and rules at once: nobody saves anything again.
    url = f"{ctx.settings.base_url}/approved/{account.username}"
    seen = (await client.get(f"/api/v1/accounts/{account.id}")).json
    assert fields_of(seen) == {"Approved": (url.removeprefix("http://"), True)} or fields_of(
        seen
    ) == {"Approved": (url, True)}
    listed = (await client.get("/approved")).body
    assert links_back(listed, {account.url})
    assert links_back((await client.get(f"/approved/{account.username}")).body, {account.url})
    assert (await post(api, "Beep #automatedpost")).status == 200
    await drain()
    told = [m.text for m in mails.to(f"{account.username}@example.test")]
    assert any("Your account is approved" in text for text in told)

    # A later look at the links of the profile leaves the mark, and so does an edit by an app.
    await verify_links.run(ctx, account_id=account.id)
    own = (await api.get("/api/v1/accounts/verify_credentials")).json
    assert own["source"]["fields"] == []
    kept = [{"name": f"n{n}", "value": f"v{n}"} for n in range(4)]
    changed = await api.patch(
        "/api/v1/accounts/update_credentials", json={"fields_attributes": kept}
    )
    assert changed.status == 200
    assert [f["name"] for f in changed.json["fields"]] == ["Approved", "n0", "n1", "n2", "n3"]
    assert changed.json["fields"][0]["verified_at"] is not None


async def test_approval_shows_on_a_mastodon_server_within_minutes(ctx, client, drain):
    """Another server gets an Update with the field, and finds the link back on our page."""
    mod, _ = await staff(ctx, client)
    visit, account, _ = await a_member(ctx, client)
    far = await an_account(ctx, domain="mastodon.example")
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO follows (account_id, target_account_id) VALUES ($1, $2)",
            far.id,
            account.id,
        )
    await send(visit, "declare", type_bot="1")
    await apply(visit)
    await decide(mod, account, "review")
    await drain()
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM pgqueuer")
    await decide(mod, account, "approve", category="Bots")
    async with ctx.reading() as tx:
        waiting = await tx.fetch_value(
            "SELECT count(*) FROM pgqueuer WHERE entrypoint LIKE '%' "
            "AND encode(payload, 'escape') LIKE '%tell_of_profile%'"
        )
    assert waiting >= 1
    actor = (await client.get(account.uri, headers={"Accept": "application/activity+json"})).json
    shown = [a for a in actor["attachment"] if a["name"] == "Approved"]
    assert len(shown) == 1
    link = re.search(r'href="([^"]+)"', shown[0]["value"])[1]
    assert links_back((await client.get(link)).body, {actor["url"]})


async def test_revocation_removes_the_mark_there_on_next_fetch(ctx, client, drain):
    mod, _ = await staff(ctx, client)
    _, account, _ = await an_approved(ctx, client, mod, "bot")
    assert (await decide(mod, account, "revoke", text="x")).status == 422  # warning first
    await decide(mod, account, "notice", expectation=EXPECTED, text="It loops.")
    assert "Approved" in fields_of((await client.get(f"/api/v1/accounts/{account.id}")).json)
    assert (await decide(mod, account, "revoke", text="It still loops.")).status == 303
    actor = (await client.get(account.uri, headers={"Accept": "application/activity+json"})).json
    assert [a for a in actor.get("attachment", []) if a["name"] == "Approved"] == []
    page = await client.get(f"/approved/{account.username}")
    assert not links_back(page.body, {account.url})
    assert not links_back((await client.get("/approved")).body, {account.url})
    assert "Taken back" in page.text  # the history of removals is public


async def test_the_sixth_automated_post_is_refused_with_an_explanation(ctx, client, clock):
    mod, _ = await staff(ctx, client)
    visit, account, api = await an_approved(ctx, client, mod, "bot")
    for number in range(5):
        answer = await post(api, f"Beep {number} #automatedpost")
        assert answer.status == 200, answer.text
        if number == 3:
            page = (await visit.get(TYPE)).text
            assert "One post is left." in page
    sixth = await post(api, "Beep 5 #automatedpost")
    assert sixth.status == 422
    assert re.fullmatch(
        r"Validation failed: This account may post 5 times in 24 hours by machine or schedule, and "
        r"has\. The next post is possible from \d{4}-\d\d-\d\d \d\d:\d\d UTC",
        sixth.json["error"],
    )
    assert "All 5 of these 24 hours are used." in (await visit.get(TYPE)).text
    assert "1 post was refused so far." in (await visit.get(TYPE)).text
    # Deleting one makes no room; a repeat of what was posted is answered as ever.
    own = (await api.get(f"/api/v1/accounts/{account.id}/statuses")).json
    await api.delete(f"/api/v1/statuses/{own[0]['id']}")
    assert (await post(api, "Beep 6 #automatedpost")).status == 422
    again = await post(api, "Beep 0 #automatedpost")
    assert (again.status, again.json["id"]) == (200, own[-1]["id"])
    clock.ahead = timedelta(hours=24, minutes=1)
    assert (await post(api, "Beep 7 #automatedpost")).status == 200


async def test_an_exempt_account_is_not_counted(ctx, client):
    mod, _ = await staff(ctx, client)
    _, account, api = await an_approved(ctx, client, mod, "curated", category="Curated feeds")
    await decide(mod, account, "terms", limit_exempt_reason="Warnings of storms")
    for number in range(7):
        assert (await post(api, f"Storm {number} #curatedpost")).status == 200


async def test_every_post_of_a_bot_carries_its_tag_and_an_edit_cannot_take_it_away(ctx, client):
    mod, _ = await staff(ctx, client)
    _, _, api = await an_approved(ctx, client, mod, "bot")
    refused = await post(api, "Beep without")
    assert (refused.status, refused.json["error"]) == (
        422,
        (
            "Validation failed: Posts of this account have to carry #automatedpost, so that people "
            "can leave them out"
        ),
    )
    posted = await post(api, "Beep #AutomatedPost")
    assert posted.status == 200
    path = f"/api/v1/statuses/{posted.json['id']}"
    assert (await api.put(path, json={"status": "Beep"})).status == 422
    assert (await api.put(path, json={"status": "Boop #automatedpost"})).status == 200


async def test_a_bot_acts_only_when_summoned_and_answers_no_chain(ctx, client, drain):
    mod, _ = await staff(ctx, client)
    _, bot, api = await an_approved(ctx, client, mod, "bot")
    _, _, person = await a_member(ctx, client)
    _, other, _ = await a_member(ctx, client)
    plain = (await post(person, "What is the weather?")).json
    summons = (await post(person, f"@{bot.username} what is the weather?")).json

    unasked = await post(api, "Rain #automatedpost", in_reply_to_id=plain["id"])
    assert "answers only posts that name it" in unasked.json["error"]
    named = await post(api, f"@{other.username} rain #automatedpost")
    assert "names people only in answer to them" in named.json["error"]
    answer = await post(
        api, f"@{summons['account']['username']} rain #automatedpost", in_reply_to_id=summons["id"]
    )
    assert answer.status == 200
    more = (
        await post(person, f"@{bot.username} and tomorrow?", in_reply_to_id=answer.json["id"])
    ).json
    chain = await post(
        api, f"@{summons['account']['username']} sun #automatedpost", in_reply_to_id=more["id"]
    )
    assert "does not answer every reply in a thread" in chain.json["error"]
    # Answers to whoever asked use up none of the five.
    for number in range(5):
        assert (await post(api, f"Report {number} #automatedpost")).status == 200
    asked = (await post(person, f"@{bot.username} again?")).json
    late = await post(
        api, f"@{summons['account']['username']} wind #automatedpost", in_reply_to_id=asked["id"]
    )
    assert late.status == 200


async def test_scheduled_posts_count_for_their_day_and_those_of_people_by_hand_do_not(
    ctx, client, clock, drain
):
    mod, _ = await staff(ctx, client)
    _, _, api = await an_approved(ctx, client, mod, "oss", category="Open source")
    for number in range(7):
        assert (await post(api, f"By hand {number}")).status == 200
    base = ctx.now() + timedelta(days=2)
    for number in range(5):
        at = (base + timedelta(minutes=number)).isoformat()
        assert (await post(api, f"Planned {number}", scheduled_at=at)).status == 200
    sixth = await post(api, "Planned 5", scheduled_at=(base + timedelta(minutes=9)).isoformat())
    assert sixth.status == 422
    assert "5 times in 24 hours" in sixth.json["error"]
    later = (base + timedelta(hours=24, minutes=30)).isoformat()
    assert (await post(api, "The day after", scheduled_at=later)).status == 200


async def test_members_without_a_type_pay_no_query_for_the_rules_of_others(ctx, client, queries):
    mod, _ = await staff(ctx, client)
    _, _, bot = await an_approved(ctx, client, mod, "bot")
    _, _, api = await a_member(ctx, client)
    await post(api, "Warm up")
    await post(bot, "Warm up #automatedpost")
    queries.clear()
    await post(api, "Hello")
    plain = [sql for sql in queries if "posting_rules" in sql or "counted_posts" in sql]
    assert len(plain) == 1  # read with the author's row
    assert "FROM accounts a" in plain[0]


async def test_a_hybrid_keeps_the_rules_of_all_its_types(ctx, client):
    mod, _ = await staff(ctx, client)
    _, _, api = await an_approved(ctx, client, mod, "bot", "curated")
    refused = await post(api, "Beep #automatedpost")
    assert "#curatedpost" in refused.json["error"]
    assert (await post(api, "Beep #automatedpost #curatedpost")).status == 200


async def test_a_company_comes_by_invitation_with_a_verified_domain_and_two_have_to_agree(
    ctx, client, monkeypatch
):
    visit, account, _ = await a_member(ctx, client)
    first, _ = await staff(ctx, client)
    second, _ = await staff(ctx, client)
    refused = await send(visit, "declare", type_corporate="1", invitation="nothing")
    assert "companies have an account here by invitation" in refused.text
    rules = "/desk/account_types/rules"
    await first.get(rules)
    await first.submit(rules, what="invite", organisation="Soup Ltd")
    code = re.search(r"<code>(\w{16})</code>", (await first.get(rules)).text)[1]
    declared = await send(visit, "declare", type_corporate="1", invitation=code)
    assert declared.status == 303
    other, _, _ = await a_member(ctx, client)
    used = await send(other, "declare", type_corporate="1", invitation=code)
    assert used.status == 422
    assert (await apply(visit, staff_count="30")).status == 422  # a domain is needed
    assert (await apply(visit, domain="soup.example")).status == 422  # and its size
    assert (await apply(visit, staff_count="30", domain="soup.example")).status == 303
    assert "$1,000 a year" in (await visit.get(TYPE)).text

    await decide(first, account, "review")
    refused = await decide(first, account, "approve", category="Companies")
    assert "domain is not verified" in refused.text

    class Page:
        status, is_ok = 200, True
        body = f'<a rel="me" href="{account.url}">us</a>'.encode()

    async def request(*_, **__):
        return Page

    monkeypatch.setattr(ctx.http, "request", request)
    await verify_domain.run(ctx, account_id=account.id)
    assert (await decide(first, account, "approve", category="Companies")).status == 303
    assert await state(ctx, account) == "in_review"
    again = await decide(first, account, "approve", category="Companies")
    assert "A second person has to agree" in again.text
    assert (await decide(second, account, "approve", category="Companies")).status == 303
    assert await state(ctx, account) == "approved"
    seen = fields_of((await client.get(f"/api/v1/accounts/{account.id}")).json)
    assert sorted(seen) == ["Approved", "Domain"]
    assert all(is_verified for _, is_verified in seen.values())

    # The domain changes hands: the mark of the domain goes, and a renewal is due.
    Page.body = b"<p>For sale</p>"
    await verify_domain.run(ctx, account_id=account.id)
    assert await state(ctx, account) == "renewal_due"
    seen = fields_of((await client.get(f"/api/v1/accounts/{account.id}")).json)
    assert list(seen) == ["Approved"]


async def test_a_refusal_is_appealed_and_somebody_else_decides(ctx, client):
    visit, account, _ = await a_member(ctx, client)
    first, _ = await staff(ctx, client)
    second, _ = await staff(ctx, client)
    await send(visit, "declare", type_event="1")
    await apply(visit)
    assert (await decide(first, account, "refuse", text="x")).status == 422  # review first
    await decide(first, account, "review")
    assert (await decide(first, account, "refuse", text=" ")).status == 422
    assert (await decide(first, account, "refuse", text="Too far away.")).status == 303
    assert "Too far away." in (await visit.get(TYPE)).text
    assert (await send(visit, "appeal", text="It is online.")).status == 303
    assert await state(ctx, account) == "applied"
    assert "Somebody else has to decide" in (await decide(first, account, "review")).text
    await decide(second, account, "review")
    assert (await decide(second, account, "approve", category="Events")).status == 303


async def test_nobody_decides_about_their_own_account(ctx, client):
    mod, account = await staff(ctx, client)
    await send(mod, "declare", type_event="1")
    await apply(mod)
    answer = await decide(mod, account, "review")
    assert "Somebody else has to decide" in answer.text


async def test_notice_warns_first_and_ends_either_way(ctx, client, clock, drain, mails):
    mod, _ = await staff(ctx, client)
    visit, account, api = await an_approved(ctx, client, mod, "bot")
    assert (await decide(mod, account, "notice", expectation="", text="It loops")).status == 422
    await decide(mod, account, "notice", expectation=EXPECTED, text="It loops.")
    await drain()
    page = (await visit.get(TYPE)).text
    assert "This is a warning." in page
    assert EXPECTED in page
    assert (await post(api, "Still here #automatedpost")).status == 200
    await decide(mod, account, "end_notice", text="Thank you.")
    assert await state(ctx, account) == "approved"

    await decide(mod, account, "notice", expectation=EXPECTED, text="Again.")
    await drain()
    mails.mails.clear()
    reminded = []
    start = clock.ahead
    for days in (6, 7.1, 8, 12.7, 13.5):
        clock.ahead = start + timedelta(days=days)
        await watch_approvals.run(ctx)
        await drain()
        reminded.append(len(mails.to(f"{account.username}@example.test")))
        mails.mails.clear()
    assert reminded == [0, 1, 0, 1, 0]
    await decide(mod, account, "revoke", text="It goes on.")
    assert "You have until" in (await visit.get(TYPE)).text
    # Thirty days to say good-bye and move; then nothing can be posted.
    clock.ahead += timedelta(days=1)
    assert (await post(api, "Good-bye #automatedpost")).status == 200
    clock.ahead += timedelta(days=30)
    await watch_approvals.run(ctx)
    refused = await post(api, "Back #automatedpost")
    assert "was taken back" in refused.json["error"]
    assert (await send(visit, "withdraw")).status == 422
    assert (await send(visit, "appeal", text="It is fixed.")).status == 303


async def test_a_renewal_without_an_answer_lapses_and_mark_and_page_go_together(ctx, client, clock):
    mod, _ = await staff(ctx, client)
    visit, account, _ = await an_approved(ctx, client, mod, "event", category="Events")
    quiet_visit, quiet, _ = await an_approved(ctx, client, mod, "event", category="Events")
    clock.ahead = timedelta(days=364)
    await watch_approvals.run(ctx)
    assert await state(ctx, account) == "approved"
    clock.ahead = timedelta(days=366)
    await watch_approvals.run(ctx)
    assert await state(ctx, account) == "renewal_due"
    assert (await client.get("/approved")).text.count("/approved/") == 2
    visit, _ = Visit(client), await visit.get(TYPE)
    await visit.sign_in(account.username)
    assert (await send(visit, "accept")).status == 303
    assert await state(ctx, account) == "approved"
    clock.ahead = timedelta(days=397)
    await watch_approvals.run(ctx)
    assert [await state(ctx, one) for one in (account, quiet)] == ["approved", "lapsed"]
    assert fields_of((await client.get(f"/api/v1/accounts/{quiet.id}")).json) == {}
    assert quiet.username not in (await client.get("/approved")).text
    assert quiet_visit is not None


async def test_expectations_are_versioned_and_asked_again_when_they_change(ctx, client, clock):
    mod, _ = await staff(ctx, client)
    visit, account, _ = await an_approved(ctx, client, mod, "oss", category="Open source")
    rules = "/desk/account_types/rules"
    await mod.get(rules)
    await mod.submit(rules, what="expectations", text="Be kind.\nBe open.")
    await mod.get(rules)
    await mod.submit(rules, what="expectations", text="Be kind.\nBe open.")
    assert "version 2" in (await mod.get(rules)).text
    page = (await visit.get(TYPE)).text
    assert "I accept, and the account is in use" in page
    clock.ahead = timedelta(days=29)
    await watch_approvals.run(ctx)
    assert await state(ctx, account) == "approved"
    clock.ahead = timedelta(days=31)
    await watch_approvals.run(ctx)
    assert await state(ctx, account) == "renewal_due"
    visit = Visit(client)
    await visit.sign_in(account.username)
    await send(visit, "accept")
    assert await state(ctx, account) == "approved"
    await watch_approvals.run(ctx)
    assert await state(ctx, account) == "approved"
    async with ctx.reading() as tx:
        version = await tx.fetch_value(
            "SELECT expectations_version FROM account_types WHERE account_id = $1", account.id
        )
    assert version == 2


async def test_a_fee_that_is_due_is_renewed_by_staff_and_not_by_a_click(ctx, client, clock):
    mod, _ = await staff(ctx, client)
    visit, account, _ = await an_approved(ctx, client, mod, "event", category="Events")
    await decide(mod, account, "terms", fee_paid_until=str(ctx.now().date() + timedelta(days=10)))
    clock.ahead = timedelta(days=12)
    await watch_approvals.run(ctx)
    assert await state(ctx, account) == "renewal_due"
    await send(visit, "accept")
    assert await state(ctx, account) == "renewal_due"
    until = str(ctx.now().date() + timedelta(days=365))
    assert (await decide(mod, account, "renew", fee_paid_until=until)).status == 303
    assert await state(ctx, account) == "approved"


async def test_a_private_application_is_seen_by_staff_only_and_the_look_is_logged(ctx, client):
    visit, account, _ = await a_member(ctx, client)
    await send(visit, "declare", type_event="1")
    assert (await apply(visit, is_private="1")).status == 422  # why?
    assert (await apply(visit, is_private="1", private_reason="Stalkers")).status == 303
    assert account.username not in (await client.get("/approved")).text
    assert (await client.get(f"/approved/{account.username}")).status == 404
    mod, moderator = await staff(ctx, client)
    assert "Stalkers" in (await mod.get(f"/desk/account_types/{account.id}")).text
    async with ctx.reading() as tx:
        looks = await tx.fetch_value(
            "SELECT count(*) FROM audit_log WHERE verb = 'read_private_application' "
            "AND actor_account_id = $1",
            moderator.id,
        )
    assert looks == 1
    outsider, _, _ = await a_member(ctx, client)
    for path in ("/desk/account_types", f"/desk/account_types/{account.id}"):
        assert (await outsider.get(path)).status == 404


async def test_a_project_has_one_account_for_its_domain(ctx, client):
    mod, _ = await staff(ctx, client)
    _, account, _ = await an_approved(
        ctx, client, mod, "oss", category="Open source", domain="project.example"
    )
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE account_types SET domain_verified_at = now() WHERE account_id = $1", account.id
        )
    visit, _, _ = await a_member(ctx, client)
    await send(visit, "declare", type_oss="1")
    refused = await apply(visit, domain="Project.example")
    assert f"belongs to @{account.username}: a project has one account" in refused.text


async def test_reserved_hashtags_are_on_the_register_and_bind_from_then_on(ctx, client):
    mod, _ = await staff(ctx, client)
    _, _, api = await an_approved(ctx, client, mod, "bot")
    rules = "/desk/account_types/rules"
    await mod.get(rules)
    await mod.submit(
        rules, what="reserve", name="#OurBots", purpose="Posts of bots", account_type="bot"
    )
    assert "#ourbots" in (await client.get("/approved")).text
    assert (await post(api, "Beep #automatedpost")).status == 422
    assert (await post(api, "Beep #ourbots")).status == 200
    await mod.get(rules)
    await mod.submit(rules, what="release", name="ourbots")
    assert (await post(api, "Boop #automatedpost")).status == 200


async def test_a_wrong_type_opens_a_case_with_both_types_side_by_side(ctx, client):
    mod, _ = await staff(ctx, client)
    _, account, _ = await an_approved(ctx, client, mod, "oss", category="Open source")
    answer = await decide(mod, account, "question", perceived="corporate", text="It sells.")
    assert answer.status == 303
    async with ctx.reading() as tx:
        title = await tx.fetch_value(
            "SELECT title FROM cases WHERE target_account_id = $1", account.id
        )
    assert title == "Type of account: declared oss, looks like corporate"


async def test_withdrawing_takes_everything_back_and_twice_is_no_error(ctx, client):
    mod, _ = await staff(ctx, client)
    visit, account, api = await an_approved(ctx, client, mod, "curated", category="Curated feeds")
    assert (await send(visit, "withdraw")).status == 303
    assert await state(ctx, account) is None
    assert fields_of((await client.get(f"/api/v1/accounts/{account.id}")).json) == {}
    assert (await post(api, "A person again")).status == 200
    page = await visit.get(TYPE)
    assert "Say what it is" in page.text
    fields = visit.hidden(TYPE)
    assert where(await visit._call("POST", TYPE, fields | {"what": "withdraw"}, {})).startswith(
        TYPE
    )


def test_the_table_of_moves_and_what_needs_approval_are_those_of_the_workflow():
    assert {Type.CORPORATE, Type.BOT, Type.CURATED} == NEED_APPROVAL
    assert MOVES["approve"] == MOVES["refuse"] == {State.IN_REVIEW}
    assert MOVES["revoke"] == {State.UNDER_NOTICE}
    assert MOVES["lapse"] == {State.RENEWAL_DUE}


def test_the_fee_depends_on_the_size_of_the_organisation():
    says = [fee_for(n).says for n in (1, 24, 25, 50, 100, 150, 999, 1000)]
    assert says == [
        *("$650 a year", "$650 a year", "$1,000 a year", "$1,500 a year", "$2,000 a year"),
        *("$2,500 a year", "$2,500 a year", "by agreement"),
    ]
    assert fee_for(10, followers_count=50_001).says == "by agreement"


async def test_the_public_page_and_the_list_take_the_same_number_of_queries_with_one_and_three(
    ctx, client, queries
):
    mod, _ = await staff(ctx, client)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            await an_approved(ctx, client, mod, "event", category="Events")
        await client.get("/approved")
        queries.clear()
        await client.get("/approved")
        await mod.get("/desk/account_types?tab=approved")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert unique("x")


async def test_somebody_who_declared_nothing_is_questioned_by_name_and_never_guessed(ctx, client):
    mod, _ = await staff(ctx, client)
    _, account, _ = await a_member(ctx, client)
    path = "/desk/account_types"
    await mod.get(path)
    for wrong in (
        {"name": "nobody_of_that_name", "perceived": "bot", "text": "Why"},
        {"name": account.username, "perceived": "cat", "text": "Why"},
        {"name": account.username, "perceived": "bot", "text": " "},
    ):
        assert (await mod.submit(path, **wrong)).status == 422
    answer = await mod.submit(path, name=account.username, perceived="bot", text="Every minute.")
    assert answer.status == 303
    async with ctx.reading() as tx:
        title = await tx.fetch_value(
            "SELECT title FROM cases WHERE target_account_id = $1", account.id
        )
    assert title == "Type of account: declared general, looks like bot"


async def test_the_community_decides_which_types_must_be_approved(ctx, client):
    visit, _, api = await a_member(ctx, client)
    await send(visit, "declare", type_event="1")
    assert (await post(api, "We meet on Sunday")).status == 200
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "account_types_needing_approval", ["event"])
    await send(visit, "declare", type_event="1")
    refused = await post(api, "We meet on Monday")
    assert "it is an event, which has to be approved" in refused.json["error"]
    await send(visit, "declare", type_bot="1")
    assert (await post(api, "Beep #automatedpost")).status == 200


async def test_approval_is_not_offered_to_people_and_a_small_one_talks_with_the_team(ctx, client):
    visit, account, _ = await a_member(ctx, client)
    page = (await visit.get(TYPE)).text
    assert 'name="type_general"' not in page
    fields = visit.hidden(TYPE)
    answer = await visit._call("POST", TYPE, fields | ANSWERS | {"what": "apply"}, {})
    assert answer.status == 404
    # A start-up of two: they say what they are, talk in the thread, and the fee is waived.
    mod, _ = await staff(ctx, client)
    await send(visit, "declare", type_oss="1", type_event="1")
    await apply(visit)
    await decide(mod, account, "review")
    await decide(mod, account, "say", text="Are you a company?")
    await send(visit, "say", text="Two of us, and no money yet.")
    await decide(mod, account, "terms", fee_waived_reason="Two people")
    public = (await client.get(f"/approved/{account.username}")).text
    assert "Are you a company?" in public
    assert "Two of us, and no money yet." in public
    assert (await decide(mod, account, "approve", category="Open source")).status == 303


async def test_a_curated_feed_carries_its_tag_and_obeys_the_limit(ctx, client):
    mod, _ = await staff(ctx, client)
    _, _, api = await an_approved(ctx, client, mod, "curated", category="Curated feeds")
    assert (await post(api, "News")).status == 422
    statuses = [(await post(api, f"News {n} #curatedpost")).status for n in range(6)]
    assert statuses == [200] * 5 + [422]


async def test_an_account_of_an_unrecognised_type_is_frozen_with_a_path_to_declare_appeal_or_move(
    ctx, client
):
    mod, _ = await staff(ctx, client)
    visit, account, api = await a_member(ctx, client)
    path = "/desk/account_types"
    await mod.get(path)
    answer = await mod.submit(
        path, name=account.username, perceived="bot", text="Every minute.", decision="freeze"
    )
    assert answer.status == 303
    assert (await post(api, "Beep")).status == 403
    frozen = (await visit.get("/account/frozen")).text
    assert "This account looks like a bot and does not say so. Every minute." in frozen
    for way in (f"{ctx.settings.base_url}/account/type", "/appeals/new", "move to another server"):
        assert way in frozen
    assert (await send(visit, "declare", type_bot="1")).status == 303
    assert await state(ctx, account) == "declared"
    assert (await apply(visit)).status == 303
    assert await state(ctx, account) == "applied"
