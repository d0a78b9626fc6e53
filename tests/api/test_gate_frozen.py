"""What a frozen member may do, through any app: every route of the table, asked by one.

The lists are made from the table itself, so a new route cannot be forgotten: whoever adds one
that changes something and is open to the frozen has to write it down here.
"""

import re

import pytest

from tests.world import a_token, an_account
from watertower.api.gate import Needs
from watertower.api.routes import ROUTES

BY_NAME = {f"{row.method} {row.path}": row for row in ROUTES}
ASKED = {name: row for name, row in BY_NAME.items() if row.rule.needs is not Needs.UNASKED}

# Delete exactly one's own posts, change the profile, answer: and where one has read to.
MAY_DO = {
    "DELETE /api/v1/statuses/:id",
    "DELETE /api/v1/scheduled_statuses/:id",
    "PATCH /api/v1/accounts/update_credentials",
    "PUT /api/v1/accounts/update_credentials",
    "PATCH /api/v1/profile",
    "PUT /api/v1/profile",
    "DELETE /api/v1/profile/avatar",
    "DELETE /api/v1/profile/header",
    "POST /api/v1/emails/confirmations",
    "POST /api/v1/markers",
    "POST /oauth/userinfo",  # a question, in spite of its method
    "POST /api/watertower/v1/votes/:id/answer",  # what is asked concerns everybody
    "POST /api/watertower/v1/freeze/answer",
    "POST /api/watertower/v1/freeze/tasks/:id/finish",
    "POST /api/watertower/v1/freeze/submit",
    "POST /api/watertower/v1/freeze/extend",
    # Whoever is frozen for an undeclared type declares it: that is the way back.
    "PUT /api/watertower/v1/account_type",
    "POST /api/watertower/v1/account_type/apply",
    "POST /api/watertower/v1/account_type/say",
    "POST /api/watertower/v1/account_type/appeal",
    "POST /api/watertower/v1/account_type/accept",
}
# And appeal, which has a table of its own.
MAY_APPEAL = {name for name in ASKED if "/appeals" in name and not ASKED[name].rule.permission}


def may(name: str) -> bool:
    """Reading what any member reads, and what is listed above."""
    row = ASKED[name]
    reads = row.method == "GET" and row.rule.permission is None
    return reads or name in MAY_DO or name in MAY_APPEAL


def address(row):
    """The path with ids of things that are not there: the gate must not care."""
    return re.sub(r"[:*]\w+", "1", row.path)


@pytest.fixture(scope="module")
def frozen():
    """One frozen administrator and a token with every scope, made once: no role helps."""
    return {}


async def call(ctx, client, frozen, name):
    if "token" not in frozen:
        frozen["token"] = await a_token(ctx, await an_account(ctx, is_frozen=True, role_id=3))
    row = ASKED[name]
    return await client.signed_in(frozen["token"]).call(row.method, address(row))


def sentence(ctx) -> str:
    return (
        "Your account is frozen. You can read, delete your own posts, change your profile, export "
        "your data, answer and appeal, and nothing else until this is settled. What happened, and "
        f"what is asked of you: {ctx.settings.base_url}/account/frozen"
    )


def test_the_table_opens_to_the_frozen_what_is_written_here_and_nothing_else():
    assert {name for name, row in ASKED.items() if row.rule.is_for_frozen} == {
        name for name in ASKED if may(name)
    }


@pytest.mark.parametrize("name", [name for name in ASKED if not may(name)])
async def test_a_frozen_member_is_refused_with_a_sentence_that_says_where_to_go(
    ctx, client, frozen, name
):
    answer = await call(ctx, client, frozen, name)

    assert (answer.status, answer.json) == (403, {"error": sentence(ctx)})


@pytest.mark.parametrize("name", [name for name in ASKED if may(name)])
async def test_a_frozen_member_may_read_and_put_things_right(ctx, client, frozen, name):
    """Whatever the handler says of ids that are not there, it is not the gate's refusal."""
    answer = await call(ctx, client, frozen, name)

    assert answer.status not in {401, 500, 501}
    if answer.status == 403:
        assert answer.json["error"] != sentence(ctx)


async def test_frozen_and_suspended_is_suspended(ctx, client):
    both = await an_account(ctx, is_frozen=True, suspended_at=ctx.now())
    answer = await client.signed_in(await a_token(ctx, both)).get("/api/v1/timelines/home")

    assert (answer.status, answer.json) == (403, {"error": "Your login is currently disabled"})


async def test_the_gate_asks_the_database_nothing_more(ctx, client, queries):
    one, other = await an_account(ctx), await an_account(ctx, is_frozen=True)
    counts = []
    for account in (one, other):
        app = client.signed_in(await a_token(ctx, account))
        queries.clear()
        assert (await app.get("/api/v1/preferences")).status == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
