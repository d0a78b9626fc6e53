"""In a real Chromium: a vote from the desk to the answer to the published decision."""

from datetime import timedelta

import pytest

from tests.community.world import LONG_AGO, OPTIONS, the_vote
from tests.moderation.desk import LEAD
from tests.moderation.servers.test_browser import look, signed_in
from tests.web.test_browser import browser
from tests.web.visit import a_member
from watertower.accounts.queries.site import set_site_setting
from watertower.community.jobs.vote_clock import watch_votes

__all__ = ["browser"]
pytestmark = pytest.mark.browser


async def test_a_vote_from_the_desk_to_the_published_decision(empty, browser, client, drain, clock):  # noqa: PLR0915  # one story
    ctx, wrong = empty, {}
    base = ctx.settings.base_url
    first, second, member = [await a_member(ctx) for _ in range(3)]
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET role_id = $2 WHERE account_id = ANY($1::bigint[])",
            [first.id, second.id],
            LEAD,
        )
        await tx.execute(
            "UPDATE accounts SET created_at = $2 WHERE id = $1", member.id, ctx.now() - LONG_AGO
        )
        await set_site_setting(tx, "official_username", first.username)
    desk = await signed_in(browser, ctx, first)
    other = await signed_in(browser, ctx, second, width=1280)
    page = await signed_in(browser, ctx, member)
    wide = await signed_in(browser, ctx, member, width=1280)

    await desk.goto(f"{base}/desk/votes")
    await desk.get_by_label("What it is about").fill("A small matter")
    await desk.get_by_label("Why they should be asked, or why not").fill("Nobody is affected")
    await desk.get_by_role("button", name="Do not ask, keep why").click()
    await desk.goto(f"{base}/desk/votes")
    await desk.get_by_label("What it is about").fill("What to do about loud.example")
    await desk.get_by_label("Why they should be asked, or why not").fill(
        "Half of us follow somebody there, and the harm comes from a few."
    )
    await desk.get_by_label("The server that it is about, if any").fill("loud.example")
    await desk.get_by_role("button", name="Ask members").click()
    await desk.get_by_label("Question").fill("What should happen with loud.example?")
    await desk.get_by_label("What members should know").fill(
        "It has 1,200 accounts. 340 of us follow somebody there.\n\nReports came about nine accounts."
    )
    await desk.get_by_label("Options, one on each line").fill("\n".join(OPTIONS))
    wrong["form"] = await look(desk, "vote-form")
    await desk.get_by_role("button", name="Keep the draft").click()
    wrong["drafted"] = await look(desk, "vote-drafted")
    vote_id = int(desk.url.partition("?")[0].rsplit("/", 1)[1])

    await other.goto(f"{base}/desk/votes/{vote_id}")
    wrong["reader"] = await look(other, "vote-reader")
    await other.get_by_role("button", name="The wording is neutral").click()
    wrong["herald"] = await look(other, "vote-herald")
    await desk.reload()
    await desk.get_by_role("button", name="Tell them").click()
    await drain()
    await page.goto(f"{base}/votes/{vote_id}")
    wrong["coming"] = await look(page, "vote-coming")

    clock.ahead += timedelta(hours=25, minutes=1)
    await watch_votes.run(ctx)
    await drain()
    await page.goto(f"{base}/votes")
    wrong["list"] = await look(page, "votes")
    await page.get_by_role("link", name="What should happen with loud.example?").click()
    wrong["open"] = await look(page, "vote-open")
    await wide.goto(f"{base}/votes/{vote_id}")
    wrong["open wide"] = await look(wide, "vote-open")
    await page.get_by_label("Suspend it").check()
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_text("Your answer is kept.").wait_for()
    wrong["answered"] = await look(page, "vote-answered")
    await page.get_by_label("No opinion").check()
    await page.get_by_role("button", name="Change my answer").click()
    assert await page.get_by_label("No opinion").is_checked()
    await desk.goto(f"{base}/desk/votes/{vote_id}")
    wrong["desk open"] = await look(desk, "vote-desk-open")

    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)
    assert (await the_vote(ctx, vote_id)).counts == [0, 0, 0, 1]
    await page.reload()
    wrong["closed"] = await look(page, "vote-closed")
    await desk.reload()
    wrong["collected"] = await look(desk, "vote-collected")
    await desk.get_by_label("What is done").fill("It stays limited for six months.")
    await desk.get_by_label("Why, and how the result was used").fill("Its team answered us.")
    await desk.get_by_role("button", name="Keep the decision").click()
    await desk.get_by_role("button", name="Publish").click()
    await desk.get_by_text("Result and decision are public.").wait_for()
    await other.goto(f"{base}/desk/votes/{vote_id}")
    wrong["desk published"] = await look(other, "vote-desk-published")
    await other.goto(f"{base}/desk/votes")
    wrong["desk list"] = await look(other, "desk-votes")
    await desk.goto(f"{base}/desk/votes")
    wrong["desk list phone"] = await look(desk, "desk-votes")
    for shown in (page, wide):
        await shown.goto(f"{base}/votes/{vote_id}")
        wrong[f"published {shown.viewport_size['width']}"] = await look(shown, "vote-published")
    assert {name: found for name, found in wrong.items() if found} == {}
