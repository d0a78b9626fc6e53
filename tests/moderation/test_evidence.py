"""Evidence: taken when a report is filed, and there when everything else is gone."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest

from tests.moderation.desk import a_moderator
from tests.world import a_status, an_account
from watertower.base.json import from_json
from watertower.media.rules.keys import may_be_served, new_key
from watertower.moderation.actions.evidence.export import export_evidence
from watertower.moderation.actions.evidence.hold import hold_evidence
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.errors.evidence import HoldNeedsEnd
from watertower.moderation.jobs.destroy_evidence import destroy_evidence
from watertower.moderation.model.reports import Complaint
from watertower.moderation.queries.evidence import list_evidence
from watertower.moderation.steps.cases import close_case, record_outcome
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.model import Visibility


async def a_picture(ctx, status):
    """A stored picture of this post; its key."""
    key = new_key("attachments", "original", "image/png")
    await ctx.storage.put(key, b"not really a picture", content_type="image/png")
    async with ctx.transaction() as tx:
        media_id = await tx.fetch_value(
            "INSERT INTO media_attachments (account_id, status_id, kind, state, original_key, "
            "content_type, description) VALUES ($1, $2, 'image', 'done', $3, 'image/png', 'A cat') RETURNING id",
            status.account_id,
            status.id,
            key,
        )
        await tx.execute(
            "UPDATE statuses SET media_ids = ARRAY[$2::bigint] WHERE id = $1", status.id, media_id
        )
    return key


async def keys_to_be_deleted(ctx):
    """Keys that jobs which wait will remove from the store."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT payload FROM pgqueuer WHERE entrypoint LIKE '%media%' AND "
            "convert_from(payload, 'UTF8') LIKE '%delete_files%'"
        )
    return [key for row in rows for key in from_json(row["payload"])["args"]["keys"]]


async def case_of(ctx, report_id):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT case_id FROM reports WHERE id = $1", report_id)


async def evidence_of(ctx, case_id):
    async with ctx.reading() as tx:
        return await list_evidence(tx, case_id=case_id)


async def test_the_author_deletes_one_second_after_filing_and_the_evidence_stays(ctx, drain, clock):
    author, reporter = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author, text="Something hateful")
    key = await a_picture(ctx, status)

    number = await file_report(
        ctx,
        reporter_id=reporter.id,
        complaint=Complaint(author.id, comment="Look", status_ids=[status.id]),
    )
    clock.ahead = timedelta(seconds=1)
    await delete_status(ctx, actor_id=author.id, status_id=status.id, deletes_media=True)
    assert await keys_to_be_deleted(ctx) == [key]
    await drain()

    kept = {one.kind: one for one in await evidence_of(ctx, await case_of(ctx, number))}
    assert sorted(kept) == ["media", "profile", "status"]
    assert kept["status"].content["text"] == "Something hateful"
    assert kept["status"].content["media"][0]["description"] == "A cat"
    (file,) = kept["media"].files
    assert file.sha256 == hashlib.sha256(b"not really a picture").hexdigest()
    assert await ctx.storage.size(file.key) == 20
    assert not may_be_served(file.key)
    assert [one.is_intact for one in kept.values()] == [True, True, True]


async def a_case(ctx, text="Something hateful", **more):
    """(case id, evidence by kind, author, status) of a new report."""
    author, reporter = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author, text=text, **more)
    number = await file_report(
        ctx,
        reporter_id=reporter.id,
        complaint=Complaint(author.id, comment="Look", status_ids=[status.id]),
    )
    case_id = await case_of(ctx, number)
    return case_id, {one.kind: one for one in await evidence_of(ctx, case_id)}, author, status


async def test_edits_and_the_thread_around_are_sealed_direct_messages_are_not(ctx):
    author, reporter, third = [await an_account(ctx) for _ in range(3)]
    begin = await a_status(ctx, by=third, text="The beginning")
    status = await a_status(ctx, by=author, text="Second version", reply_to=begin)
    await a_status(ctx, by=third, text="A whisper", reply_to=status, visibility=Visibility.DIRECT)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO status_edits (status_id, account_id, text, content_html, content_warning, "
            "is_sensitive, created_at) VALUES ($1, $2, 'First version', '', '', false, now())",
            status.id,
            author.id,
        )
    number = await file_report(
        ctx, reporter_id=reporter.id, complaint=Complaint(author.id, status_ids=[status.id])
    )
    kept = {one.kind: one for one in await evidence_of(ctx, await case_of(ctx, number))}

    assert [one["text"] for one in kept["status"].content["edits"]] == ["First version"]
    assert [one["text"] for one in kept["thread"].content["statuses"]] == ["The beginning"]


async def test_evidence_survives_the_purge_of_the_account(ctx, drain):
    case_id, before, author, _ = await a_case(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM statuses WHERE account_id = $1", author.id)
        await tx.execute("UPDATE accounts SET deleted_at = now() WHERE id = $1", author.id)
    await drain()

    after = {one.kind: one for one in await evidence_of(ctx, case_id)}
    assert after["status"] == before["status"]
    assert after["profile"] == before["profile"]


async def test_a_changed_row_does_not_match_its_seal(ctx):
    case_id, kept, _, _ = await a_case(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            'UPDATE evidence SET content = content || \'{"text": "Harmless"}\' WHERE id = $1',
            kept["status"].id,
        )

    found = {one.kind: one.is_intact for one in await evidence_of(ctx, case_id)}
    assert found == {"status": False, "profile": True}


async def closed(ctx, case_id, outcome="none"):
    async with ctx.transaction() as tx:
        await record_outcome(tx, at=ctx.now(), case_id=case_id, outcome=outcome, reason="x")
        await close_case(tx, at=ctx.now(), case_id=case_id, actor_id=None)


async def test_retention_goes_by_outcome_and_ends_with_verified_destruction(ctx, clock):
    mild, kept, _, status = await a_case(ctx)
    grave, _, _, _ = await a_case(ctx)
    await a_picture(ctx, status)
    await closed(ctx, mild)
    await closed(ctx, grave, "suspend")

    clock.ahead = timedelta(days=89)
    await destroy_evidence.run(ctx)
    assert [one.destroyed_at for one in await evidence_of(ctx, mild)] == [None, None]
    clock.ahead = timedelta(days=91)
    await destroy_evidence.run(ctx)
    gone = await evidence_of(ctx, mild)
    assert [(one.content, one.files) for one in gone] == [({}, []), ({}, [])]
    assert {one.sha256 for one in gone} == {one.sha256 for one in kept.values()}
    assert [one.destroyed_at for one in await evidence_of(ctx, grave)] == [None, None]
    async with ctx.reading() as tx:
        lines = await tx.fetch_all(
            "SELECT details->>'pieces' FROM audit_log WHERE case_id = $1 AND verb = 'destroy_evidence'",
            mild,
        )
    assert [row[0] for row in lines] == ["2"]


async def test_a_legal_hold_keeps_evidence_until_its_end(ctx, clock):
    case_id, *_ = await a_case(ctx)
    moderator = await an_account(ctx, role_id=1)
    await closed(ctx, case_id)
    with pytest.raises(HoldNeedsEnd):
        await hold_evidence(ctx, actor_id=moderator.id, case_id=case_id, reason="", until=ctx.now())
    await hold_evidence(
        ctx,
        actor_id=moderator.id,
        case_id=case_id,
        reason="Court order 12",
        until=ctx.now() + timedelta(days=400),
    )

    clock.ahead = timedelta(days=399)
    await destroy_evidence.run(ctx)
    assert [one.destroyed_at for one in await evidence_of(ctx, case_id)] == [None, None]
    clock.ahead = timedelta(days=401)
    await destroy_evidence.run(ctx)
    assert all(one.destroyed_at for one in await evidence_of(ctx, case_id))


async def test_files_are_removed_with_the_evidence_and_not_before_its_last_use(ctx, drain, clock):
    author, reporter = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author)
    await a_picture(ctx, status)
    number = await file_report(
        ctx, reporter_id=reporter.id, complaint=Complaint(author.id, status_ids=[status.id])
    )
    await drain()
    case_id = await case_of(ctx, number)
    (key,) = [one.files[0].key for one in await evidence_of(ctx, case_id) if one.files]
    await closed(ctx, case_id)
    clock.ahead = timedelta(days=91)
    await destroy_evidence.run(ctx)
    assert await ctx.storage.size(key) is None


async def test_the_package_for_authorities_checks_itself(ctx, drain, client):
    author, reporter = await an_account(ctx), await an_account(ctx)
    moderator = await an_account(ctx, role_id=1)
    status = await a_status(ctx, by=author, text="Something hateful")
    await a_picture(ctx, status)
    number = await file_report(
        ctx, reporter_id=reporter.id, complaint=Complaint(author.id, status_ids=[status.id])
    )
    await drain()
    case_id = await case_of(ctx, number)

    data = await export_evidence(
        ctx, actor_id=moderator.id, case_id=case_id, recipient="Police", reason="Order 12"
    )

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sums = dict(
            reversed(line.split("  ", 1))
            for line in package.read("sha256sums.txt").decode().splitlines()
        )
        assert set(package.namelist()) == {*sums, "sha256sums.txt"}
        for name, digest in sums.items():
            assert hashlib.sha256(package.read(name)).hexdigest() == digest
        manifest = from_json(package.read("manifest.json"))
    assert sorted(one["kind"] for one in manifest["evidence"]) == ["media", "profile", "status"]
    assert [one["files"][0]["bytes"] for one in manifest["evidence"] if one["files"]] == [20]


async def test_a_file_is_shown_to_the_desk_and_to_nobody_else(ctx, drain, client):
    author, reporter = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author)
    await a_picture(ctx, status)
    number = await file_report(
        ctx, reporter_id=reporter.id, complaint=Complaint(author.id, status_ids=[status.id])
    )
    await drain()
    (media,) = [one for one in await evidence_of(ctx, await case_of(ctx, number)) if one.files]
    moderator = await a_moderator(ctx, client)
    path = f"/desk/evidence/{media.id}/files/0"

    shown = await moderator.get(path)
    assert (shown.status, shown.body) == (200, b"not really a picture")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert (await moderator.get(f"/desk/evidence/{media.id}/files/1")).status == 404
    assert (await client.get(f"/media/{media.files[0].key}")).status == 404
    assert (await client.get(path)).status == 302
    await ctx.storage.put(media.files[0].key, b"changed", content_type="image/png")
    assert (await moderator.get(path)).status in {409, 422}
