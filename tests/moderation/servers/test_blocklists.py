"""Lists of others: read, compared, previewed, applied line by line, followed, taken back."""

import json
import re
from datetime import timedelta

import pytest

from tests.federation.far import FarServer
from tests.moderation.servers.test_pages import desk
from tests.moderation.servers.world import a_domain, a_moderator, follows
from tests.world import an_account
from watertower.accounts.queries.server_policies import find_policy
from watertower.moderation.access.blocklists import blocklist_page, exported
from watertower.moderation.actions.servers.blocklist import choose, import_blocklist, subscribe
from watertower.moderation.actions.servers.decide import decide
from watertower.moderation.jobs.server_lists import refresh_blocklists
from watertower.moderation.model.servers import Choice
from watertower.moderation.rules.blocklists import NotABlocklist, read_blocklist

MASTODON = b"""#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate
One.Example,suspend,true,false,"Spam, and more",false
two.example,silence,false,true,,true
not a name,suspend,,,,
"""


def test_mastodon_s_csv_is_read():
    kind, lines, unread = read_blocklist(MASTODON)

    assert kind == "mastodon_csv"
    assert [
        (one.domain, one.severity, one.rejects_media, one.rejects_reports, one.obfuscates)
        for one in lines
    ] == [
        ("one.example", "suspend", True, False, False),
        ("two.example", "limit", False, True, True),
    ]
    assert lines[0].public_comment == "Spam, and more"
    assert unread == ["not a name"]


def test_a_plain_list_of_names_suspends():
    _, lines, _ = read_blocklist(b"one.example\n*.two.example\n# a comment\n")

    assert [(one.domain, one.severity) for one in lines] == [
        ("one.example", "suspend"),
        ("two.example", "suspend"),
    ]


def test_gotosocial_s_json_is_read():
    body = json.dumps(
        [{"domain": "one.example", "obfuscate": True, "public_comment": "x"}, {"domain": 7}]
    )
    kind, lines, unread = read_blocklist(body.encode())

    assert kind == "gotosocial_json"
    assert [(one.domain, one.severity, one.obfuscates) for one in lines] == [
        ("one.example", "suspend", True)
    ]
    assert unread == ["7"]


def test_fires_recommendations_and_retractions_are_read():
    body = json.dumps(
        {
            "type": "Collection",
            "items": [
                {
                    "type": "Recommendation",
                    "entityKind": "domain",
                    "entityKey": "one.example",
                    "recommendedPolicy": "drop",
                    "labels": ["spam"],
                },
                {
                    "type": "Recommendation",
                    "entityKind": "domain",
                    "entityKey": "two.example",
                    "recommendedPolicy": "filter",
                },
                {"type": "Retraction", "entityKind": "domain", "entityKey": "one.example"},
                {"type": "Recommendation", "entityKind": "actor", "entityKey": "x"},
            ],
        }
    )
    kind, lines, unread = read_blocklist(body.encode())

    assert kind == "fires"
    assert [(one.domain, one.severity, one.is_retracted) for one in lines] == [
        ("one.example", "suspend", True),
        ("two.example", "limit", False),
    ]
    assert unread == ["x"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[", b'{"items": []}', b"\xff\xfe,,\n", b"[[[["])
def test_what_is_no_blocklist_is_refused(body):
    with pytest.raises(NotABlocklist):
        read_blocklist(body)


async def test_a_list_is_compared_previewed_applied_and_taken_back_in_pages(ctx, client, drain):
    new, known, own = a_domain("new"), a_domain("known"), a_domain("own")
    ann = await an_account(ctx)
    far = await an_account(ctx, domain=known)
    await follows(ctx, ann, far)
    actor = await a_moderator(ctx)
    await decide(
        ctx,
        actor_id=actor.id,
        choice=Choice(own, severity="limit", private_comment="Ours"),
        in_advance=True,
    )
    visit, _ = await desk(ctx, client)
    list_id, _ = await import_blocklist(
        ctx,
        actor_id=actor.id,
        name=f"List {new}",
        body=f"{new}\n{known}\n{own}\n".encode(),
    )
    here = f"/desk/servers/blocklists/{list_id}"

    shown = await visit.get(here)

    assert "1 members would lose 1 follows" in shown.text
    assert "stricter than here" in shown.text
    async with ctx.reading() as tx:
        assert await find_policy(tx, domain=known) is None  # nothing applies by itself
    token = visit.hidden(here)
    form = [*token.items(), ("shown", "draft"), ("do", "apply")]
    done = await visit.client.post(
        here,
        data=[*form, *(("domains[]", one) for one in (new, known, own))],
        headers={"Cookie": "; ".join(f"{k}={v}" for k, v in visit.cookies.items())},
    )
    assert done.headers["location"].endswith("done=2&left=1")
    await drain()
    async with ctx.reading() as tx:
        assert (await find_policy(tx, domain=known)).severity == "suspend"
        assert (await find_policy(tx, domain=own)).severity == "limit"
        assert (
            await tx.fetch_value("SELECT count(*) FROM follows WHERE account_id = $1", ann.id) == 0
        )
    page = await visit.get(f"/desk/servers/{known}")
    assert "From the list" in page.text

    # The list is handed in again without one of them: it took that back.
    again, _ = await import_blocklist(
        ctx, actor_id=actor.id, name=f"List {new}", body=f"{new}\n{own}\n".encode()
    )
    assert again == list_id
    assert known in (await visit.get(f"{here}?shown=retracted")).text
    assert await choose(
        ctx, actor_id=actor.id, blocklist_id=list_id, domains=[known], what="lift"
    ) == (1, [])
    await drain()
    async with ctx.reading() as tx:
        assert await find_policy(tx, domain=known) is None


async def test_a_followed_list_brings_drafts_and_keeps_what_was_ignored(ctx, clock):
    one, two = a_domain("one"), a_domain("two")
    actor = await a_moderator(ctx)
    far = FarServer()
    await far.start()
    try:
        far.files["/list.csv"] = one.encode()
        list_id, _ = await subscribe(
            ctx, actor_id=actor.id, name=f"L {one}", url=f"{far.base}/list.csv"
        )
        await choose(ctx, actor_id=actor.id, blocklist_id=list_id, domains=[one], what="ignore")
        far.files["/list.csv"] = f"{one}\n{two}".encode()
        asked = len(far.asked)
        await refresh_blocklists.run(ctx)
        assert len(far.asked) == asked  # not before a day, give or take
        clock.ahead = timedelta(hours=27)

        await refresh_blocklists.run(ctx)

        assert len(far.asked) == asked + 1
        _, drafts, _ = await blocklist_page(ctx, blocklist_id=list_id, shown="draft", after="")
        assert [entry.domain for entry in drafts] == [two]
        _, ignored, _ = await blocklist_page(ctx, blocklist_id=list_id, shown="ignored", after="")
        assert [entry.domain for entry in ignored] == [one]
        async with ctx.reading() as tx:
            assert await find_policy(tx, domain=two) is None
        del far.files["/list.csv"]
        clock.ahead = timedelta(hours=60)
        await refresh_blocklists.run(ctx)
        held, _, _ = await blocklist_page(ctx, blocklist_id=list_id, shown="draft", after="")
        assert held.trouble
    finally:
        await far.stop()


@pytest.mark.usefixtures("empty")  # every line is of this test
async def test_reasons_are_told_with_every_line_or_with_none(ctx):
    from watertower.accounts.queries.site import set_site_setting

    domain, actor = a_domain(), await a_moderator(ctx)
    await decide(
        ctx,
        actor_id=actor.id,
        choice=Choice(
            domain,
            severity="suspend",
            private_comment="Secret",
            public_comment="Harassment",
        ),
        in_advance=True,
    )
    assert b"Harassment" not in await exported(ctx, kind="mastodon_csv")
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "show_domain_blocks_rationale", "all")

    for kind in ("mastodon_csv", "gotosocial_json", "fires"):
        body = await exported(ctx, kind=kind)
        assert b"Harassment" in body
        assert b"Secret" not in body
        _, lines, unread = read_blocklist(body)
        assert (domain, "suspend") in [(one.domain, one.severity) for one in lines]
        assert unread == []


async def test_a_file_is_taken_in_by_the_form(ctx, client, tmp_path):
    import aiohttp

    domain = a_domain()
    visit, _ = await desk(ctx, client)
    await visit.get("/desk/servers/blocklists")
    form = aiohttp.FormData()
    for name, value in visit.hidden("/desk/servers/blocklists").items():
        form.add_field(name, value)
    form.add_field("name", f"File {domain}")
    form.add_field("file", f"{domain}\n".encode(), filename="list.csv")
    answer = await visit.client.post(
        "/desk/servers/blocklists",
        data=form,
        headers={"Cookie": "; ".join(f"{k}={v}" for k, v in visit.cookies.items())},
    )
    assert re.search(r"/desk/servers/blocklists/\d+\?unread=0", answer.headers["location"])
