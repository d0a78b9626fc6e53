"""Followers synchronisation (FEP-8fcf): the header, the list, and what a difference leads to."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.world import a_follow, an_account, unique
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.unfollow import unfollow
from watertower.accounts.queries.accounts import find_account
from watertower.federation.followers_digest import digest_of, read_header
from watertower.federation.signatures.sign import SigningKey, sign_request
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft
from watertower.statuses.model import Visibility

HEADER = "Collection-Synchronization"


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def headers_of(ctx, far, settle, alice, visibility):
    far.inbox.clear()
    await publish(ctx, author_id=alice.id, draft=Draft(text=unique("x"), visibility=visibility))
    await settle()
    return [dict(one.headers).get(HEADER) for one in far.inbox]


def test_a_digest_is_the_exclusive_or_of_the_hashes():
    one, two = "https://a.example/1", "https://a.example/2"
    hashes = [int(hashlib.sha256(uri.encode()).hexdigest(), 16) for uri in (one, two)]

    assert digest_of([one, two]) == digest_of([two, one, two]) == f"{hashes[0] ^ hashes[1]:064x}"
    assert digest_of([]) == "0" * 64


def test_a_header_that_makes_no_sense_is_none():
    good = f'collectionId="https://a.example/f", url="https://a.example/s", digest="{"0" * 64}"'
    assert read_header(good).url == "https://a.example/s"
    for bad in (
        "",
        "x",
        good.replace("0", "g"),
        good.replace("url", "uri"),
        good + ', x="',
        good * 200,
    ):
        assert read_header(bad) is None


async def test_followers_only_posts_carry_a_digest_of_that_server_and_others_do_not(
    ctx, far, settle
):
    alice, bob, carol = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, await met(ctx, far, bob), alice)
    await a_follow(ctx, await an_account(ctx, domain="other.invalid"), alice)
    await a_follow(ctx, await an_account(ctx), alice)

    assert await headers_of(ctx, far, settle, alice, Visibility.PUBLIC) == [None]
    [header] = await headers_of(ctx, far, settle, alice, Visibility.PRIVATE)
    announced = read_header(header)
    assert "collection-synchronization" in dict(far.inbox[0].headers)["Signature"]
    assert announced.collection_id == alice.followers_url
    assert announced.url == f"{alice.uri}/followers_synchronization"
    assert announced.digest == digest_of([bob.uri])

    account = await met(ctx, far, carol)
    await follow(ctx, actor_id=account.id, target_id=alice.id, uri=f"{carol.uri}#1")
    await settle()
    [header] = await headers_of(ctx, far, settle, alice, Visibility.PRIVATE)
    assert read_header(header).digest == digest_of([bob.uri, carol.uri])
    await unfollow(ctx, actor_id=account.id, target_id=alice.id)
    [header] = await headers_of(ctx, far, settle, alice, Visibility.PRIVATE)
    assert read_header(header).digest == digest_of([bob.uri])


async def get_list(ctx, client, alice, signer=None):
    path = f"/ap/users/{alice.id}/followers_synchronization"
    headers = {"Accept": "application/activity+json"}
    if signer is not None:
        headers |= sign_request(
            SigningKey(signer.key_id, signer.private_pem),
            method="GET",
            url=ctx.settings.base_url + path,
            now=datetime.now(UTC),
        )
    return await client.get(path, headers=headers)


async def test_the_list_is_for_the_server_that_signs_only(ctx, far, client):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, await met(ctx, far, bob), alice)
    await a_follow(ctx, await an_account(ctx, domain="other.invalid"), alice)
    await a_follow(ctx, await an_account(ctx), alice)

    answer = await get_list(ctx, client, alice, bob)

    assert answer.json["orderedItems"] == [bob.uri]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert (await get_list(ctx, client, alice)).status == 401


@pytest.fixture
def announce(ctx, far, client, settle, monkeypatch):
    """Bob's server has this list, and he sends something with a header about it."""
    monkeypatch.setattr("watertower.federation.gate.AFTER", timedelta(0))

    async def run(bob, listed, *, digest=None, url=None, signs=True):
        uri = f"{bob.uri}/followers_synchronization"
        far.documents[uri.removeprefix(far.base)] = {
            "id": uri,
            "type": "OrderedCollection",
            "orderedItems": listed,
        }
        body = json.dumps(bob.activity("Create", bob.note(to=[bob.followers]))).encode()
        headers = {"Content-Type": "application/activity+json"}
        digest = digest or digest_of(listed)
        sync = {HEADER: f'collectionId="{bob.followers}", url="{url or uri}", digest="{digest}"'}
        signed = sign_request(
            SigningKey(bob.key_id, bob.private_pem),
            method="POST",
            url=ctx.settings.base_url + "/inbox",
            body=body,
            now=datetime.now(UTC),
            headers=headers | (sync if signs else {}),
        )
        answer = await client.post("/inbox", data=body, headers=headers | sync | signed)
        assert answer.status == 202
        await settle()

    return run


async def followed_by(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT account_id FROM follows WHERE target_account_id = $1", account.id
        )
    return {row["account_id"] for row in rows}


def lists_asked(far):
    return [path for _, path in far.asked if path.endswith("/followers_synchronization")]


async def test_what_is_the_same_on_both_sides_is_not_asked_for(ctx, far, announce):
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await a_follow(ctx, alice, account)

    await announce(bob, [alice.uri])

    assert lists_asked(far) == []
    assert await followed_by(ctx, account) == {alice.id}


async def test_a_follow_that_the_other_server_lacks_ends_here(ctx, far, announce):
    alice, anna, bob = await an_account(ctx), await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await a_follow(ctx, alice, account)
    await a_follow(ctx, anna, account)

    await announce(bob, [anna.uri])

    assert len(lists_asked(far)) == 1
    assert await followed_by(ctx, account) == {anna.id}


async def test_a_follow_that_we_lack_is_taken_back_there(ctx, far, announce, settle):
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)

    await announce(bob, [alice.uri])

    [undo] = far.got("Undo")
    assert (undo["actor"], undo["object"]["type"]) == (alice.uri, "Follow")
    assert undo["object"]["object"] == bob.uri
    assert await followed_by(ctx, account) == set()


async def test_an_accept_that_was_lost_is_made_good(ctx, far, announce, settle):
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await follow(ctx, actor_id=alice.id, target_id=account.id)
    await settle()

    await announce(bob, [alice.uri])

    assert await followed_by(ctx, account) == {alice.id}
    assert far.got("Undo") == []


@pytest.mark.parametrize("why", ["digest", "host", "unsigned"])
async def test_a_list_that_is_not_to_be_believed_changes_nothing(ctx, far, announce, why):
    alice, bob = await an_account(ctx), far.actor()
    account = await met(ctx, far, bob)
    await a_follow(ctx, alice, account)

    await announce(
        bob,
        [],
        digest="1" * 64 if why == "digest" else None,
        url="https://elsewhere.invalid/list" if why == "host" else None,
        signs=why != "unsigned",
    )

    assert len(lists_asked(far)) == (1 if why == "digest" else 0)
    assert await followed_by(ctx, account) == {alice.id}
