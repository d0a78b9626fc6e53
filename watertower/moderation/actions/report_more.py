"""A reporter adds to a report: more words, an answer, or files. Only our own moderators get them."""

from collections.abc import Sequence
from hashlib import sha256

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.params import Upload
from watertower.media.rules.keys import new_evidence_key
from watertower.moderation.errors.reports import ReportNotFound
from watertower.moderation.model.evidence import EvidenceFile
from watertower.moderation.model.incoming_mail import FILE_TYPES, LARGEST_FILE
from watertower.moderation.model.reports import MOST_ATTACHMENTS
from watertower.moderation.queries.reports import list_reports_by_id
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.evidence import add_evidence

_SIGNATURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"%PDF": "application/pdf",
}


async def add_to_report(
    ctx: Context,
    *,
    account_id: int,
    report_id: int,
    text: str,
    uploads: Sequence[Upload] = (),
    came_by: str = "page",
) -> None:
    """Say something in the reporter's thread; files become sealed evidence of the case.

    Raises ReportNotFound for reports of others, Invalid for files that are too many, too large or
    of another kind, and what saying refuses.
    """
    given = [one for one in uploads if one.size]
    if len(given) > MOST_ATTACHMENTS:
        raise Invalid(f"{MOST_ATTACHMENTS} files at most")
    files = [await _stored(ctx, one) for one in given]
    async with ctx.transaction() as tx:
        found = await list_reports_by_id(tx, report_ids=[report_id])
        if not found or found[0].account_id != account_id or found[0].case_id is None:
            raise ReportNotFound
        message_id = await say(
            tx,
            ctx,
            case_id=found[0].case_id,
            thread="reporter",
            with_account_id=account_id,
            from_team=False,
            author_id=account_id,
            text=text.strip() or ("(Files, see the evidence of the case.)" if files else ""),
            media_keys=[file.key for file in files],
            came_by=came_by,
        )
        for number, file in enumerate(files, start=1):
            await add_evidence(
                tx,
                at=ctx.now(),
                case_id=found[0].case_id,
                kind="document",
                subject_id=f"{report_id}:message:{message_id}:{number}",
                content={"report_id": str(report_id), "name": file.name},
                files=[file],
                is_private=True,
                is_graphic=found[0].is_graphic,
                taken_by=account_id,
            )


async def _stored(ctx: Context, upload: Upload) -> EvidenceFile:
    if upload.size > LARGEST_FILE:
        raise Invalid("A file may have 5 MB")
    data = upload.path.read_bytes()
    found = next((kind for begin, kind in _SIGNATURES.items() if data.startswith(begin)), "")
    if data[8:12] == b"WEBP":
        found = "image/webp"
    if not found and _is_text(data):
        found = "text/plain"
    if found not in FILE_TYPES:
        raise Invalid("Pictures, PDF and plain text can be added")
    key = new_evidence_key()
    await ctx.storage.put(key, data, content_type="application/octet-stream")
    name = "".join(c if c.isalnum() or c in "._-" else "-" for c in upload.filename)[-80:]
    return EvidenceFile(key, name or "file", found, len(data), sha256(data).hexdigest())


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False
