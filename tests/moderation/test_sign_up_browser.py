"""Sign-ups and special accounts in a real browser: the proof of work is done, and every page is fit
for a phone, a keyboard and a screen reader.
"""

import asyncio
from datetime import timedelta

import pytest

from tests.web.test_browser import LOOK, browser  # noqa: F401  # a fixture
from tests.web.visit import PASSWORD, a_member
from tests.world import unique
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_of_account, set_role
from watertower.accounts.proof_of_work import is_solved
from watertower.accounts.queries.site import set_site_setting
from watertower.moderation.actions.account_types import declare, review
from watertower.moderation.actions.account_types.rules import invite_company
from watertower.moderation.actions.sign_ups.apply import name_voucher
from watertower.moderation.actions.sign_ups.gate import close, raise_friction
from watertower.moderation.actions.sign_ups.review import question, refuse
from watertower.moderation.model.account_types import QUESTIONS, Type
from watertower.web.views.site import forget_site

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
async def nothing_left(ctx):
    async def empty():
        async with ctx.transaction() as tx:
            for table in ("account_types", "posting_rules", "sign_up_gates", "announcements"):
                await tx.execute(f"DELETE FROM {table}")
            await tx.execute("DELETE FROM rules")
            # Friction counts who came from here today; other tests are not this one's crowd.
            await tx.execute("UPDATE logins SET created_at = created_at - interval '2 days'")
            await tx.execute("DELETE FROM site_settings")
        forget_site()

    await empty()
    yield
    await empty()


async def mode(ctx, value):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", value)


async def a_head(ctx):
    account = await a_member(ctx)
    login = await login_of_account(ctx, account_id=account.id)
    await set_role(ctx, login_id=login.id, role_name="Head moderator")
    return account


async def an_applicant(ctx, text):
    name = unique("applicant")
    return await create_member(
        ctx,
        username=name,
        email=f"{name}@example.test",
        password=PASSWORD,
        confirmed=True,
        reason=text,
        ip="203.0.113.9",
    )


async def test_a_browser_does_the_proof_of_work_and_signs_up(ctx, client, browser):  # noqa: F811
    await mode(ctx, "open")
    head = await a_head(ctx)
    await raise_friction(ctx, actor_id=head.id, level=1, reason="A wave")
    page = await browser.new_page()
    await page.goto(f"{client.base}/auth/sign_up")
    challenge = await page.input_value("input[name=proof_challenge]")
    answer = ""
    for _ in range(300):
        answer = await page.input_value("input[name=proof_answer]")
        if answer:
            break
        await asyncio.sleep(0.1)
    assert is_solved(ctx.secrets.key, challenge, answer, now=ctx.now())
    assert "Done" in await page.inner_text("[data-proof]")
    name = unique("human")
    await page.fill("#username", name)
    await page.fill("#email", f"{name}@example.test")
    await page.fill("#password", PASSWORD)
    await page.fill("#password_again", PASSWORD)
    await page.click("button:has-text('Create account')")
    await page.wait_for_load_state()
    login = await login_of_account(ctx, account_id=int(await account_id(ctx, name)))
    assert login.approved_at is not None
    await page.close()


async def account_id(ctx, name):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT id FROM accounts WHERE username = $1", name)


async def test_every_page_is_fit_for_a_phone_and_a_screen_reader(ctx, client, browser):  # noqa: F811
    await mode(ctx, "approval")
    head, friend = await a_head(ctx), await a_member(ctx)
    waits, asked, out = [await an_applicant(ctx, f"I bake bread, kind {n}") for n in range(3)]
    await question(ctx, actor_id=head.id, account_id=asked.id, text="Which kind?")
    await refuse(ctx, actor_id=head.id, account_id=out.id, reason="No reason")
    await name_voucher(ctx, account_id=waits.id, name=friend.username)
    bot, company = await a_member(ctx), await a_member(ctx)
    await declare.declare(ctx, account_id=bot.id, types=[Type.BOT])
    application = declare.Application(dict.fromkeys(QUESTIONS, "Weather"), True)
    await declare.apply(ctx, account_id=bot.id, application=application)
    await review.begin_review(ctx, actor_id=head.id, account_id=bot.id)
    await review.approve(ctx, actor_id=head.id, account_id=bot.id, category="Bots")
    code = await invite_company(ctx, actor_id=head.id, organisation="Soup Ltd")
    await declare.declare(ctx, account_id=company.id, types=[Type.CORPORATE], invitation_code=code)
    await raise_friction(ctx, actor_id=head.id, level=2, reason="A wave")
    pages = {
        head.username: [
            "/desk/sign_ups",
            "/desk/sign_ups/networks",
            "/desk/sign_ups/door",
            f"/desk/sign_ups/{waits.id}",
            "/desk/account_types?tab=approved",
            "/desk/account_types/rules",
            f"/desk/account_types/{bot.id}",
        ],
        waits.username: ["/auth/waiting"],
        asked.username: ["/auth/waiting"],
        out.username: ["/auth/waiting"],
        friend.username: ["/account/vouches"],
        bot.username: ["/account/type"],
        company.username: ["/account/type"],
        None: ["/approved", f"/approved/{bot.username}", "/auth/sign_up"],
    }
    wrong = []
    for who, paths in pages.items():
        context = await browser.new_context(viewport={"width": 390, "height": 844})
        page = await context.new_page()
        if who is not None:
            await page.goto(f"{client.base}/auth/sign_in")
            await page.fill("#username", who)
            await page.fill("#password", PASSWORD)
            await page.click("button:has-text('Sign in')")
            await page.wait_for_load_state()
        for path in paths:
            answer = await page.goto(client.base + path)
            for folded in await page.query_selector_all("details"):
                await folded.evaluate("e => { e.open = true; }")
            wrong += [(path, answer.status)] if answer.status != 200 else []
            wrong += [(path, one) for one in await page.evaluate(LOOK)]
        await context.close()
    await close(
        ctx, actor_id=head.id, reason="x", public_note="Bots.", review_in=timedelta(hours=1)
    )
    page = await browser.new_page()
    await page.goto(f"{client.base}/auth/sign_up")
    wrong += [("closed", one) for one in await page.evaluate(LOOK)]
    await page.close()
    assert wrong == []
