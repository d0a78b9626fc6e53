"""Evidence: taken when a report is filed, and there when everything else is gone."""

import hashlib
from datetime import timedelta

from tests.world import a_status, an_account
from watertower.base.json import from_json
from watertower.media.rules.keys import may_be_served, new_key
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import Complaint
from watertower.moderation.queries.evidence import list_evidence
from watertower.statuses.actions.delete_status import delete_status


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
