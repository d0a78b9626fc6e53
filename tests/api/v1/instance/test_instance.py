"""What the server says about itself, in both versions, and the texts beside it."""

import time

import pytest

from tests.world import a_status, a_token, an_account, unique
from watertower.accounts.queries.site import set_site_setting
from watertower.api import described
from watertower.api.v1.instance import neighbours


@pytest.fixture(autouse=True)
async def fresh(ctx):
    """Nothing kept, nothing decided."""

    async def forget():
        for kept in (
            described.COMMUNITY_SIZE,
            described.DESCRIBED,
            described.INSTANCE,
            described.INSTANCE_V1,
            neighbours.PEERS,
            neighbours.ACTIVITY,
        ):
            kept.forget()
        async with ctx.transaction() as tx:
            await tx.execute("DELETE FROM site_settings")
            await tx.execute("DELETE FROM rules")

    await forget()
    yield
    await forget()


async def decide(ctx, **settings):
    async with ctx.transaction() as tx:
        for name, value in settings.items():
            await set_site_setting(tx, name, value)


async def test_the_document_has_every_attribute(ctx, client):
    base = ctx.settings.base_url
    answer = await client.get("/api/v2/instance")

    found = answer.json
    assert answer.status == 200
    assert found.pop("usage") == {"users": {"active_month": pytest.approx(0, abs=10_000)}}
    found["configuration"]["media_attachments"].pop("supported_mime_types")
    assert found.pop("watertower") == {
        "duties_separated": False,
        "team_url": f"{base}/about/team",
    }
    assert found == {
        "domain": ctx.settings.server.domain,
        "title": ctx.settings.server.domain,
        "version": "4.6.5 (compatible; Watertower 0.1.0)",
        "source_url": "https://github.com/watertower-server/watertower",
        "description": "",
        "thumbnail": {"url": f"{base}/assets/icon-512.png", "description": ""},
        "icon": [
            {"src": f"{base}/assets/icon-192.png", "size": "192x192"},
            {"src": f"{base}/assets/icon-512.png", "size": "512x512"},
        ],
        "languages": ["en"],
        "configuration": {
            "urls": {
                "streaming": ctx.settings.streaming_url,
                "status": None,
                "about": f"{base}/about",
                "privacy_policy": f"{base}/privacy-policy",
                "terms_of_service": None,
            },
            "vapid": {"public_key": ctx.secrets.vapid_public},
            "accounts": {
                "max_display_name_length": 40,
                "max_note_length": 500,
                "max_avatar_description_length": 1500,
                "max_header_description_length": 1500,
                "max_featured_tags": 10,
                "max_pinned_statuses": 5,
                "max_profile_fields": 4,
                "profile_field_name_limit": 255,
                "profile_field_value_limit": 255,
            },
            "statuses": {
                "max_characters": 500,
                "max_media_attachments": 4,
                "characters_reserved_per_url": 23,
            },
            "media_attachments": {
                "description_limit": 10000,
                "image_size_limit": 16777216,
                "image_matrix_limit": 33177600,
                "video_size_limit": 103809024,
                "video_frame_rate_limit": 120,
                "video_matrix_limit": 8294400,
            },
            "polls": {
                "max_options": 4,
                "max_characters_per_option": 50,
                "min_expiration": 300,
                "max_expiration": 2629746,
            },
            "translation": {"enabled": False},
            "timelines_access": {
                "live_feeds": {"local": "public", "remote": "public"},
                "hashtag_feeds": {"local": "public", "remote": "public"},
                "trending_link_feeds": {"local": "public", "remote": "public"},
            },
            "limited_federation": False,
        },
        "registrations": {
            "enabled": True,
            "approval_required": False,
            "reason_required": False,
            "message": None,
            "min_age": None,
            "url": None,
        },
        "api_versions": {"mastodon": 11},
        "wrapstodon": None,
        "contact": {"email": "", "account": None},
        "rules": [],
    }


async def test_what_the_community_decided_shows_in_both_documents(ctx, client):
    alice = await an_account(ctx, unique("contact"))
    await a_status(ctx, by=alice)
    await decide(
        ctx,
        title="Harbour",
        short_description="Boats & more",
        extended_description="Ask\n\nus",
        contact_email="ask@harbour.example",
        contact_username=alice.username,
        registration_mode="approval",
        requires_reason=True,
        min_age=16,
        terms="Be kind",
    )
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO rules (id, text, hint, translations) VALUES "
            '(7, \'Be kind\', \'Always\', \'{"de": {"text": "Sei nett", "hint": ""}}\')'
        )
    rule = {
        "id": "7",
        "text": "Be kind",
        "hint": "Always",
        "translations": {"de": {"text": "Sei nett", "hint": ""}},
    }

    v2 = (await client.get("/api/v2/instance")).json
    v1 = (await client.get("/api/v1/instance")).json

    assert (v2["title"], v2["description"]) == ("Harbour", "Boats & more")
    assert v2["registrations"] == {
        "enabled": True,
        "approval_required": True,
        "reason_required": True,
        "message": None,
        "min_age": 16,
        "url": None,
    }
    assert v2["contact"]["email"] == "ask@harbour.example"
    assert v2["contact"]["account"]["id"] == str(alice.id)
    assert v2["rules"] == v1["rules"] == [rule]
    assert (await client.get("/api/v1/instance/rules")).json == [rule]
    assert set(v1) == {
        "uri",
        "title",
        "short_description",
        "description",
        "email",
        "version",
        "urls",
        "stats",
        "thumbnail",
        "languages",
        "registrations",
        "approval_required",
        "invites_enabled",
        "configuration",
        "contact_account",
        "rules",
    }
    assert v1["description"] == "<p>Ask</p><p>us</p>"
    assert (v1["registrations"], v1["approval_required"], v1["invites_enabled"]) == (
        True,
        True,
        True,
    )
    assert v1["urls"] == {"streaming_api": ctx.settings.streaming_url}
    assert v1["contact_account"]["id"] == str(alice.id)
    assert v1["stats"]["status_count"] >= 1


async def test_closed_registrations_give_their_message(ctx, client):
    await decide(ctx, registration_mode="closed", closed_message="Full for now")

    found = (await client.get("/api/v2/instance")).json["registrations"]

    assert (found["enabled"], found["message"]) == (False, "Full for now")


async def test_a_contact_that_is_gone_is_none(ctx, client):
    await decide(ctx, contact_username="nobody_at_all")

    assert (await client.get("/api/v2/instance")).json["contact"]["account"] is None


async def test_the_document_is_made_once_for_many(ctx, client, queries):
    await client.get("/api/v2/instance")
    queries.clear()
    started = time.process_time()
    for _ in range(50):
        await client.get("/api/v2/instance")

    assert queries == []
    # Client and server share this process; the server's part is about a third.
    assert (time.process_time() - started) / 50 < 0.01


async def test_an_old_token_is_no_obstacle(client):
    assert (await client.signed_in("long gone").get("/api/v2/instance")).status == 200


async def test_texts_are_empty_or_missing_until_they_are_written(ctx, client):
    paths = ("extended_description", "privacy_policy", "terms_of_service")
    before = [await client.get(f"/api/v1/instance/{path}") for path in paths]
    await decide(ctx, extended_description="We", privacy_policy="Keep <secrets>", terms="Be kind")
    after = [await client.get(f"/api/v1/instance/{path}") for path in paths]

    assert [answer.status for answer in before] == [200, 200, 404]
    assert before[0].json == {"updated_at": None, "content": ""}
    assert [answer.json["content"] for answer in after] == [
        "<p>We</p>",
        "<p>Keep &lt;secrets&gt;</p>",
        "<p>Be kind</p>",
    ]
    terms = after[2].json
    assert (terms["effective"], terms["succeeded_by"]) == (True, None)
    on = f"/api/v1/instance/terms_of_service/{terms['effective_date']}"
    assert (await client.get(on)).json == terms
    assert (await client.get("/api/v1/instance/terms_of_service/1999-01-01")).status == 404


async def test_neighbours_are_told_without_those_we_suspended(ctx, client):
    good, bad = unique("a").lower() + ".example", unique("a").lower() + ".example"
    for domain in (good, bad):
        await an_account(ctx, domain=domain)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO server_policies (domain, severity, public_comment) "
            "VALUES ($1, 'suspend', 'Spam'), ('quiet.' || $1, 'limit', ''), "
            "('fine.' || $1, 'noop', '')",
            bad,
        )

    peers = (await client.get("/api/v1/instance/peers")).json
    found = await client.get("/api/v1/peers/search", params={"q": good[:-3].upper()})
    nothing = await client.get("/api/v1/peers/search", params={"q": "%"})

    assert (good in peers, bad in peers) == (True, False)
    assert (found.json, nothing.json) == ([good], [])

    path = "/api/v1/instance/domain_blocks"
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await member.get(path)).status == 404
    await decide(ctx, show_domain_blocks="users", show_domain_blocks_rationale="disabled")
    assert (await client.get(path)).status == 401
    blocks = [one for one in (await member.get(path)).json if one["domain"].endswith(bad)]
    assert [(one["domain"], one["severity"], one["comment"]) for one in blocks] == [
        (bad, "suspend", ""),
        (f"quiet.{bad}", "silence", ""),
    ]
    await decide(ctx, show_domain_blocks="all", show_domain_blocks_rationale="all")
    everybody = (await client.get(path)).json
    assert [one["comment"] for one in everybody if one["domain"] == bad] == ["Spam"]

    await decide(ctx, shows_peers=False)
    assert (await client.get("/api/v1/instance/peers")).status == 404
    assert (await client.get("/api/v1/peers/search")).status == 404


async def test_activity_covers_twelve_weeks(ctx, client):
    await a_status(ctx, by=await an_account(ctx))

    found = (await client.get("/api/v1/instance/activity")).json

    starts = [int(week["week"]) for week in found]
    assert len(found) == 12
    assert [later - earlier for earlier, later in zip(starts[1:], starts, strict=False)] == [
        604_800
    ] * 11
    assert all(int(found[0][name]) >= 1 for name in ("statuses", "logins", "registrations"))
    await decide(ctx, shows_activity=False)
    assert (await client.get("/api/v1/instance/activity")).status == 404


async def test_small_answers(ctx, client):
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))

    languages = (await client.get("/api/v1/instance/languages")).json
    assert {"code": "de", "name": "German"} in languages
    assert (await client.get("/api/v1/instance/translation_languages")).json == {}
    assert (await member.get("/api/v1/donation_campaigns")).status == 204
    assert (await member.get("/api/v1_alpha/async_refreshes/1")).status == 404
