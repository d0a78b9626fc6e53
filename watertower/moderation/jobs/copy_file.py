"""Copies a file of something reported into evidence, under a key that is never served."""

import hashlib
import tempfile
from pathlib import Path

from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.base.errors import Refused
from watertower.base.json import from_json
from watertower.base.queue.job import Lane, job
from watertower.media.actions.fetch_remote import fetch_remote
from watertower.media.rules.keys import CONTENT_TYPES, new_evidence_key
from watertower.media.steps.hold import release_files
from watertower.moderation.model.evidence import EvidenceFile, holder_of, seal
from watertower.moderation.queries.evidence import insert_evidence
from watertower.moderation.queries.evidence_copies import find_open_copy, update_copy_done


@job(Lane.MEDIA)
async def copy_file(ctx: Context, *, copy_id: int) -> None:
    """Copy, hash, seal, and let go of the original. What is gone is written down as gone."""
    async with ctx.reading() as tx:
        wanted = await find_open_copy(tx, copy_id=copy_id)
    if wanted is None:
        return
    try:
        file = await _copied(ctx, wanted)
    except (FileNotFoundError, Refused) as missing:
        async with ctx.transaction() as tx:
            await update_copy_done(
                tx, copy_id=copy_id, at=ctx.now(), problem=str(missing)[:300] or "it is gone"
            )
            await _release(tx, wanted)
        return
    content = from_json(wanted["content"])
    async with ctx.transaction() as tx:
        if await update_copy_done(tx, copy_id=copy_id, at=ctx.now()):
            await insert_evidence(
                tx,
                case_id=wanted["case_id"],
                server_review_id=None,
                kind="media",
                subject_id=wanted["subject_id"],
                is_private=wanted["is_private"],
                is_graphic=False,
                content=content,
                files=[file],
                sha256=seal("media", wanted["subject_id"], content, [file]),
                taken_by=None,
                at=ctx.now(),
            )
            await _release(tx, wanted)
            return
    await ctx.storage.delete([file.key])  # another run was faster


async def _release(tx: Transaction, wanted: Row) -> None:
    if wanted["source_key"]:
        await release_files(tx, keys=[wanted["source_key"]], holder=holder_of(wanted["id"]))


async def _copied(ctx: Context, wanted: Row) -> EvidenceFile:
    source = wanted["source_key"] or await fetch_remote(
        ctx, media_id=int(wanted["subject_id"]), part="original"
    )
    extension = source.rpartition(".")[2] if "." in source else ""
    content_type = CONTENT_TYPES.get(extension, "application/octet-stream")
    key = new_evidence_key()
    with tempfile.TemporaryDirectory(prefix="watertower-evidence-") as folder:
        path = Path(folder) / "file"
        await ctx.storage.download(source, path)
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        size = path.stat().st_size
        await ctx.storage.put(key, path, content_type="application/octet-stream")
    name = f"{wanted['subject_id'].replace(':', '-')}.{extension or 'bin'}"
    return EvidenceFile(key, name, content_type, size, digest.hexdigest())
