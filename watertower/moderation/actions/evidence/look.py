"""Look at evidence: the seal is checked, and every look at something private is logged."""

import hashlib
from collections.abc import Sequence

from watertower.base.context import Context
from watertower.moderation.errors.evidence import EvidenceNotFound, SealBroken
from watertower.moderation.model.evidence import Evidence, EvidenceFile
from watertower.moderation.queries.cases import find_case_for
from watertower.moderation.queries.evidence import find_evidence, list_evidence
from watertower.moderation.queries.log_lines import log_each
from watertower.moderation.steps.log import log


async def evidence_of_case(
    ctx: Context, *, actor_id: int, case_id: int, is_shown: bool
) -> Sequence[Evidence]:
    """All evidence of a case. `is_shown`: private pieces are opened now, one line in the log each."""
    async with ctx.transaction() as tx:
        if await find_case_for(tx, viewer_id=actor_id, case_id=case_id) is None:
            raise EvidenceNotFound
        found = await list_evidence(tx, case_id=case_id)
        if is_shown:
            await log_each(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="read_evidence",
                kind="evidence",
                ids=[one.id for one in found if one.is_private],
                case_id=case_id,
            )
    return found


async def open_evidence_file(
    ctx: Context, *, actor_id: int, evidence_id: int, number: int
) -> tuple[EvidenceFile, bytes]:
    """A file of a piece of evidence, after its seal and its hash were checked; logged.

    Raises EvidenceNotFound, SealBroken.
    """
    async with ctx.transaction() as tx:
        found = await find_evidence(tx, evidence_id=evidence_id)
        if found is None or found.case_id is None:
            raise EvidenceNotFound
        seen = await find_case_for(tx, viewer_id=actor_id, case_id=found.case_id)
        if seen is None or not 0 <= number < len(found.files):
            raise EvidenceNotFound
        if not found.is_intact:
            raise SealBroken
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="open_file",
            subject=("evidence", evidence_id),
            case_id=found.case_id,
        )
    file = found.files[number]
    return file, await read_file(ctx, file)


async def read_file(ctx: Context, file: EvidenceFile) -> bytes:
    """The bytes of a file, if they are those that were sealed. Raises EvidenceNotFound, SealBroken."""
    size = await ctx.storage.size(file.key)
    if size is None:
        raise EvidenceNotFound
    data = b"".join([piece async for piece in ctx.storage.read(file.key, start=0, end=size)])
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise SealBroken
    return data
