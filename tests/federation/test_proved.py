"""Activities passed on by others, with a proof of their author inside (FEP-8b32)."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.federation.far import FarServer
from tests.federation.signatures.test_integrity import multikey_of, proved
from tests.world import a_follow, a_status, an_account
from watertower.accounts.queries.accounts import find_account

PRIVATE = Ed25519PrivateKey.generate()


@pytest.fixture
async def other(far):
    """A second server, which passes things on."""
    server = FarServer()
    await server.start()
    yield server
    await server.stop()


def author_on(far):
    """Somebody with an Ed25519 key (FEP-521a)."""
    bob = far.actor()
    bob.more = {
        "assertionMethod": [
            {
                "id": f"{bob.uri}#ed25519",
                "type": "Multikey",
                "controller": bob.uri,
                "publicKeyMultibase": multikey_of(PRIVATE),
            }
        ]
    }
    return bob


async def content_of(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT content_html FROM statuses WHERE uri = $1 AND deleted_at IS NULL", uri
        )


async def test_an_answer_that_is_passed_on_is_believed_for_its_proof(ctx, far, other, post, settle):
    alice, bob, carol = await an_account(ctx), author_on(far), other.actor()
    status = await a_status(ctx, by=alice)
    note = bob.note("<p>Yes</p>", inReplyTo=status.uri)
    far.documents.clear()  # nobody else could tell us
    create = proved(bob.activity("Create", note), PRIVATE, f"{bob.uri}#ed25519")

    assert (await post(carol, create)).status == 202
    await settle()

    assert await content_of(ctx, note["id"]) == "<p>Yes</p>"
    deleted = proved(bob.activity("Delete", note["id"]), PRIVATE, f"{bob.uri}#ed25519")
    await post(carol, deleted)
    await settle()
    assert await content_of(ctx, note["id"]) is None


@pytest.mark.parametrize("wrong", ["changed", "another_key", "anothers_object", "follow"])
async def test_what_a_proof_does_not_cover_is_not_believed(
    ctx, far, other, post, settle, outcome_of, wrong
):
    alice, bob, carol = await an_account(ctx), author_on(far), other.actor()
    status = await a_status(ctx, by=alice)
    note = bob.note("<p>Yes</p>", inReplyTo=status.uri)
    far.documents.clear()
    private = Ed25519PrivateKey.generate() if wrong == "another_key" else PRIVATE
    activity = bob.activity("Create", note)
    if wrong == "anothers_object":
        activity = bob.activity("Delete", carol.note()["id"])
    elif wrong == "follow":
        activity = bob.activity("Follow", alice.uri)
    activity = proved(activity, private, f"{bob.uri}#ed25519")
    if wrong == "changed":
        activity["object"] = note | {"content": "<p>No</p>"}

    answer = await post(carol, activity)
    await settle()

    assert await content_of(ctx, note["id"]) is None
    if answer.status == 202:
        assert (await outcome_of(activity))[0] in {"ignored", "refused"}
    async with ctx.reading() as tx:
        count = await tx.fetch_value(
            "SELECT count(*) FROM follows WHERE target_account_id = $1", alice.id
        )
    assert count == 0


async def test_a_proof_of_an_old_profile_brings_no_old_profile_back(ctx, far, other, post, settle):
    alice, bob, carol = await an_account(ctx), author_on(far), other.actor()
    account = await ctx.remote.find_account(f"{bob.name}@{far.host}")
    await a_follow(ctx, alice, await _account(ctx, account))
    old = bob.document() | {"name": "Old"}
    update = proved(bob.activity("Update", old), PRIVATE, f"{bob.uri}#ed25519")

    await post(carol, update)
    await settle()

    assert (await _account(ctx, account)).display_name == bob.name.capitalize()


async def _account(ctx, account_id):
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=account_id)
