"""The audit log: readable, exportable, and unchangeable by anybody."""

import csv
import io
import re

import asyncpg
import msgspec
import pytest

from tests.house.source import files, name_of, strings
from tests.web.visit import Visit, a_member, signed_in
from tests.world import a_token, an_account
from watertower.accounts.model import Permission
from watertower.moderation.access.audit import exported
from watertower.moderation.model.audit import AuditSearch
from watertower.moderation.steps.log import log

MODERATOR = 1


async def a_reader(ctx, client):
    account = await a_member(ctx, role_id=MODERATOR)
    visit = Visit(client)
    assert (await visit.sign_in(account.username)).status == 303
    return visit, account


async def a_line(ctx, *, verb="act", subject=("account", 1), actor_id=None, **more):
    async with ctx.transaction() as tx:
        await log(tx, at=ctx.now(), actor_id=actor_id, verb=verb, subject=subject, **more)
        return await tx.fetch_value("SELECT max(id) FROM audit_log")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_log SET reason = 'nothing happened'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "TRUNCATE audit_log CASCADE",
    ],
)
async def test_no_line_can_be_changed_or_removed(ctx, sql):
    await a_line(ctx)
    with pytest.raises(asyncpg.PostgresError, match="append-only"):
        async with ctx.transaction() as tx:
            await tx.execute(sql)


def test_nothing_in_the_program_tries_to():
    writes = re.compile(r"(UPDATE|DELETE FROM|TRUNCATE)\s+audit_log", re.IGNORECASE)
    assert [
        name_of(path) for path in files() for text in strings(path) if writes.search(text)
    ] == []


async def test_the_page_filters_and_pages(ctx, client):
    visit, me = await a_reader(ctx, client)
    about = await an_account(ctx)
    for number in range(60):
        await a_line(
            ctx,
            verb="knock" if number % 2 else "ring",
            subject=("account", about.id),
            actor_id=me.id,
            reason=f"Reason {number:02}",
        )

    page = await visit.get(f"/desk/audit?subject={about.id}&kind=account")
    assert re.findall(r"Reason \d\d", page.text) == [f"Reason {n:02}" for n in range(59, 9, -1)]
    older = re.search(r'href="(/desk/audit\?[^"]+max_id=\d+)"', page.text)[1]
    page = await visit.get(older.replace("&amp;", "&"))
    assert re.findall(r"Reason \d\d", page.text) == [f"Reason {n:02}" for n in range(9, -1, -1)]
    page = await visit.get(f"/desk/audit?who={me.username}&verb=knock")
    assert len(re.findall(r"Reason \d\d", page.text)) == 30
    assert (await visit.get("/desk/audit?who=nobody_at_all")).status == 422
    assert (await visit.get("/desk/audit?since=yesterday")).status == 422
    today = f"{ctx.now():%Y-%m-%d}"
    page = await visit.get(f"/desk/audit?who={me.username}&since={today}&until={today}")
    assert len(re.findall(r"Reason \d\d", page.text)) == 50


async def test_it_goes_out_as_csv_and_json_and_that_is_a_line(ctx, client):
    visit, me = await a_reader(ctx, client)
    about = await an_account(ctx)
    await a_line(ctx, subject=("account", about.id), actor_id=me.id, reason="=1+1,\nand more")
    await visit.get(f"/desk/audit?subject={about.id}")

    answer = await visit.submit("/desk/audit/export", form="csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["verb"], row["actor"], row["reason"]) for row in rows] == [
        ("act", me.username, "'=1+1,\nand more")
    ]
    await visit.get(f"/desk/audit?subject={about.id}")
    answer = await visit.submit("/desk/audit/export", form="json")
    (line,) = [msgspec.json.decode(one) for one in answer.text.splitlines()]
    assert (line["subject"]["acct"], line["reason"]) == (about.username, "=1+1,\nand more")

    page = await visit.get(f"/desk/audit?who={me.username}&verb=export audit log")
    assert page.text.count("export audit log · audit log") == 2


async def test_nobody_reads_what_is_about_themselves(ctx, client):
    visit, me = await a_reader(ctx, client)
    other, _ = await a_reader(ctx, client)
    await a_line(ctx, subject=("account", me.id), reason="We think about this moderator")
    async with ctx.transaction() as tx:
        case_id = await tx.fetch_value(
            "INSERT INTO cases (target_account_id, created_at, updated_at) VALUES ($1, $2, $2) "
            "RETURNING id",
            me.id,
            ctx.now(),
        )
    await a_line(ctx, subject=("case", case_id), case_id=case_id, reason="A case about them")

    for secret, where in (
        ("We think about this moderator", f"/desk/audit?subject={me.id}"),
        ("A case about them", f"/desk/audit?case={case_id}"),
    ):
        assert secret not in (await visit.get(where)).text
        assert secret in (await other.get(where)).text


async def test_members_see_no_log(ctx, client):
    visit, member = await signed_in(ctx, client)
    assert (await visit.get("/desk/audit")).status == 404
    app = client.signed_in(await a_token(ctx, member))
    assert (await app.get("/api/watertower/v1/audit_log")).status == 403


async def test_the_api_pages(ctx, client):
    _, me = await a_reader(ctx, client)
    about = await an_account(ctx)
    ids = [await a_line(ctx, subject=("account", about.id), actor_id=me.id) for _ in range(5)]
    app = client.signed_in(await a_token(ctx, me))
    path = f"/api/watertower/v1/audit_log?subject_kind=account&subject_id={about.id}&limit=2"

    seen = []
    while path:
        answer = await app.get(path)
        seen += [int(line["id"]) for line in answer.json]
        found = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        path = found and "/" + found[1].split("/", 3)[3]

    assert seen == ids[::-1]


async def test_the_operator_gets_everything(ctx):
    one = await a_line(ctx, verb="something rare", reason="For the operator")

    pieces = [
        piece
        async for piece in exported(
            ctx, viewer_id=None, search=AuditSearch(verb="something rare"), form="json"
        )
    ]

    assert [msgspec.json.decode(line)["id"] for line in b"".join(pieces).splitlines()] == [str(one)]


async def test_the_list_costs_the_same_with_one_and_with_three(ctx, client, queries):
    visit, me = await a_reader(ctx, client)
    about = await an_account(ctx)
    counts = []
    for _ in range(3):
        await a_line(ctx, subject=("account", about.id), actor_id=me.id)
        queries.clear()
        await visit.get(f"/desk/audit?subject={about.id}")
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_permission_of_infrastructure_is_not_enough():
    assert not Permission.VIEW_AUDIT_LOG & Permission.LEAD_INFRASTRUCTURE
