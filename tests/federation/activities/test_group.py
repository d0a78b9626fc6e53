"""Communities elsewhere (FEP-1b12), in the shapes of Lemmy, mbin, PieFed and NodeBB."""

import pytest

from tests.federation.far import PUBLIC, FarServer
from tests.world import a_status, a_token, an_account
from watertower.accounts.actions.follow import follow
from watertower.base.text.html_of import link_html
from watertower.base.text.sanitise import safe_html
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.own import known_status
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft
from watertower.statuses.model import Visibility


@pytest.fixture
async def other(far):
    """A second server, where somebody writes in a community of the first."""
    server = FarServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def community(ctx, far):
    """A community that a member follows; its document and the member."""
    group = far.actor(more={"type": "Group", "name": "Gardening"})
    member = await an_account(ctx)
    known = await actor_by_uri(ctx, group.uri)
    await follow(ctx, actor_id=member.id, target_id=known.id)
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM follow_requests")
        await tx.execute(
            "INSERT INTO follows (account_id, target_account_id, created_at) VALUES ($1, $2, $3)",
            member.id,
            known.id,
            ctx.now(),
        )
    group.member = member
    return group


def a_page(author, group, **more):
    """A thread as Lemmy writes it: a title, a link, and a text."""
    return author.note(
        "<p>They are <strong>ripe</strong></p>",
        to=(group.uri, PUBLIC),
        type="Page",
        name="Tomatoes in March",
        attachment=[{"type": "Link", "href": "https://garden.example/tomatoes"}],
        audience=group.uri,
        mediaType="text/html",
        **more,
    )


def announced(group, inner, **more):
    return group.activity("Announce", inner, to=[PUBLIC], cc=[f"{group.uri}/followers"], **more)


async def shown(ctx, client, member, uri):
    status = await known_status(ctx, uri)
    token = await a_token(ctx, member)
    answer = await client.get(
        f"/api/v1/statuses/{status.id}", headers={"Authorization": f"Bearer {token}"}
    )
    return answer.json


async def home_of(client, ctx, member):
    token = await a_token(ctx, member)
    answer = await client.get(
        "/api/v1/timelines/home", headers={"Authorization": f"Bearer {token}"}
    )
    return [(one["reblog"] or one)["uri"] for one in answer.json]


async def test_a_thread_of_the_communitys_own_server_is_shown_with_title_and_link(
    ctx, client, far, post, settle, community
):
    author = far.actor()
    page = a_page(author, community)
    del far.documents[page["id"].removeprefix(far.base)]
    inner = author.activity("Create", page, to=[community.uri, PUBLIC], audience=community.uri)

    await post(community, announced(community, inner))
    await settle()

    status = await shown(ctx, client, community.member, page["id"])
    links = f"<p>{link_html('https://garden.example/tomatoes')}</p><p>{link_html(page['id'])}</p>"
    assert status["content"] == (
        "<p><strong>Tomatoes in March</strong></p>"
        + safe_html(links)
        + "<p>They are <strong>ripe</strong></p>"
    )
    assert status["account"]["acct"] == f"{author.name}@{far.host}"
    assert page["id"] in await home_of(client, ctx, community.member)


async def test_a_thread_of_another_server_is_asked_for_there(
    ctx, client, other, post, settle, community
):
    author = other.actor()
    page = a_page(author, community)
    forged = page | {"content": "<p>Words in another's mouth</p>", "name": "Forged"}
    inner = author.activity("Create", forged, to=[community.uri, PUBLIC])

    await post(community, announced(community, inner))
    await settle()

    status = await shown(ctx, client, community.member, page["id"])
    assert "Tomatoes in March" in status["content"]
    assert "another's mouth" not in status["content"]


async def test_an_answer_joins_its_thread_and_is_not_boosted(
    ctx, client, far, post, settle, community
):
    author = far.actor()
    page = a_page(author, community)
    await post(community, announced(community, author.activity("Create", page)))
    note = far.actor().note(
        to=(community.uri, PUBLIC), cc=(author.uri,), inReplyTo=page["id"], audience=community.uri
    )
    writer = next(one for one in far.actors.values() if note["attributedTo"] == one.uri)
    await post(community, announced(community, writer.activity("Create", note)))
    await settle()

    thread = await known_status(ctx, page["id"])
    token = await a_token(ctx, community.member)
    answer = await client.get(
        f"/api/v1/statuses/{thread.id}/context", headers={"Authorization": f"Bearer {token}"}
    )
    assert [one["uri"] for one in answer.json["descendants"]] == [note["id"]]
    assert note["id"] not in await home_of(client, ctx, community.member)


async def test_nobody_follows_the_community_so_nothing_is_fetched(
    ctx, far, other, post, settle, outcome_of
):
    group = far.actor(more={"type": "Group"})
    page = a_page(other.actor(), group)
    activity = announced(group, other.actor().activity("Create", page))

    await post(group, activity)
    await settle()

    assert await outcome_of(activity) == ("ignored", "nobody here follows the community")
    assert other.asked == []


async def test_a_vote_for_a_members_status_is_asked_for_at_the_voters_server(
    ctx, far, other, post, settle, community, outcome_of
):
    status = await a_status(ctx, by=community.member)
    voter = other.actor()
    like = voter.activity("Like", status.uri)
    invented = announced(community, voter.activity("Like", status.uri))
    real = announced(community, like)
    other.documents[like["id"].removeprefix(other.base)] = like

    await post(community, invented)
    await post(community, real)
    await settle()

    assert await outcome_of(invented) == ("ignored", "the activity could not be confirmed")
    assert await outcome_of(real) == ("done", "")
    async with ctx.reading() as tx:
        count = await tx.fetch_value(
            "SELECT count(*) FROM favourites WHERE status_id = $1", status.id
        )
    assert count == 1


async def test_a_community_cannot_delete_what_another_server_still_has(
    ctx, other, post, settle, community, outcome_of
):
    author = other.actor()
    page = a_page(author, community)
    await post(community, announced(community, author.activity("Create", page)))
    await settle()
    deletion = announced(community, author.activity("Delete", page["id"]))

    await post(community, deletion)
    await settle()

    assert await outcome_of(deletion) == ("ignored", "the author's server still has it")
    assert await known_status(ctx, page["id"]) is not None
    del other.documents[page["id"].removeprefix(other.base)]
    await post(community, announced(community, author.activity("Delete", page["id"])))
    await settle()
    assert await known_status(ctx, page["id"]) is None


async def test_an_edit_is_taken_from_the_authors_server(
    ctx, client, other, post, settle, community
):
    author = other.actor()
    page = a_page(author, community)
    await post(community, announced(community, author.activity("Create", page)))
    await settle()
    page |= {"name": "Tomatoes in April", "updated": "2030-01-01T00:00:00Z"}

    await post(
        community, announced(community, author.activity("Update", page | {"name": "Forged"}))
    )
    await settle()

    status = await shown(ctx, client, community.member, page["id"])
    assert "Tomatoes in April" in status["content"]


async def test_a_communitys_own_affairs_are_ignored(post, settle, community, outcome_of):
    activity = announced(community, community.activity("Lock", f"{community.uri}/1"))

    await post(community, activity)
    await settle()

    assert await outcome_of(activity) == ("ignored", "a community's own affairs")


async def test_an_answer_from_here_goes_to_the_community_and_says_so(
    ctx, far, other, post, settle, community
):
    author = other.actor()
    page = a_page(author, community)
    await post(community, announced(community, author.activity("Create", page)))
    await settle()
    thread = await known_status(ctx, page["id"])

    await publish(
        ctx,
        author_id=community.member.id,
        draft=Draft(text="Lovely", in_reply_to_id=thread.id),
    )
    await settle()

    sent = far.got("Create")
    assert [one["object"]["inReplyTo"] for one in sent] == [page["id"]]
    assert sent[0]["audience"] == sent[0]["object"]["audience"] == community.uri
    assert community.uri in sent[0]["cc"]
    assert sent[0]["cc"] == sent[0]["object"]["cc"]
    assert [one["id"] for one in other.got("Create")] == [sent[0]["id"]]


async def test_a_private_answer_does_not_go_to_the_community(
    ctx, far, other, post, settle, community
):
    author = other.actor()
    page = a_page(author, community)
    await post(community, announced(community, author.activity("Create", page)))
    await settle()
    thread = await known_status(ctx, page["id"])
    before = len(far.inbox)

    acct = f"@{author.name}@{other.host}"
    await publish(
        ctx,
        author_id=community.member.id,
        draft=Draft(
            text=f"{acct} between us", in_reply_to_id=thread.id, visibility=Visibility.DIRECT
        ),
    )
    await settle()

    assert len(far.inbox) == before
    assert "audience" not in other.got("Create")[-1]["object"]
