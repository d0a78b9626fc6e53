"""Evidence: its files, its hold, and the package for authorities."""

from datetime import UTC, datetime, timedelta

from watertower.base.errors import Refused
from watertower.base.web import Response
from watertower.moderation.actions.evidence.export import export_evidence
from watertower.moderation.actions.evidence.hold import hold_evidence, release_evidence
from watertower.moderation.actions.evidence.look import open_evidence_file
from watertower.web.desk.cases.shown import after, case_page
from watertower.web.request import WebRequest

# What a browser may show beside the page; everything else is a download.
SHOWN = (
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "video/mp4",
    "video/webm",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
)


async def get_file(request: WebRequest) -> Response:
    """A file, if it is what was sealed. The look is logged."""
    number = request.path_params["number"]
    file, data = await open_evidence_file(
        request.ctx,
        actor_id=request.my_account_id,
        evidence_id=request.path_id(),
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1,
    )
    is_shown = file.content_type in SHOWN
    return Response(
        data,
        content_type=file.content_type if is_shown else "application/octet-stream",
        headers={
            "content-disposition": (
                "inline" if is_shown else f'attachment; filename="{file.name}"'
            ),
            "x-content-type-options": "nosniff",
            "content-security-policy": "default-src 'none'; sandbox",
            "cross-origin-resource-policy": "same-origin",
            "cache-control": "private, no-store",
        },
    )


async def post_hold(request: WebRequest) -> Response:
    """Hold the evidence until a day, or end the hold."""
    me, case_id = request.my_account_id, request.path_id()
    if request.is_on("release"):
        doing = release_evidence(request.ctx, actor_id=me, case_id=case_id)
    else:
        try:
            until = datetime.strptime(request.line("until", 10), "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            until = request.ctx.now() - timedelta(days=1)
        doing = hold_evidence(
            request.ctx,
            actor_id=me,
            case_id=case_id,
            reason=request.text("reason", 1000),
            until=until,
        )
    return await after(request, doing, "held")


async def post_export(request: WebRequest) -> Response:
    """The package for authorities, as a download."""
    case_id = request.path_id()
    try:
        data = await export_evidence(
            request.ctx,
            actor_id=request.my_account_id,
            case_id=case_id,
            recipient=request.line("recipient", 200),
            reason=request.text("reason", 1000),
        )
    except Refused as refused:
        return await case_page(request, case_id, wrong=f"{refused.says}.")
    return Response(
        data,
        content_type="application/zip",
        headers={
            "content-disposition": f'attachment; filename="case-{case_id}.zip"',
            "cache-control": "private, no-store",
        },
    )
