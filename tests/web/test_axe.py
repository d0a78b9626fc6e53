"""Every page passes axe-core: the desk's, a member's own and the public's, found by following links."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.moderation.desk import a_report
from tests.web.test_browser import browser
from tests.web.visit import PASSWORD, a_member
from tests.world import a_status, an_account, unique
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.model import Account
from watertower.web.routes import ROUTES

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OWNER = 3
MOST_PAGES = 160
FORMS_LEAD_THERE = {"/desk/servers/open"}
# For members of a team, which an owner need not be; tests/moderation/team looks at them with axe.
FOR_TEAMS = {
    ("/desk/practice", 403),
    ("/desk/reporters", 403),
    ("/desk/team/applications", 403),
    ("/desk/team/papers", 404),
}
# Leads away, gives a file, or is the same page as another.
LEFT_OUT = re.compile(
    r"^/(auth/sign_out|media|assets|oauth|settings/(export|archive)/|.*\.(csv|rss|json|zip)$)"
)


def pattern_of(path: str) -> str | None:
    """The page's row in the table of routes: of those that fit, the one with most words."""
    fitting = [
        row.path
        for row in ROUTES
        if row.method == "GET"
        and re.match("^" + re.sub(r":[a-z_]+", "[^/]+", row.path) + "$", path)
    ]
    return min(fitting, key=lambda one: one.count(":"), default=None)


async def a_lively_place(ctx, client) -> Account:
    """Something of everything that the desk shows; answers its owner."""
    owner = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = $2 WHERE account_id = $1", owner.id, OWNER)
    bad = await an_account(ctx)
    post = await a_status(ctx, by=bad, text="Something bad")
    await a_report(ctx, about=bad, status_ids=[post.id])
    await a_report(ctx, about=await an_account(ctx, domain="far.example"))
    await create_member(
        ctx, username=unique("wait"), email=f"{unique('w')}@example.test", password=PASSWORD,
        confirmed=True, approved=False, reason="I bake",
    )  # fmt: skip
    return owner


async def test_every_page_passes_axe(empty, browser, client):
    ctx = empty
    owner = await a_lively_place(ctx, client)
    context = await browser.new_context(viewport={"width": 390, "height": 800}, bypass_csp=True)
    page = await context.new_page()
    base = ctx.settings.base_url
    await page.goto(f"{base}/auth/sign_in")
    await page.get_by_label("E-mail address or name").fill(owner.username)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await page.wait_for_load_state()

    waiting, seen, wrong = ["/desk", "/", "/about", "/account/standing", "/auth/edit"], set(), {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        pattern = pattern_of(path.partition("?")[0])
        if pattern is None or pattern in seen or LEFT_OUT.match(path):
            continue
        seen.add(pattern)
        answer = await page.goto(base + path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status >= 400:
            if (pattern, answer.status) not in FOR_TEAMS:
                wrong[path] = answer.status
            continue
        found = await Axe().run(page, options=RULES)
        if found.violations_count:
            wrong[path] = [
                (one["id"], [node["html"][:150] for node in one["nodes"][:3]])
                for one in found.response["violations"]
            ]
        links = await page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        inside = (urlsplit(link) for link in links if link.startswith(base))
        waiting += [f"{one.path}?{one.query}".rstrip("?") for one in inside]

    assert wrong == {}
    desk = {row.path for row in ROUTES if row.method == "GET" and row.path.startswith("/desk/")}
    without_ids = {path for path in desk if ":" not in path}
    assert sorted(without_ids - seen - FORMS_LEAD_THERE) == []  # a link of the desk leads to each
    await context.close()
