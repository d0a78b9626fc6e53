"""A package for authorities: everything sealed in a case, with a list of what it is and its hashes."""

import hashlib
import io
import zipfile

from watertower.base.context import Context
from watertower.moderation.actions.evidence.look import read_file
from watertower.moderation.errors.cases import WordsMissing
from watertower.moderation.errors.evidence import EvidenceNotFound, SealBroken
from watertower.moderation.model.evidence import Evidence, canonical
from watertower.moderation.queries.evidence import list_evidence
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.log import log

README = """This package was exported from {domain}, case {case_id}, at {at}.

manifest.json names every piece of evidence with the SHA-256 of its seal, when it was taken, and
every file with its own SHA-256. content/ holds the texts as JSON, files/ the files as copied.
A seal is the SHA-256 of the JSON, keys sorted and without white space, of
  {{"content": ..., "files": [{{"bytes", "content_type", "name", "sha256"}}], "kind", "subject_id"}}.
sha256sums.txt can be checked with: sha256sum -c sha256sums.txt
"""


async def export_evidence(
    ctx: Context, *, actor_id: int, case_id: int, recipient: str, reason: str
) -> bytes:
    """A ZIP file. Who asked for it, and on which ground, is logged.

    Raises CaseNotFound, WordsMissing without recipient and reason, SealBroken, EvidenceNotFound
    for a file that is not there any more.
    """
    if not recipient.strip() or not reason.strip():
        raise WordsMissing("reason", "Write down who receives this, and on which ground")
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        found = [one for one in await list_evidence(tx, case_id=case_id) if not one.destroyed_at]
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="export_evidence",
            subject=("case", case_id),
            case_id=case_id,
            reason=reason,
            details={"recipient": recipient[:200], "pieces": len(found)},
        )
    if not found:
        raise EvidenceNotFound
    return await _packed(ctx, case_id, found)


async def _packed(ctx: Context, case_id: int, found: list[Evidence]) -> bytes:
    sums: dict[str, str] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:

        def write(name: str, data: bytes) -> None:
            package.writestr(name, data)
            sums[name] = hashlib.sha256(data).hexdigest()

        listed = []
        for one in found:
            if not one.is_intact:
                raise SealBroken
            write(f"content/{one.id}.json", canonical(one.content))
            names = []
            for number, file in enumerate(one.files):
                name = f"files/{one.id}-{number}-{file.name}"
                write(name, await read_file(ctx, file))
                names.append(
                    {
                        "path": name,
                        "sha256": file.sha256,
                        "bytes": file.bytes,
                        "content_type": file.content_type,
                        "name": file.name,
                    }
                )
            listed.append(
                {
                    "id": str(one.id),
                    "kind": one.kind,
                    "subject_id": one.subject_id,
                    "taken_at": one.taken_at.isoformat(),
                    "seal_sha256": one.sha256.hex(),
                    "is_private": one.is_private,
                    "content": f"content/{one.id}.json",
                    "files": names,
                }
            )
        domain = ctx.settings.server.domain
        at = ctx.now().isoformat(timespec="seconds")
        write(
            "manifest.json",
            canonical(
                {
                    "server": domain,
                    "case_id": str(case_id),
                    "exported_at": at,
                    "evidence": listed,
                }
            ),
        )
        write("README.txt", README.format(domain=domain, case_id=case_id, at=at).encode())
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        package.writestr("sha256sums.txt", lines)
    return out.getvalue()
