"""In a real Chromium: preview, suspension and restoring of a server; a blocklist taken in."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.moderation.servers.world import a_domain, a_moderator, a_role, follows, ties
from tests.web.test_browser import LOOK, browser  # noqa: F401  # the fixture
from tests.web.visit import PASSWORD, a_member
from tests.world import an_account, unique
from watertower.accounts.actions.accept_follow import accept_follow
from watertower.moderation.actions.servers.incident import limit_for_incident, open_incident
from watertower.moderation.actions.servers.review import add_finding, begin_research, open_review

pytestmark = pytest.mark.browser

# What is folded is looked at, too.
OPEN = "document.querySelectorAll('details').forEach((d) => (d.open = true))"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PICTURES = os.environ.get("WATERTOWER_PICTURES")  # a folder: pages are photographed into it


async def signed_in(browser, ctx, member, width=390):  # noqa: F811
    context = await browser.new_context(viewport={"width": width, "height": 840}, bypass_csp=True)
    page = await context.new_page()
    await page.goto(f"{ctx.settings.base_url}/auth/sign_in")
    await page.fill("#username", member.username)
    await page.fill("#password", PASSWORD)
    await page.get_by_role("main").get_by_role("button").click()
    return page


async def look(page, name):
    """What somebody would stumble over; a picture if they are wanted."""
    if PICTURES:
        width = page.viewport_size["width"]
        await page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    await page.evaluate(OPEN)
    found = await page.evaluate(LOOK)
    axe = await Axe().run(page, options=RULES)
    found += [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in axe.response["violations"]]
    await page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = false))")
    return found


async def test_a_server_is_previewed_suspended_and_restored(ctx, browser, client, drain):  # noqa: F811
    domain = a_domain("loud")
    ann = await a_member(ctx)
    far, fay = await an_account(ctx, domain=domain), await an_account(ctx, domain=domain)
    await follows(ctx, ann, far)
    await follows(ctx, fay, ann)
    before = await ties(ctx, ann, far, fay)
    moderator = await a_member(ctx, role_id=await a_role(ctx))
    page = await signed_in(browser, ctx, moderator)
    base, wrong = ctx.settings.base_url, {}

    await page.goto(f"{base}/desk/servers?q={domain}")
    wrong["list"] = await look(page, "list")
    await page.get_by_role("link", name=domain).click()
    wrong["server"] = await look(page, "server")
    await page.get_by_role("link", name="Decide, with a preview").click()
    assert "1, in all 1 follows of 1 accounts" in await page.locator("#impact").inner_text()
    await page.get_by_label("Suspend: all exchange stops").check()
    await page.get_by_label("Why, for the team").fill("Harassment by many there")
    wrong["decide"] = await look(page, "decide")
    await page.get_by_role("button", name="Decide").click()
    await drain()
    await page.reload()
    assert "2 relationships are kept aside" in await page.get_by_role("main").inner_text()
    assert await ties(ctx, ann, far, fay) == []

    member = await signed_in(browser, ctx, ann)
    await member.goto(f"{base}/settings/severed")
    wrong["severed"] = await look(member, "severed")
    await member.get_by_role("link", name=domain).click()
    wrong["severed one"] = await look(member, "severed-one")
    await member.get_by_role("link", name="Why, and how to ask about it").click()
    await member.get_by_label("Tell us more").fill("My friends are there")
    await member.get_by_role("button", name="Send").click()
    await member.get_by_text("Thank you, we have it").wait_for()
    wrong["asked"] = await look(member, "asked")

    await page.goto(f"{base}/desk/servers/waiting")
    wrong["waiting"] = await look(page, "waiting")
    await page.goto(f"{base}/desk/servers/{domain}")
    await page.get_by_text("Lift it").click()
    await page.get_by_label("Why it is lifted").fill("They cleaned up")
    await page.get_by_role("button", name="Lift").click()
    await drain()
    await accept_follow(ctx, actor_id=ann.id, target_id=far.id)
    await drain()
    assert sorted(await ties(ctx, ann, far, fay)) == sorted(before)
    wrong["after"] = await look(page, "after")
    assert {name: found for name, found in wrong.items() if found} == {}


async def test_a_blocklist_is_taken_in_and_applied(ctx, browser, client, drain, tmp_path):  # noqa: F811
    new, known = a_domain("new"), a_domain("known")
    ann = await an_account(ctx)
    await follows(ctx, ann, await an_account(ctx, domain=known))
    moderator = await a_member(ctx, role_id=await a_role(ctx))
    file = tmp_path / "list.csv"
    file.write_text(
        f"#domain,#severity,#public_comment\n{new},suspend,Spam\n{known},silence,Loud\n"
    )
    page = await signed_in(browser, ctx, moderator)
    wrong = {}
    await page.goto(f"{ctx.settings.base_url}/desk/servers/blocklists")
    wrong["lists"] = await look(page, "blocklists")
    await page.locator("#name").fill(unique("Council"))
    await page.set_input_files("#file", file)
    await page.get_by_role("button", name="Read it").click()
    await page.get_by_label(known).check()
    wrong["list"] = await look(page, "blocklist")
    await page.get_by_role("button", name="Apply the ticked").click()
    await page.get_by_text("1 done.").wait_for()
    await page.goto(f"{ctx.settings.base_url}/desk/servers/{known}")
    assert "From the list" in await page.get_by_role("main").inner_text()
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("width", [390, 1280])
async def test_every_page_about_servers_can_be_used_by_everybody(ctx, browser, client, width):  # noqa: F811
    from datetime import timedelta

    domain, actor = a_domain(), await a_moderator(ctx)
    await an_account(ctx, domain=domain)
    review_id = await open_review(
        ctx, actor_id=actor.id, domain=domain, cause="research", reason="Heard of it"
    )
    await begin_research(ctx, actor_id=actor.id, review_id=review_id)
    await add_finding(
        ctx, actor_id=actor.id, review_id=review_id, is_server_level=True, text="Rules", url=""
    )
    incident = await open_incident(
        ctx,
        actor_id=actor.id,
        name=unique("Wave"),
        text="Spam",
        review_at=ctx.now() + timedelta(days=7),
    )
    await limit_for_incident(
        ctx, actor_id=actor.id, incident_id=incident.id, domain=a_domain("waved")
    )
    moderator = await a_member(ctx, role_id=await a_role(ctx))
    page = await signed_in(browser, ctx, moderator, width)
    wrong = {}
    for path in (
        "/desk/servers", f"/desk/servers/{domain}", f"/desk/servers/{domain}/decide",
        "/desk/servers/waiting", "/desk/servers/reviews", f"/desk/servers/reviews/{review_id}",
        "/desk/servers/incidents", f"/desk/servers/incidents/{incident.id}",
        f"/servers/incidents/{incident.id}", f"/servers/{domain}", "/desk/servers/blocklists",
        "/desk/servers/software?software=mastodon&below_version=4.3", "/desk/servers/clean_up",
        "/desk/servers/friends",
    ):  # fmt: skip
        await page.goto(ctx.settings.base_url + path)
        name = path.partition("?")[0].replace(domain, "one").strip("/").replace("/", "_")
        wrong[path] = await look(page, name)
    assert {path: found for path, found in wrong.items() if found} == {}
