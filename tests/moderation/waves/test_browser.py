"""In a real Chromium: a spam wave is decided about, and a rule is written, held posts decided."""

import pytest

from tests.moderation.servers.test_browser import look, signed_in
from tests.moderation.waves.wave import a_wave
from tests.web.test_browser import browser
from tests.web.visit import a_member
from tests.world import an_account
from watertower.moderation.actions.inbound.receive import receive
from watertower.moderation.jobs.waves_look import look_for_waves
from watertower.moderation.steps.inbound_live import forget_live_rules
from watertower.statuses.model import Visibility
from watertower.statuses.received import ReceivedStatus

__all__ = ["browser"]
pytestmark = pytest.mark.browser


async def test_a_wave_is_decided_about_and_a_rule_holds_what_comes_next(  # noqa: PLR0915  # one story
    empty,
    browser,
    client,
    drain,
):
    wave = await a_wave(empty, accounts=12, posts=48, servers=4, reports=9)
    await look_for_waves.run(empty)
    moderator = await a_member(empty)
    async with empty.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 3 WHERE account_id = $1", moderator.id)
    await drain()
    page = await signed_in(browser, empty, moderator)
    base, wrong = empty.settings.base_url, {}

    await page.goto(f"{base}/desk/waves")
    wrong["waves"] = await look(page, "waves")
    await page.get_by_role("link", name="48 posts by 12 accounts").click()
    wrong["wave"] = await look(page, "wave")
    await page.get_by_role("link", name="Write a rule for what comes next").click()
    wrong["form"] = await look(page, "rule-form")
    await page.get_by_role("button", name="Save and simulate").click()
    await drain()
    await page.reload()
    assert "48 of the last 48 posts" in await page.get_by_role("main").inner_text()
    wrong["rule"] = await look(page, "rule")
    await page.get_by_role("button", name="Switch on").click()
    wrong["rule on"] = await look(page, "rule-on")
    forget_live_rules()
    late = await an_account(empty, domain=wave.domains[0])
    for n in range(3):
        received = ReceivedStatus(
            uri=f"{late.uri}/{n}",
            visibility=Visibility.PUBLIC,
            created_at=empty.now(),
            content_html='<p>Hello friend, a free phone: <a href="https://win.example/x">https://win.example/x</a></p>',
        )
        assert await receive(empty, author_id=late.id, received=received) is None
    await page.goto(f"{base}/desk/inbound/held")
    wrong["held"] = await look(page, "held")
    await page.get_by_role("link", name="Look at each").click()
    wrong["pile"] = await look(page, "pile")
    await page.get_by_role("link", name="All held posts").click()
    await page.get_by_role("button", name="Refuse all").click()
    assert "Decided about 3" in await page.get_by_role("main").inner_text()
    await page.goto(f"{base}/desk/inbound")
    wrong["rules"] = await look(page, "rules")

    await page.goto(f"{base}/desk/waves")
    await page.get_by_role("link", name="48 posts by 12 accounts").click()
    await page.get_by_label("The accounts").select_option("suspend")
    await page.get_by_label("Why").fill("A spam wave")
    await page.get_by_role("button", name="Decide for all of it").click()
    await page.get_by_text("Show the page anew").wait_for()
    wrong["deciding"] = await look(page, "deciding")
    await drain()
    await page.get_by_role("link", name="Show the page anew").click()
    assert "12 accounts, 9 reports closed" in await page.get_by_role("main").inner_text()
    wrong["decided"] = await look(page, "decided")
    await page.get_by_role("link", name="All accounts that take part").click()
    wrong["accounts"] = await look(page, "accounts")
    await page.goto(f"{base}/desk/waves")
    assert "There is no wave" in await page.get_by_role("main").inner_text()

    await page.goto(f"{base}/desk/research")
    await page.get_by_label("Title").fill("Who is behind the phones")
    await page.get_by_label("What this is about").fill("The same text from four servers")
    await page.get_by_role("button", name="Begin").click()
    for named in (wave.domains[0], f"@{late.username}@{late.domain}"):
        await page.get_by_label("Watch an account or a server").fill(named)
        await page.get_by_role("button", name="Watch", exact=True).click()
    wrong["workspace"] = await look(page, "workspace")
    await page.goto(f"{base}/desk/research")
    wrong["research"] = await look(page, "research")

    await page.set_viewport_size({"width": 1280, "height": 840})
    async with empty.reading() as tx:
        wave_id = await tx.fetch_value("SELECT min(id) FROM waves")
        case_id = await tx.fetch_value("SELECT id FROM cases WHERE kind = 'research'")
        rule_id = await tx.fetch_value("SELECT min(id) FROM inbound_rules")
    for path, name in (
        ("/desk/waves?show=over", "waves"),
        (f"/desk/waves/{wave_id}", "wave"),
        ("/desk/inbound", "rules"),
        (f"/desk/inbound/{rule_id}", "rule"),
        ("/desk/inbound/new", "rule-form"),
        (f"/desk/research/{case_id}", "workspace"),
    ):
        await page.goto(base + path)
        wrong[f"wide {name}"] = await look(page, name)
    assert {name: found for name, found in wrong.items() if found} == {}
