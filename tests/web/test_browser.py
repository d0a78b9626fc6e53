"""A real browser, from the front page to the code that an app is given."""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.conftest import is_ci
from tests.web.visit import PASSWORD, a_member
from tests.world import a_status, unique
from watertower.accounts.actions.register_app import register_app

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
OOB = "urn:ietf:wg:oauth:2.0:oob"

# What a person with a screen reader, a keyboard or a small screen would stumble over.
LOOK = """() => {
  const wrong = [];
  const shown = (e) => e.getClientRects().length > 0;
  if (!document.documentElement.lang) wrong.push('no language');
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  if (document.querySelectorAll('main').length !== 1) wrong.push('not one main');
  let level = 0;
  for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
    const now = Number(h.tagName[1]);
    if (now > level + 1) wrong.push('heading skips to ' + h.outerHTML);
    level = now;
  }
  for (const f of document.querySelectorAll('input:not([type=hidden]):not([hidden]),select,textarea'))
    if (!f.labels.length && !f.ariaLabel) wrong.push('no label: ' + f.outerHTML);
  for (const i of document.querySelectorAll('img')) if (!i.hasAttribute('alt')) wrong.push('no alt');
  for (const a of document.querySelectorAll('a,button'))
    if (shown(a) && !a.innerText.trim() && a.getAttribute('aria-hidden') !== 'true'
        && !a.querySelector('img[alt]:not([alt=""])')) wrong.push('no words: ' + a.outerHTML);
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  if (new Set(ids).size !== ids.length) wrong.push('an id twice');
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    wrong.push('wider than the screen');
  const bright = (c) => {
    const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(c)) return c;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const e of document.querySelectorAll('p,a,h1,h2,h3,li,label,button,span,dt,dd,b,summary')) {
    if (!shown(e) || !e.innerText.trim() || e.closest('.alt,.unseen,.skip')) continue;
    const [x, y] = [bright(getComputedStyle(e).color), bright(behind(e))].sort((p, q) => q - p);
    if ((x + 0.05) / (y + 0.05) < 4.5) wrong.push('hard to read: ' + e.outerHTML.slice(0, 120));
  }
  return wrong;
}"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        if is_ci():
            pytest.fail("no Chromium")
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield found
        await found.close()


@pytest.fixture
async def page(browser: Browser, client) -> AsyncIterator[Page]:
    """A page on a phone, with scripts switched off as far as the site is concerned."""
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    yield await context.new_page()
    await context.close()


async def test_from_the_front_page_to_the_code_of_an_app(ctx, page, monkeypatch, drain, mails):
    server = replace(ctx.settings.server, development=False)
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, server=server))
    from watertower.accounts.queries.site import set_site_setting

    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "open")
    app = await register_app(ctx, name="Pocket app", redirect_uris=[OOB], scopes=["read", "write"])
    name, base = unique("web"), ctx.settings.base_url
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)

    await page.goto(base)
    await page.get_by_role("link", name="Create an account").click()
    await page.get_by_label("Name", exact=True).fill(name)
    await page.get_by_label("E-mail address").fill(f"{name}@example.test")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_label("Password, once more").fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await page.get_by_role("heading", name="Check your mail").wait_for()

    await drain()
    link = re.findall(r"http://\S+confirmation_token=[\w-]+", mails.mails[-1].text)[0]
    await page.goto(link)
    await page.get_by_role("button", name="Post").wait_for()
    await page.goto(f"{base}/auth/sign_out")
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_text("You are signed out.").wait_for()

    asking = f"client_id={app.client_id}&redirect_uri={OOB}&response_type=code&scope=read+write"
    await page.goto(f"{base}/oauth/authorize?{asking}")
    await page.get_by_label("E-mail address or name").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Let Pocket app in?").wait_for()
    await page.get_by_role("button", name="Let it in").click()
    code = await page.locator("#code").inner_text()

    assert re.fullmatch(r"[\w-]{43}", code)
    assert refused == []
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", None)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_can_be_used_by_everybody(ctx, browser, client, scheme):
    member = await a_member(ctx)
    app = await register_app(ctx, name="App", redirect_uris=[OOB], scopes=["read", "write"])
    first = await a_status(ctx, by=member, text="A post", created_at=ctx.now() - timedelta(hours=1))
    await a_status(ctx, by=member, text="Covered", content_warning="Warning", reply_to=first)
    base = ctx.settings.base_url
    context = await browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = await context.new_page()
    public = [
        "/", "/about", "/public/local", "/tags/bread", "/nothing",
        f"/@{member.username}", f"/@{member.username}/{first.id}",
        f"/@{member.username}/{first.id}/embed",
        "/auth/sign_in", "/auth/sign_up", "/auth/password/new", "/auth/confirmation/new",
    ]  # fmt: skip
    own = [
        "/", "/auth/edit", "/auth/second_factor", "/auth/sessions", "/auth/sign_out",
        "/oauth/authorized_applications", "/oauth/authorize/native?code=x",
        f"/oauth/authorize?client_id={app.client_id}&redirect_uri={OOB}&response_type=code&scope=read",
        "/settings/profile", "/settings/preferences", "/settings/notifications",
        "/settings/old_posts", "/settings/export", "/settings/imports", "/settings/archive",
        "/settings/migration", "/settings/delete",
    ]  # fmt: skip
    wrong = {}
    for path in public:
        await page.goto(base + path)
        wrong[path] = await page.evaluate(LOOK)
    await page.goto(f"{base}/auth/sign_in")
    await page.fill("#username", member.username)
    await page.fill("#password", PASSWORD)
    await page.get_by_role("main").get_by_role("button").click()
    for path in own:
        await page.goto(base + path)
        wrong[f"own {path}"] = await page.evaluate(LOOK)
    await context.close()

    assert {path: found for path, found in wrong.items() if found} == {}


async def test_everything_works_without_scripts(ctx, browser, client):
    member = await a_member(ctx)
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    base = ctx.settings.base_url

    await page.goto(f"{base}/auth/sign_in")
    await page.fill("#username", member.username)
    await page.fill("#password", PASSWORD)
    await page.get_by_role("main").get_by_role("button").click()
    await page.fill("#status", "Written without a script")
    await page.get_by_role("button", name="Post").click()
    await page.goto(f"{base}/@{member.username}")

    assert await page.get_by_text("Written without a script").count() == 1
    await context.close()


async def test_a_page_elsewhere_cannot_frame_us(ctx, browser, client):
    context = await browser.new_context()
    page = await context.new_page()
    await page.route(
        "http://evil.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<iframe src="{ctx.settings.base_url}/auth/sign_in"></iframe>',
        ),
    )

    await page.goto("http://evil.example/")

    frame = page.frames[1]
    assert await frame.locator("input").count() == 0
    await context.close()
