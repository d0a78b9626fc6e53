"""A browser, and nothing else: somebody joins, lets an app in, posts, is read, and leaves."""

import re
import shutil
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
import requests
from playwright.async_api import Page, async_playwright

from tests.clients.pictures import a_picture
from tests.conftest import is_ci

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("clients")]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
OOB = "urn:ietf:wg:oauth:2.0:oob"
PASSWORD = "correct horse battery"
NAME = "wanda"


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A page of Chromium, without a window."""
    if CHROMIUM is None:
        if is_ci():
            pytest.fail("no Chromium")
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield await browser.new_page(viewport={"width": 390, "height": 780})
        await browser.close()


async def test_somebody_joins_lets_an_app_in_posts_and_leaves(running, page, tmp_path):
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("response", lambda got: trouble.append(got.url) if got.status >= 400 else None)

    await page.goto(running.url)
    await page.get_by_role("link", name="Create an account").click()
    await page.get_by_label("Name", exact=True).fill(NAME)
    await page.get_by_label("E-mail address").fill(f"{NAME}@example.com")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_label("Password, once more").fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await page.get_by_role("button", name="Post").wait_for()
    await leave(page, running.url)

    app = requests.post(
        f"{running.url}/api/v1/apps", timeout=10,
        data={"client_name": "Pocket app", "redirect_uris": OOB, "scopes": "read write"},
    ).json()  # fmt: skip
    asked = {
        "client_id": app["client_id"], "redirect_uri": OOB,
        "response_type": "code", "scope": "read write",
    }  # fmt: skip
    await page.goto(f"{running.url}/oauth/authorize?{urlencode(asked)}")
    await page.get_by_label("E-mail address or name").fill(NAME)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Let Pocket app in?").wait_for()
    await page.get_by_role("button", name="Let it in").click()
    code = await page.locator("#code").inner_text()
    token = requests.post(
        f"{running.url}/oauth/token", timeout=10,
        data={
            "grant_type": "authorization_code", "code": code, "redirect_uri": OOB,
            "client_id": app["client_id"], "client_secret": app["client_secret"],
        },
    ).json()["access_token"]  # fmt: skip

    # There is no page for the profile's pictures yet: the app that was just let in sets them.
    with a_picture(tmp_path, "face.png", size=(300, 300), color="crimson").open("rb") as avatar:
        me = requests.patch(
            f"{running.url}/api/v1/accounts/update_credentials", timeout=20,
            headers={"Authorization": f"Bearer {token}"},
            data={"display_name": "Wanda W."}, files={"avatar": avatar},
        ).json()  # fmt: skip

    await page.goto(running.url)
    face = page.locator("form.compose img.face")
    assert await face.evaluate("img => img.complete && img.naturalWidth") == 300
    await page.get_by_label("Your post").fill("Hello from a #browser <b>& me</b>")
    await page.get_by_text("Add a content warning").click()
    await page.get_by_label("Content warning").fill("A greeting")
    await page.get_by_label("Who may see it").select_option(label="Everybody")
    await page.get_by_role("button", name="Post").click()
    await page.get_by_text("A greeting").wait_for()

    (post,) = requests.get(f"{running.url}/api/v1/accounts/{me['id']}/statuses", timeout=10).json()
    assert (post["spoiler_text"], post["visibility"]) == ("A greeting", "public")
    assert re.sub("<.*?>", "", post["content"]) == (
        "Hello from a #browser &lt;b&gt;&amp; me&lt;/b&gt;"
    )
    await leave(page, running.url)

    await page.goto(f"{running.url}/@{NAME}")
    await page.get_by_role("heading", name="Wanda W.").wait_for()
    assert await page.get_by_text("A greeting").count() == 1
    await page.goto(post["url"])
    await page.get_by_text("A greeting").click()
    assert await page.get_by_text("Hello from a #browser <b>& me</b>").is_visible()
    assert await page.get_by_label("Your post").count() == 0
    assert trouble == []


async def leave(page: Page, base: str) -> None:
    """Sign out, and be a visitor again."""
    await page.goto(f"{base}/auth/sign_out")
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_text("You are signed out.").wait_for()
    await page.goto(base)
    await page.get_by_role("link", name="Create an account").wait_for()
