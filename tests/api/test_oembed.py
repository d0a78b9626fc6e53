"""GET /api/oembed."""

from tests.world import a_status, an_account
from watertower.statuses.model import Visibility


async def test_a_public_status_may_be_shown_in_a_frame(ctx, client):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)

    answer = await client.get("/api/oembed", params={"url": status.url, "maxwidth": "320"})

    assert answer.status == 200
    assert f'<iframe src="{status.url}/embed"' in answer.json["html"]
    assert (answer.json["type"], answer.json["version"]) == ("rich", "1.0")
    assert (answer.json["width"], answer.json["height"]) == (320, None)
    assert answer.json["author_name"] == alice.display_name
    assert (await client.get("/api/oembed", params={"url": status.uri})).status == 200


async def test_what_is_private_elsewhere_or_no_status_is_not_found(ctx, client):
    alice = await an_account(ctx)
    hidden = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)

    for url in (hidden.url, "https://other.example/@a/1", f"{client.base}/about", "http://["):
        assert (await client.get("/api/oembed", params={"url": url})).status == 404
    assert (await client.get("/api/oembed")).status == 422
