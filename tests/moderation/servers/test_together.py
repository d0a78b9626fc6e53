"""Incidents (16), software rules (23), clean-ups (17), friendly federation: many servers at once."""

import json
from datetime import timedelta

from tests.federation.far import FarServer
from tests.moderation.servers.test_pages import desk
from tests.moderation.servers.world import a_domain, a_moderator, follows, ties
from tests.web.visit import Visit
from tests.world import a_status, an_account, unique
from watertower.accounts.actions.accept_follow import accept_follow
from watertower.accounts.queries.server_policies import find_policy
from watertower.moderation.access.server_rules import friends
from watertower.moderation.actions.servers.clean_up import (
    clean_up,
    draft_clean_up,
    restore_cleaned,
)
from watertower.moderation.actions.servers.incident import (
    limit_for_incident,
    open_incident,
    release_from_incident,
)
from watertower.moderation.actions.servers.mark import mark_server
from watertower.moderation.actions.servers.software_rule import add_rule, preview_rule
from watertower.moderation.actions.servers.write_to import add_contact
from watertower.moderation.jobs.server_facts import ask_server, run_software_rules
from watertower.moderation.rules.versions import is_below


async def severity(ctx, domain):
    async with ctx.reading() as tx:
        policy = await find_policy(tx, domain=domain)
    return policy and policy.severity


async def test_servers_limited_for_an_incident_are_released_together(ctx, client, drain, clock):
    """Incident 16.2: review date, list page, lifting one, follows intact throughout."""
    domains = [a_domain() for _ in range(3)]
    ann, actor = await an_account(ctx), await a_moderator(ctx)
    far = await an_account(ctx, domain=domains[0])
    await follows(ctx, ann, far)
    before = await ties(ctx, ann, far)
    incident = await open_incident(
        ctx,
        actor_id=actor.id,
        name=unique("Wave"),
        text="Spam waves",
        review_at=ctx.now() + timedelta(days=7),
    )
    for domain in domains:
        for _ in range(2):
            await limit_for_incident(ctx, actor_id=actor.id, incident_id=incident.id, domain=domain)
    await drain()
    public = Visit(client)
    shown = (await public.get(f"/servers/incidents/{incident.id}")).text
    assert [domain in shown for domain in domains] == [True, True, True]
    assert "Limited during an incident" in (await public.get(f"/servers/{domains[0]}")).text
    clock.ahead = timedelta(days=8)
    visit, _ = await desk(ctx, client)
    assert "to be looked at since" in (await visit.get("/desk/servers/incidents")).text

    assert await release_from_incident(
        ctx, actor_id=actor.id, incident_id=incident.id, domain=domains[1]
    ) == 1  # fmt: skip
    shown = (await public.get(f"/servers/incidents/{incident.id}")).text
    assert "Released" in shown
    assert await release_from_incident(ctx, actor_id=actor.id, incident_id=incident.id) == 2
    await drain()

    assert [await severity(ctx, domain) for domain in domains] == [None, None, None]
    assert await ties(ctx, ann, far) == before
    assert "Over since" in (await public.get(f"/servers/incidents/{incident.id}")).text


def test_versions_are_compared_by_their_numbers():
    assert is_below("0.12.4", "0.12.5")
    assert is_below("v0.12.4+git", "0.12.5")
    assert is_below("0.9", "0.12")
    assert not is_below("0.12.5", "0.12.5")
    assert not is_below("1.0-rc1", "0.12.5")
    assert not is_below("unknown", "0.12.5")


async def runs(ctx, far, software, version):
    """What the far server says of itself, and that it was asked."""
    far.documents["/.well-known/nodeinfo"] = {
        "links": [
            {
                "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
                "href": f"{far.base}/nodeinfo/2.0",
            }
        ]
    }
    far.documents["/nodeinfo/2.0"] = {
        "software": {"name": software, "version": version},
        "openRegistrations": True,
        "usage": {"users": {"total": 12}},
    }
    await ask_server(ctx, domain=far.host)


async def test_an_unsafe_version_is_cut_off_and_comes_back_once_repaired(
    ctx, client, drain, mails, far, clock
):
    """Incidents 23.1 and 23.2: preview, applied, notices sent, list page; healed, follows back."""
    software = unique("pix").replace("_", "")
    ann, actor = await an_account(ctx), await a_moderator(ctx)
    pix = await an_account(ctx, domain=far.host)
    await follows(ctx, ann, pix)
    before = await ties(ctx, ann, pix)
    await add_contact(
        ctx, actor_id=actor.id, domain=far.host, address="staff@pix.example", source="about"
    )
    await runs(ctx, far, software.capitalize(), "0.12.4")
    domains, impact = await preview_rule(ctx, software=software, below_version="0.12.5")
    assert (domains, impact.following_members) == ([far.host], 1)

    held = await add_rule(
        ctx,
        actor_id=actor.id,
        software=software,
        below_version="0.12.5",
        severity="suspend",
        reason="CVE-2025-30741",
        notifies=True,
    )
    await drain()

    assert held == 1
    assert await severity(ctx, far.host) == "suspend"
    assert await ties(ctx, ann, pix) == []
    assert [mail.to for mail in mails.mails] == ["staff@pix.example"]
    visit, _ = await desk(ctx, client)
    assert "holds 1 servers now" in (await visit.get("/desk/servers/software")).text
    await runs(ctx, far, software, "0.12.4")
    await run_software_rules(ctx)
    assert await severity(ctx, far.host) == "suspend"

    await runs(ctx, far, software, "0.12.5")
    await run_software_rules(ctx)
    await drain()

    assert await severity(ctx, far.host) is None
    await accept_follow(ctx, actor_id=ann.id, target_id=pix.id)
    assert await ties(ctx, ann, pix) == before
    assert f"It reports {software} 0.12.5" in (await visit.get(f"/desk/servers/{far.host}")).text


async def test_dead_servers_are_cleaned_up_in_a_batch_that_can_be_taken_back(
    ctx, client, drain, clock
):
    """Incidents 17.1 and 17.2."""
    far = FarServer()
    await far.start()
    dead, host = a_domain("dead"), far.host
    try:
        ann, actor = await an_account(ctx), await a_moderator(ctx)
        gone, back = await an_account(ctx, domain=dead), await an_account(ctx, domain=host)
        await follows(ctx, gone, ann)
        await follows(ctx, back, ann)
        before = await ties(ctx, ann, gone, back)
        for domain in (dead, host):
            await ask_server(ctx, domain=domain)  # nobody answers
        clock.ahead = timedelta(days=31)

        batch = await draft_clean_up(ctx, actor_id=actor.id, text="Gone for a month")
        visit, _ = await desk(ctx, client)
        here = f"/desk/servers/clean_up/{batch}"
        assert "This is convenience, not protection" in (await visit.get(here)).text
        assert await clean_up(ctx, actor_id=actor.id, clean_up_id=batch) >= 2
        assert await clean_up(ctx, actor_id=actor.id, clean_up_id=batch) == 0
        await drain()
        assert await ties(ctx, ann, gone, back) == []

        await runs(ctx, far, "mastodon", "4.6.0")
        assert "Answering again" in (await visit.get(here)).text
        assert await restore_cleaned(
            ctx, actor_id=actor.id, clean_up_id=batch, domain=host
        ) == 1  # fmt: skip
        await restore_cleaned(ctx, actor_id=actor.id, clean_up_id=batch)
        await drain()
        assert await ties(ctx, ann, gone, back) == before
    finally:
        await far.stop()


async def test_who_actively_deals_with_harmful_servers_is_ranked_and_who_coexists_is_not(ctx):
    harmful, active, passive = a_domain("bad"), a_domain("active"), a_domain("passive")
    actor = await a_moderator(ctx)
    await mark_server(ctx, actor_id=actor.id, domain=harmful, marks={"is_harmful": True})
    bad = await an_account(ctx, domain=harmful)
    said = await a_status(ctx, by=bad, text="Harm")
    for _ in range(2):
        fan = await an_account(ctx, domain=active)
        await a_status(ctx, by=fan, text="Well said", reply_to=said)
        await a_status(ctx, by=fan, text="Again", reply_to=said)
    await a_status(ctx, by=await an_account(ctx, domain=passive), text="Nice weather")

    found = {one.domain: one for one in await friends(ctx)}

    assert found[active].is_active
    assert (found[active].replies, found[active].accounts) == (4, 2)
    assert found[active].with_domains == [harmful]
    assert passive not in found
    assert json.dumps(found[active].examples)
