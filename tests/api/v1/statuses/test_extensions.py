"""What members have beyond Mastodon: each an addition that no app trips over."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.world import a_status, a_token, an_account
from watertower.statuses.actions.remember import remember
from watertower.statuses.model import Visibility
from watertower.statuses.received import ReceivedStatus

V1 = "/api/watertower/v1"


@pytest.fixture
async def member(ctx):
    return await an_account(ctx)


@dataclass(frozen=True)
class App:
    """An app of a member; named values are sent as JSON."""

    client: Any

    async def get(self, path):
        return await self.client.get(path)

    async def post(self, path, **values):
        return await self.client.post(path, json=values)

    async def put(self, path, **values):
        return await self.client.put(path, json=values)

    async def delete(self, path):
        return await self.client.delete(path)


async def app_of(ctx, client, account):
    return App(client.signed_in(await a_token(ctx, account)))


@pytest.fixture
async def app(ctx, client, member):
    return await app_of(ctx, client, member)


async def test_markdown_is_shown_as_html_and_kept_as_typed(app):
    made = (
        await app.post("/api/v1/statuses", status="**bold** #cats", content_type="text/markdown")
    ).json
    assert made["content"].startswith("<p><strong>bold</strong> <a ")
    assert [tag["name"] for tag in made["tags"]] == ["cats"]
    source = (await app.get(f"/api/v1/statuses/{made['id']}/source")).json
    assert (source["text"], source["content_type"]) == ("**bold** #cats", "text/markdown")


async def test_an_edit_without_a_content_type_keeps_it(app):
    made = (await app.post("/api/v1/statuses", status="*a*", content_type="text/markdown")).json
    edited = (await app.put(f"/api/v1/statuses/{made['id']}", status="*b*")).json
    assert edited["content"] == "<p><em>b</em></p>"


async def test_an_unknown_content_type_is_refused(app):
    assert (await app.post("/api/v1/statuses", status="a", content_type="text/html")).status == 422


async def test_a_local_only_post_is_for_members(ctx, client, app):
    made = (await app.post("/api/v1/statuses", status="only here", local_only="true")).json
    other = await app_of(ctx, client, await an_account(ctx))
    assert made["local_only"] is True
    assert (await other.get(f"/api/v1/statuses/{made['id']}")).status == 200
    assert (await client.get(f"/api/v1/statuses/{made['id']}")).status == 404


async def test_an_answer_to_a_local_only_post_stays_here(ctx, client, app):
    made = (await app.post("/api/v1/statuses", status="only here", local_only=True)).json
    other = await app_of(ctx, client, await an_account(ctx))
    reply = (await other.post("/api/v1/statuses", status="yes", in_reply_to_id=made["id"])).json
    assert reply["local_only"] is True


@pytest.mark.parametrize(
    ("policy", "stranger", "follower", "named"),
    [
        ("public", 200, 200, 200),
        ("followers", 403, 200, 200),
        ("mentioned", 403, 403, 200),
        ("nobody", 403, 403, 403),
    ],
)
async def test_authors_choose_who_may_answer(
    ctx, client, member, app, policy, stranger, follower, named
):
    people = {name: await an_account(ctx) for name in ("stranger", "follower", "named")}
    apps = {name: await app_of(ctx, client, one) for name, one in people.items()}
    await apps["follower"].post(f"/api/v1/accounts/{member.id}/follow")
    text = f"hello @{people['named'].username}"
    made = (await app.post("/api/v1/statuses", status=text, reply_policy=policy)).json
    answers = {
        name: (await one.post("/api/v1/statuses", status=name, in_reply_to_id=made["id"])).status
        for name, one in apps.items()
    }
    own = await app.post("/api/v1/statuses", status="more", in_reply_to_id=made["id"])
    assert made["reply_policy"] == policy
    assert answers == {"stranger": stranger, "follower": follower, "named": named}
    assert own.status == 200


async def test_an_answer_from_elsewhere_that_the_author_does_not_want_is_not_kept(ctx, app):
    made = (await app.post("/api/v1/statuses", status="quiet please", reply_policy="nobody")).json
    far = await an_account(ctx, domain="far.example")
    received = ReceivedStatus(
        uri=f"https://far.example/{made['id']}",
        visibility=Visibility.PUBLIC,
        created_at=ctx.now(),
        content_html="<p>no</p>",
        in_reply_to_uri=made["uri"],
    )
    assert await remember(ctx, author_id=far.id, received=received) is None
    shown = (await app.get(f"/api/v1/statuses/{made['id']}/context")).json
    assert shown["descendants"] == []


async def test_a_thread_is_published_in_one_call_and_once(app):
    parts = [{"status": f"part {n}"} for n in range(3)]
    first = (await app.post(f"{V1}/threads", statuses=parts)).json
    again = (await app.post(f"{V1}/threads", statuses=parts)).json
    assert [one["in_reply_to_id"] for one in first] == [None, first[0]["id"], first[1]["id"]]
    assert [one["id"] for one in again] == [one["id"] for one in first]


async def test_a_thread_with_one_impossible_post_publishes_none(app, member):
    parts = [{"status": "fine"}, {"status": ""}]
    refused = await app.post(f"{V1}/threads", statuses=parts)
    seen = (await app.get(f"/api/v1/accounts/{member.id}/statuses")).json
    assert (refused.status, seen) == (422, [])


async def test_a_draft_is_kept_changed_and_published_once(app):
    kept = (await app.post(f"{V1}/drafts", status="")).json
    changed = (
        await app.put(f"{V1}/drafts/{kept['id']}", status="done", visibility="unlisted")
    ).json
    assert (kept["params"]["text"], changed["params"]["text"]) == ("", "done")
    published = (await app.post(f"{V1}/drafts/{kept['id']}/publish")).json
    assert (published["visibility"], published["content"]) == ("unlisted", "<p>done</p>")
    assert (await app.get(f"{V1}/drafts")).json == []
    assert (await app.post(f"{V1}/drafts/{kept['id']}/publish")).status == 404


async def test_a_draft_that_cannot_be_published_stays(app):
    kept = (await app.post(f"{V1}/drafts", status="")).json
    assert (await app.post(f"{V1}/drafts/{kept['id']}/publish")).status == 422
    assert [one["id"] for one in (await app.get(f"{V1}/drafts")).json] == [kept["id"]]


async def test_drafts_are_nobody_else_s(ctx, client, app):
    kept = (await app.post(f"{V1}/drafts", status="mine")).json
    other = await app_of(ctx, client, await an_account(ctx))
    path = f"{V1}/drafts/{kept['id']}"
    calls = [other.get(path), other.put(path, status="x"), other.post(f"{path}/publish")]
    assert [(await call).status for call in [*calls, other.delete(path)]] == [404] * 4


async def test_bookmarks_lie_in_folders(ctx, app):
    author = await an_account(ctx)
    one, two = await a_status(ctx, by=author), await a_status(ctx, by=author)
    folder = (await app.post(f"{V1}/bookmark_folders", name="Recipes")).json
    assert (await app.post(f"{V1}/bookmark_folders", name="Recipes")).json == folder
    await app.post(f"/api/v1/statuses/{one.id}/bookmark", folder_id=folder["id"])
    await app.post(f"/api/v1/statuses/{two.id}/bookmark")
    inside = (await app.get(f"/api/v1/bookmarks?folder_id={folder['id']}")).json
    everything = (await app.get("/api/v1/bookmarks")).json
    assert [s["id"] for s in inside] == [str(one.id)]
    assert [s["id"] for s in everything] == [str(two.id), str(one.id)]
    await app.delete(f"{V1}/bookmark_folders/{folder['id']}")
    assert len((await app.get("/api/v1/bookmarks")).json) == 2


async def test_nobody_puts_anything_into_somebody_else_s_folder(ctx, client, app):
    folder = (await app.post(f"{V1}/bookmark_folders", name="Mine")).json
    other = await app_of(ctx, client, await an_account(ctx))
    status = await a_status(ctx, by=await an_account(ctx))
    kept = await other.post(f"/api/v1/statuses/{status.id}/bookmark", folder_id=folder["id"])
    path = f"{V1}/bookmark_folders/{folder['id']}"
    renamed = await other.put(path, name="x")
    assert (kept.status, renamed.status, (await other.delete(path)).status) == (404, 404, 404)


@pytest.mark.parametrize("count", [1, 3])
async def test_lists_ask_the_same_for_one_and_for_three(app, queries, count):
    for n in range(count):
        await app.post(f"{V1}/drafts", status=f"draft {n}")
    queries.clear()
    assert len((await app.get(f"{V1}/drafts")).json) == count
    assert len(queries) == 3  # the viewer, the drafts, their media
