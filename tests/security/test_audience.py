"""No input widens an audience: what a post says of who may see it is never read as more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.federation.far import AS, PUBLIC
from tests.feeds.world import a_member, sql
from tests.world import a_follow, a_status, an_account
from watertower.accounts.queries.accounts import find_account
from watertower.federation.remote.read_note import read_note, visibility_of, within
from watertower.statuses.model import Visibility

FOLLOWERS = "https://far.example/users/bob/followers"
BOB = "https://far.example/users/bob"
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(
        [FOLLOWERS, BOB, "public", "as:public", PUBLIC.lower(), PUBLIC + "/", PUBLIC + "#x", AS]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "to", "type", PUBLIC]), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMED = {PUBLIC, "as:Public", "Public"}


def names_public(value):
    """Whether the value is or holds one of the three names of everybody, as itself or by its id."""
    many = value if isinstance(value, list) else [value]
    return any(
        (one.get("id") if isinstance(one, dict) else one) in NAMED
        for one in many
        if isinstance(one, dict | str)
        and isinstance(one.get("id") if isinstance(one, dict) else one, str)
    )


@given(to=ANYTHING | st.just(PUBLIC), cc=ANYTHING | st.just(PUBLIC))
def test_a_post_is_for_everybody_only_if_it_names_everybody(to, cc):
    found = visibility_of({"to": to, "cc": cc}, FOLLOWERS)

    assert (found is Visibility.PUBLIC) == names_public(to)
    assert (found is Visibility.UNLISTED) == (names_public(cc) and not names_public(to))
    if found is Visibility.PRIVATE:
        assert FOLLOWERS in str(to)


@given(
    activity=st.fixed_dictionaries({}, optional={"to": ANYTHING, "cc": ANYTHING}),
    to=ANYTHING | st.just(PUBLIC),
    cc=ANYTHING | st.just(PUBLIC),
)
def test_an_activity_never_makes_what_it_brings_more_visible(activity, to, cc):
    document = {"id": f"{BOB}/1", "type": "Note", "attributedTo": BOB, "to": to, "cc": cc}

    found = read_note(within(activity, document, FOLLOWERS), followers_url=FOLLOWERS)

    alone = visibility_of(document, FOLLOWERS)
    assert found.visibility >= alone
    if isinstance(activity.get("to"), str) and activity["to"]:
        assert found.visibility == max(alone, visibility_of(activity, FOLLOWERS))


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def visibility(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT visibility FROM statuses WHERE uri = $1", uri)


@pytest.mark.parametrize("outside", range(4))
@pytest.mark.parametrize("inside", range(4))
async def test_of_two_audiences_that_differ_the_narrower_holds(
    ctx, far, post, settle, inside, outside
):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    audiences = [
        {"to": [PUBLIC], "cc": [bob.followers]},
        {"to": [bob.followers], "cc": [PUBLIC]},
        {"to": [bob.followers], "cc": []},
        {"to": [alice.uri], "cc": []},
    ]
    note = bob.note(**audiences[inside])

    await post(bob, bob.activity("Create", note, **audiences[outside]))
    await settle()

    assert await visibility(ctx, note["id"]) == max(inside, outside)


async def test_an_edit_shows_a_post_to_nobody_else(ctx, far, post, settle, client):
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await a_follow(ctx, alice, account)
    _, stranger = await a_member(ctx, client)
    notes = [bob.note("<p>a</p>", to=[bob.followers]), bob.note("<p>a</p>", to=[alice.uri])]
    later = (datetime.now(UTC) + timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for note in notes:
        await post(bob, bob.activity("Create", note))
    await settle()

    for note in notes:
        wide = note | {"content": "<p>b</p>", "updated": later, "to": [PUBLIC], "cc": [PUBLIC]}
        await post(bob, bob.activity("Update", wide, to=[PUBLIC]))
    await settle()

    found = [await visibility(ctx, note["id"]) for note in notes]
    assert found == [Visibility.PRIVATE, Visibility.DIRECT]
    for note in notes:
        async with ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT id, content_html FROM statuses WHERE uri = $1", note["id"]
            )
        assert row["content_html"] == "<p>b</p>"
        for who in (client, stranger):
            assert (await who.get(f"/api/v1/statuses/{row['id']}")).status == 404


async def test_a_boost_shows_what_is_private_to_nobody(ctx, far, post, settle, outcome_of, client):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    await a_follow(ctx, await met(ctx, far, mallory), alice)
    ours = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    direct = await a_status(ctx, by=alice, visibility=Visibility.DIRECT)
    here = await a_status(ctx, by=alice, is_local_only=True)
    note = bob.note(to=[bob.followers])
    await post(bob, bob.activity("Create", note))
    await settle()

    for uri in (ours.uri, direct.uri, here.uri, note["id"]):
        boost = mallory.activity("Announce", uri, to=[PUBLIC], cc=[mallory.followers])
        await post(mallory, boost)
        await settle()
        assert (await outcome_of(boost))[0] in {"ignored", "refused"}, uri
    # Their own they may pass on, and it stays as private as it is.
    own = bob.activity("Announce", note["id"], to=[PUBLIC])
    await post(bob, own)
    await settle()
    assert await visibility(ctx, own["id"]) in {None, Visibility.PRIVATE}


async def test_an_edit_from_an_app_shows_a_post_to_nobody_else(ctx, client):
    member, app = await a_member(ctx, client)
    _, stranger = await a_member(ctx, client)
    for word in ("private", "direct"):
        made = (await app.post("/api/v1/statuses", json={"status": "a", "visibility": word})).json
        answer = await app.put(
            f"/api/v1/statuses/{made['id']}",
            json={"status": "b", "visibility": "public", "local_only": False},
        )
        assert answer.json["visibility"] == word
        assert (await stranger.get(f"/api/v1/statuses/{made['id']}")).status == 404
    assert member.id


async def test_a_word_that_is_no_visibility_publishes_nothing(ctx, client):
    member, app = await a_member(ctx, client)
    for odd in ("Public", "everyone", "0", ["private"], {"x": 1}, "limited"):
        answer = await app.post("/api/v1/statuses", json={"status": "x", "visibility": odd})
        assert answer.status == 422, odd
    kept = "SELECT count(*) FROM statuses WHERE account_id = $1"
    assert await sql(ctx, kept, member.id) == 0


async def test_who_quotes_a_boost_quotes_what_is_boosted_by_its_rules(ctx, client):
    author, app = await a_member(ctx, client)
    booster = await an_account(ctx)
    status = await a_status(ctx, by=author, quote_policy="nobody")
    boost = await a_status(ctx, booster, "", reblog_of_id=status.id)
    _, quoter = await a_member(ctx, client)

    answers = [
        await quoter.post("/api/v1/statuses", json={"status": "x", "quoted_status_id": str(n)})
        for n in (status.id, boost.id)
    ]

    assert {answer.status for answer in answers} <= {403, 404, 422}
    assert answers[0].status == answers[1].status
    assert app is not None


async def test_a_stranger_is_filtered_whatever_they_answer(ctx, client, drain):
    """Private words of strangers are kept aside, also below a public post of the member's."""
    from tests.feeds.world import announce
    from watertower.statuses.events import StatusPublished

    member, app = await a_member(ctx, client)
    stranger, pen_friend = await an_account(ctx), await an_account(ctx)
    public = await a_status(ctx, by=member)
    to_another = await a_status(
        ctx, by=member, visibility=Visibility.DIRECT, mentions=(pen_friend,)
    )
    sent = [
        await a_status(ctx, by=who, reply_to=to, visibility=Visibility.DIRECT, mentions=(member,))
        for who, to in (
            (stranger, None),
            (stranger, public),
            (stranger, to_another),
            (pen_friend, to_another),
        )
    ]
    for status in sent:
        await announce(ctx, StatusPublished(status_id=status.id))
    await drain()

    told = (await app.get("/api/v1/notifications?types[]=mention")).json
    assert [one["status"]["id"] for one in told] == [str(sent[3].id)]
