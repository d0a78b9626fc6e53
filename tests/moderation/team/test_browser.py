"""Practice in a real browser, and every page of the team looked at on a phone and a desk."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.moderation.desk import a_report
from tests.moderation.team.test_volunteering import a_call
from tests.moderation.team.world import (
    a_lead,
    a_member_of,
    a_ticket,
    accept_all,
    an_administrator,
)
from tests.web.test_browser import LOOK, browser  # noqa: F401  # a fixture
from tests.web.visit import PASSWORD, a_member
from watertower.moderation.actions.team.emergency import ask_for_powers
from watertower.moderation.actions.team.hand_position import add_position, name_successor
from watertower.moderation.actions.team.set_availability import set_availability
from watertower.moderation.actions.volunteers.apply import Application, apply
from watertower.moderation.actions.volunteers.review import begin_review, say_view
from watertower.moderation.model.team import Availability

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PICTURES = os.environ.get("WATERTOWER_TEST_PICTURES")  # a folder: every page is kept as a picture


async def looked_at(page, name):
    """The page says nothing wrong to a keyboard, a screen reader or a phone, in both widths."""
    for width in (390, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        if PICTURES:
            path = Path(PICTURES) / f"team-{name}-{width}.png"
            await page.screenshot(path=str(path), full_page=True)
        await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert await page.evaluate(LOOK) == [], (name, width)
        found = await Axe().run(page, options=RULES)
        assert [one["id"] for one in found.response["violations"]] == [], (name, width)
        await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = false)")


async def signed_in(browser, base, account, **choices):  # noqa: F811
    page = await (await browser.new_context(bypass_csp=True, **choices)).new_page()
    await page.goto(f"{base}/auth/sign_in")
    await page.get_by_label("E-mail address or name").fill(account.username)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


async def test_a_practice_ticket_from_the_first_word_to_the_feedback(
    ctx,
    client,
    browser,  # noqa: F811
):
    lead = await a_lead(ctx, client)
    trainee = await a_member_of(ctx, client, is_active=False)
    await accept_all(ctx, trainee.me)
    ticket_id = await a_ticket(ctx, lead.me)
    base = ctx.settings.base_url

    desk = await signed_in(browser, base, trainee.me)
    await desk.goto(f"{base}/desk/practice")
    await looked_at(desk, "practice")
    await desk.locator(f'a[href="/desk/practice/{ticket_id}"]').click()
    await looked_at(desk, "ticket-before")
    assert await desk.get_by_text("Asked to stop").count() == 0
    for label in ("How I understand it", "What I would do", "What I would not do", "Why"):
        await desk.get_by_label(label, exact=True).fill(f"My words: {label}")
    await desk.get_by_role("button", name="Send my analysis").click()
    assert await desk.get_by_text("Asked to stop").is_visible()
    assert await desk.get_by_text("My words: What I would do", exact=True).is_visible()

    head = await signed_in(browser, base, lead.me)
    await head.goto(f"{base}/desk/practice/{ticket_id}")
    await head.get_by_label(f"Say something to @{trainee.me.username}").fill("Look at the thread")
    await head.get_by_role("button", name="Send", exact=True).click()
    await desk.reload()
    assert await desk.get_by_text("Look at the thread").is_visible()
    await looked_at(desk, "ticket-after")
    await desk.goto(f"{base}/account/volunteering")
    assert await desk.get_by_text("1 of 10 tickets").is_visible()
    await looked_at(desk, "own-place")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_of_the_team_reads_well(
    ctx,
    client,
    drain,
    browser,  # noqa: F811
    scheme,
):
    admin = await an_administrator(ctx, client)
    visitor = await (await browser.new_context(bypass_csp=True, color_scheme=scheme)).new_page()
    base = ctx.settings.base_url
    await visitor.goto(f"{base}/about/team")
    await looked_at(visitor, f"about-alone-{scheme}")

    lead = await a_lead(ctx, client)
    moderator = await a_member_of(ctx, client)
    trainee = await a_member_of(ctx, client, is_active=False)
    keeper = await a_lead(ctx, client, "infrastructure")
    await set_availability(
        ctx,
        account_id=moderator.me.id,
        chosen=Availability(5, list(range(40, 60)), ["en", "tr"], ["gore"]),
    )
    await a_call(ctx, lead)
    applicant = await a_member(ctx)
    application_id = await apply(
        ctx,
        account_id=applicant.id,
        team="moderation",
        written=Application("I like calm", ["en"], "Often", ["Power"], ["Talk", "Hide"]),
    )
    await begin_review(ctx, actor_id=lead.me.id, application_id=application_id)
    await say_view(
        ctx,
        actor_id=moderator.me.id,
        application_id=application_id,
        alignment="Thinks of power",
        is_for=True,
    )
    position_id = await add_position(
        ctx,
        actor_id=admin.me.id,
        title="Hosting",
        holder=admin.me.username,
        deputy=moderator.me.username,
        checklist=["Root password", "The bill"],
    )
    await name_successor(
        ctx, actor_id=admin.me.id, position_id=position_id, successor=keeper.me.username
    )
    await ask_for_powers(
        ctx, actor_id=keeper.me.id, team="moderation", reason="Nobody answers, a life is at risk"
    )
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO trusted_reporters (account_id, state, good_reports, renew_by, updated_at) "
            "VALUES ($1, 'active', 6, $2, $2)",
            applicant.id,
            ctx.now(),
        )
    await a_report(ctx, by=applicant, is_time_critical=True)
    await drain()

    page = await signed_in(browser, base, lead.me, color_scheme=scheme)
    for path, name in (
        ("/desk/team", "members"),
        ("/desk/team/applications", "applications"),
        (f"/desk/team/applications/{application_id}", "application"),
        ("/desk/team/papers", "papers"),
        ("/desk/team/positions", "positions"),
        ("/desk/team/emergency", "emergency"),
        ("/desk/reporters", "reporters"),
        ("/account/helping", "helping"),
    ):
        answer = await page.goto(f"{base}{path}")
        assert answer.status == 200, path
        await looked_at(page, f"{name}-{scheme}")
    for path, name in (("/about/team", "about"), ("/volunteer/moderation", "call")):
        await visitor.goto(f"{base}{path}")
        await looked_at(visitor, f"{name}-{scheme}")
    own = await signed_in(browser, base, trainee.me, color_scheme=scheme)
    await own.goto(f"{base}/account/volunteering")
    await looked_at(own, f"own-trainee-{scheme}")
