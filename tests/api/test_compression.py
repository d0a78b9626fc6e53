"""Long answers are compressed for those who take it."""

import gzip

import pytest

from tests.world import a_status, a_token, an_account
from watertower.base.compress import takes_gzip


async def test_a_long_answer_comes_compressed_and_is_the_same(ctx, client):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice, text="word " * 500)
    app = client.signed_in(await a_token(ctx, alice))
    path = f"/api/v1/statuses/{status.id}"

    plain = await app.get(path, headers={"Accept-Encoding": "identity"})
    packed = await raw(app, path)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["Vary"]


async def raw(app, path):
    """The answer as it came over the wire."""
    import aiohttp

    from tests.conftest import Answer

    async with aiohttp.ClientSession(auto_decompress=False) as session:
        headers = {"Accept-Encoding": "gzip", "Authorization": f"Bearer {app.token}"}
        async with session.get(app.base + path, headers=headers) as got:
            return Answer(got.status, await got.read(), got.headers)


@pytest.mark.parametrize(
    ("header", "expected"),
    [("gzip, deflate, br", True), ("br", False), ("gzip;q=0, br", False), ("", False)],
)
def test_gzip_is_used_only_where_it_is_taken(header, expected):
    assert takes_gzip(header) is expected
