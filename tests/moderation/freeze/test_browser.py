"""Freezing and being frozen in a real browser, with a Mastodon app in the other hand."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import mastodon
import pytest

from tests.moderation.freeze.test_named import run_clock
from tests.moderation.freeze.world import frozen_world
from tests.web.test_browser import LOOK, browser  # noqa: F401  # a fixture
from tests.web.visit import PASSWORD, a_member
from tests.world import a_status, a_token

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("WATERTOWER_TEST_PICTURES")  # a folder: every page is kept as a picture


async def looked_at(page, name):
    """The page says nothing wrong to a keyboard, a screen reader or a phone, in both widths."""
    for width in (390, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        if PICTURES:
            path = Path(PICTURES) / f"freeze-{name}-{width}.png"
            await page.screenshot(path=str(path), full_page=True)
        await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert await page.evaluate(LOOK) == [], (name, width)
        await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = false)")


async def signed_in(browser, base, username, **choices):  # noqa: F811
    page = await (await browser.new_context(**choices)).new_page()
    await page.goto(f"{base}/auth/sign_in")
    await page.get_by_label("E-mail address or name").fill(username)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_member_is_frozen_deletes_the_post_with_an_app_and_is_restored(  # noqa: PLR0915  # one story
    ctx,
    client,
    drain,
    browser,  # noqa: F811
    scheme,
):
    moderator, member = await a_member(ctx), await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 5 WHERE account_id = $1", moderator.id)
        await tx.execute("INSERT INTO rules (position, text) VALUES (1, 'Be kind to newcomers.')")
    post = await a_status(ctx, member, "Newcomers should go away")
    await a_status(ctx, member, "A harmless post about bread")
    base = ctx.settings.base_url
    token = await a_token(ctx, member, "read write")

    # The moderator freezes from the account's page.
    desk = await signed_in(browser, base, moderator.username, color_scheme=scheme)
    await desk.goto(f"{base}/desk/accounts/{member.id}")
    await desk.get_by_role("link", name="Freeze with tasks").click()
    await looked_at(desk, f"form-{scheme}")
    await desk.get_by_label("Message").fill("Newcomers are welcome here. Please take this back.")
    await desk.get_by_label("Be kind to newcomers.").last.check()
    await desk.get_by_label("Newcomers should go away").check()
    await desk.get_by_label("Address of what is to be read, 1").fill("https://example.org/welcome")
    await desk.get_by_label("Why, or what to look for, 1").fill("How it is to be new somewhere")
    await desk.get_by_label("How long it takes, 1").select_option("10")
    await desk.get_by_label("Agree to a statement").fill("I will let newcomers ask.")
    await desk.get_by_role("button", name="Freeze", exact=True).click()
    await desk.get_by_text("The account is frozen, and its member was told.").wait_for()
    freeze_page = desk.url.split("?")[0]
    await looked_at(desk, f"desk-begun-{scheme}")
    await drain()

    # The member signs in without scripts and lands on the page that says why.
    page = await signed_in(
        browser, base, member.username, java_script_enabled=False, color_scheme=scheme
    )
    await page.get_by_role("heading", name="Your account is frozen").wait_for()
    assert page.url == f"{base}/account/frozen"
    seeing = await signed_in(browser, base, member.username, color_scheme=scheme)
    await looked_at(seeing, f"own-begun-{scheme}")
    await page.get_by_role("button", name="I have read this").click()
    await page.get_by_text("The team knows that you have read it.").wait_for()

    # An app: it shows the reason, and deletes the post.
    app = mastodon.Mastodon(access_token=token, api_base_url=base, ratelimit_method="throw")
    with pytest.raises(mastodon.MastodonAPIError) as refused:
        await asyncio.to_thread(app.status_post, "Still here")
    assert f"{base}/account/frozen" in str(refused.value)
    home = await asyncio.to_thread(app.account_statuses, member.id)
    assert str(post.id) in {str(one["id"]) for one in home}
    await asyncio.to_thread(app.status_delete, post.id)
    await drain()

    # The task has ticked by itself.
    await page.reload()
    first = page.locator("ol.tasks > li").first
    assert "done" in await first.inner_text()
    assert await page.locator("ol.tasks > li.done").count() == 1
    await page.get_by_role("button", name="I have read it").click()
    await page.get_by_role("button", name="I agree").click()
    await page.get_by_label("Write to the team").fill("I am sorry, I did not think.")
    await page.get_by_role("button", name="Send").last.click()
    await page.get_by_text("Your message is with the team.").wait_for()
    await seeing.reload()
    await looked_at(seeing, f"own-done-{scheme}")
    await page.get_by_role("button", name="Everything is done").click()
    await page.get_by_text("The team will look at it within 72 hours.").wait_for()
    await page.get_by_role("link", name="Appeal", exact=True).wait_for()

    # The moderator sees it, asks for more once, and restores the account.
    await desk.goto(f"{base}/desk/freezes")
    await looked_at(desk, f"list-{scheme}")
    await desk.get_by_role("link", name=f"@{member.username}").click()
    await looked_at(desk, f"desk-handed-in-{scheme}")
    await desk.get_by_text("Something is missing").click()
    await desk.get_by_label("What exactly").fill("Say it in your profile, please.")
    await desk.get_by_label("Change the profile").fill("Say that newcomers are welcome")
    await desk.get_by_role("button", name="Ask for more").click()
    await desk.get_by_text("It is their turn again.").wait_for()
    await page.goto(f"{base}/account/frozen")
    await page.get_by_role("button", name="I have changed it").click()
    await page.get_by_text("Your profile is still the same as when you were asked.").wait_for()
    await page.get_by_role("link", name="Change my profile").click()
    await page.get_by_label("About me").fill("Newcomers are welcome.")
    await page.get_by_role("button", name="Save changes").click()
    await page.goto(f"{base}/account/frozen")
    await page.get_by_role("button", name="I have changed it").click()
    await page.get_by_role("button", name="Everything is done").click()
    await desk.goto(freeze_page)
    await desk.get_by_label("What was agreed").fill("Newcomers may ask.")
    await desk.get_by_role("button", name="Restore the account").click()
    await desk.get_by_text("The account is restored.").wait_for()
    await looked_at(desk, f"desk-restored-{scheme}")
    await drain()
    await page.goto(f"{base}/")
    await page.get_by_role("button", name="Post").wait_for()
    posted = await asyncio.to_thread(app.status_post, "Welcome, everybody")
    assert posted["content"] == "<p>Welcome, everybody</p>"
    for one in (desk, page, seeing):
        await one.context.close()


async def test_a_missed_deadline_on_both_pages(ctx, client, clock, drain, browser):  # noqa: F811
    world = await frozen_world(ctx, client, with_password=True)
    head = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 5 WHERE account_id = $1", head.id)
    base = ctx.settings.base_url
    clock.ahead = timedelta(days=8)
    await run_clock(ctx, drain)

    page = await signed_in(browser, base, world.member.username)
    await page.get_by_text("The time to answer is over.").first.wait_for()
    await looked_at(page, "own-missed")
    desk = await signed_in(browser, base, head.username)
    await desk.goto(f"{base}/desk/freezes/{world.freeze_id}")
    await looked_at(desk, "desk-missed")
    await desk.get_by_label("Remain frozen, without a deadline").check()
    await desk.get_by_label("Reason, for the team").first.fill("Known to be on holiday")
    await desk.get_by_role("button", name="Decide").click()
    await desk.get_by_text("It is decided.").wait_for()
    await page.reload()
    await page.get_by_text("stays frozen without a deadline").wait_for()
    await page.get_by_text("I need more time").click()
    await page.get_by_label("Why?").last.fill("I am on holiday")
    await page.get_by_role("button", name="Ask for a week").click()
    await page.get_by_text("You have a week more.").wait_for()
    for one in (desk, page):
        await one.context.close()
