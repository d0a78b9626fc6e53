"""What the community put in writing."""

import pytest

from watertower.accounts.queries.site import set_site_setting
from watertower.web.views.site import forget_site


@pytest.fixture
async def written(ctx):
    async def write(**values):
        async with ctx.transaction() as tx:
            for name, value in values.items():
                await set_site_setting(tx, name, value)
        forget_site()

    yield write
    await write(privacy_policy=None, terms=None, extended_description=None, title=None)


async def test_a_policy_is_a_page_once_it_is_written(client, written):
    assert (await client.get("/privacy-policy")).status == 404
    await written(privacy_policy="We keep <little>.\n\nAnd briefly.")

    page = await client.get("/privacy-policy")

    assert page.status == 200
    assert "<p>We keep &lt;little&gt;.</p><p>And briefly.</p>" in page.text
    assert 'href="/privacy-policy"' in (await client.get("/about")).text


async def test_the_description_and_the_name_are_escaped(client, written):
    await written(extended_description="<script>x</script> #bread", title="A <b> & C")

    text = (await client.get("/about")).text

    assert "<script" not in text
    assert 'href="/tags/bread"' in text
    assert "<span>A &lt;b&gt; &amp; C</span>" in text


async def test_crawlers_leave_forms_alone(client):
    answer = await client.get("/robots.txt")

    assert (answer.status, "Disallow: /auth/" in answer.text) == (200, True)
