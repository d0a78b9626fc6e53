"""What each role cannot see or do: generated from the permission table and both tables of routes."""

import pytest

from tests.moderation.desk import a_report
from tests.moderation.team.world import a_lead, browser
from tests.web.visit import a_member
from tests.world import a_token
from watertower.accounts.capacities import ADMINISTERS, COMMON, INFRASTRUCTURE, MODERATION
from watertower.accounts.model import Permission
from watertower.api.routes import ROUTES as API_ROUTES
from watertower.web.routes import ROUTES as WEB_ROUTES

API = [row for row in API_ROUTES if row.rule.permission is not None]
WEB = [row for row in WEB_ROUTES if row.permission is not None]
ROLES = {
    "member": -99,
    "moderator": 1,
    "admin": 2,
    "owner": 3,
    "trainee": 4,
    "head moderator": 5,
    "infrastructure": 6,
    "head of infrastructure": 7,
}
# What shows a report, evidence, an appeal or a conversation about them.
ABOUT_CASES = ("cases", "evidence", "reports", "appeals", "freezes")


def path_of(row):
    return "/".join("1" if part.startswith((":", "*")) else part for part in row.path.split("/"))


async def permissions_of(ctx, role_id, *, separated):
    async with ctx.reading() as tx:
        held = await tx.fetch_value("SELECT permissions FROM roles WHERE id = $1", role_id)
    if held & Permission.ADMINISTRATOR:
        held = sum(Permission)
    return held & ~int(MODERATION) if separated and held & ADMINISTERS else held


@pytest.mark.parametrize("separated", [False, True], ids=["one person", "a team moderates"])
@pytest.mark.parametrize("role", ROLES)
async def test_each_role_is_refused_exactly_what_its_permissions_do_not_grant(
    ctx, client, role, separated
):
    if separated:
        await a_lead(ctx, client)
    account = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET role_id = $2 WHERE account_id = $1", account.id, ROLES[role]
        )
    held = await permissions_of(ctx, ROLES[role], separated=separated)
    api = client.signed_in(await a_token(ctx, account))
    visit = await browser(client, account)
    for row in API:
        if row.rule.permission & held:
            continue
        answer = await api.call(row.method, path_of(row))
        assert answer.status == 403, (row.method, row.path)
    for row in WEB:
        if row.method != "GET" or row.permission & held:
            continue
        assert (await visit.get(path_of(row))).status == 404, row.path
    # The menu offers what leads somewhere, and nothing else.
    page = (await visit.get("/account/volunteering")).text
    assert ('href="/desk"' in page) is bool(
        held & ~int(COMMON & ~Permission.VIEW_DASHBOARD) & ~int(Permission.INVITE_USERS)
    )


@pytest.mark.parametrize("role", ["infrastructure", "head of infrastructure"])
async def test_infrastructure_sees_no_report_evidence_or_appeal(ctx, client, role):
    account = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET role_id = $2 WHERE account_id = $1", account.id, ROLES[role]
        )
    _, case_id, *_ = await a_report(ctx)
    api = client.signed_in(await a_token(ctx, account))
    visit = await browser(client, account)
    for row in API:
        if any(f"/{word}" in row.path for word in ABOUT_CASES):
            answer = await api.call(row.method, path_of(row).replace("/1", f"/{case_id}"))
            assert answer.status == 403, (row.method, row.path)
    for row in WEB:
        if row.method == "GET" and any(
            f"/{word}" in row.path for word in ABOUT_CASES if word != "reports"
        ):
            assert (await visit.get(path_of(row))).status == 404, row.path


def test_routes_about_cases_ask_for_a_permission_of_moderation_and_nothing_else():
    for row in API:
        if any(f"/{word}" in row.path for word in ABOUT_CASES):
            assert not row.rule.permission & ~MODERATION, row.path
    for row in WEB:
        if row.path.startswith(tuple(f"/desk/{word}" for word in ABOUT_CASES)):
            assert not row.permission & ~MODERATION, row.path


def test_settings_secrets_and_machines_open_to_no_permission_of_moderation():
    machines = INFRASTRUCTURE & ~Permission.LEAD_INFRASTRUCTURE
    for row in (*API, *WEB):
        permission = row.rule.permission if hasattr(row, "rule") else row.permission
        if permission & machines:
            assert not permission & MODERATION, row.path
