"""Who may call what: every route of the table in every state of a caller.

The matrix is made from the table itself, so a new route cannot be forgotten. Frozen members have
a file of their own, test_gate_frozen.py.
"""

import re

import pytest

from tests.world import a_token, an_account
from watertower.api.gate import Needs
from watertower.api.routes import ROUTES

SCOPE_ERROR = "This action is outside the authorized scopes"
MEMBER_ERROR = "This method requires an authenticated user"
STANDING_ERRORS = {
    "suspended": "Your login is currently disabled",
    "unconfirmed": "Your login is missing a confirmed e-mail address",
    "pending": "Your login is currently pending approval",
}
BY_NAME = {f"{row.method} {row.path}": row for row in ROUTES}
MEMBERS = [name for name, row in BY_NAME.items() if row.rule.needs is Needs.MEMBER]
OPEN = {Needs.NOTHING, Needs.UNASKED}
GUARDED = [name for name, row in BY_NAME.items() if row.rule.needs not in OPEN]
ASKED = [name for name, row in BY_NAME.items() if row.rule.needs is not Needs.UNASKED]
SCOPED = [name for name, row in BY_NAME.items() if row.rule.scopes]


def address(row):
    """The path with ids of things that are not there: the gate must not care."""
    return re.sub(r"[:*]\w+", "1", row.path)


@pytest.fixture(scope="module")
def callers():
    """Tokens by state, made once for all routes."""
    return {}


async def call(ctx, client, callers, state, row):
    if state not in callers:
        callers[state] = await make_token(ctx, state)
    return await client.signed_in(callers[state]).call(row.method, address(row))


async def make_token(ctx, state):
    if state == "app":
        return await a_token(ctx, None)
    if state == "no scope":
        return await a_token(ctx, await an_account(ctx), "none")
    states = {
        "suspended": {"suspended_at": ctx.now()},
        "unconfirmed": {"is_confirmed": False},
        "pending": {"is_approved": False},
        "member": {},
        "moderator": {"role_id": 1},
    }
    return await a_token(ctx, await an_account(ctx, **states[state]))


@pytest.mark.parametrize("name", GUARDED)
async def test_without_a_token_a_guarded_route_answers_401(client, name):
    answer = await client.call(BY_NAME[name].method, address(BY_NAME[name]))

    assert (answer.status, answer.json) == (401, {"error": "The access token is invalid"})


@pytest.mark.parametrize("name", ASKED)
async def test_a_made_up_token_answers_401_even_on_public_routes(client, name):
    row = BY_NAME[name]
    answer = await client.signed_in("made-up").call(row.method, address(row))

    assert answer.status == 401


@pytest.mark.parametrize("name", SCOPED)
async def test_a_token_without_the_scope_answers_403(ctx, client, callers, name):
    answer = await call(ctx, client, callers, "no scope", BY_NAME[name])

    assert (answer.status, answer.json) == (403, {"error": SCOPE_ERROR})


@pytest.mark.parametrize("name", MEMBERS)
async def test_an_app_alone_is_no_member(ctx, client, callers, name):
    answer = await call(ctx, client, callers, "app", BY_NAME[name])

    assert (answer.status, answer.json) == (422, {"error": MEMBER_ERROR})


@pytest.mark.parametrize("state", list(STANDING_ERRORS))
@pytest.mark.parametrize("name", MEMBERS)
async def test_a_login_out_of_standing_may_do_nothing(ctx, client, callers, name, state):
    answer = await call(ctx, client, callers, state, BY_NAME[name])

    assert (answer.status, answer.json) == (403, {"error": STANDING_ERRORS[state]})


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("state", ["member", "moderator"])
async def test_a_member_with_all_scopes_passes_the_gate(ctx, client, state, name):
    """Whatever the handler then says of ids that are not there, it is not the gate's refusal."""
    row = BY_NAME[name]
    # A caller of its own: routes such as revoke or deletion end what they are called with.
    token = await make_token(ctx, state)
    answer = await client.signed_in(token).call(row.method, address(row))

    assert answer.status not in {401, 500, 501}
    if answer.status == 403:
        assert answer.json["error"] != SCOPE_ERROR
