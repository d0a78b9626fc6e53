"""/api/v1/admin/domain_blocks: what is decided about other servers, for moderators' own apps."""

from watertower.accounts.domains import require_domain
from watertower.accounts.servers import SEVERITIES, WIRE, Severity
from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.admin_domain_block import domain_block_shape, existing_block_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.servers import decided_by_domain, decided_by_id, decided_page
from watertower.moderation.actions.servers.decide import decide
from watertower.moderation.actions.servers.lift import lift
from watertower.moderation.model.servers import LONGEST_COMMENT, LONGEST_REASON, Choice

OURS: dict[str, Severity] = {WIRE[severity]: severity for severity in SEVERITIES}


async def get_blocks(request: ApiRequest) -> Response:
    """Decisions that hold, newest first."""
    page = request.page(default=100, most=200)
    found = await decided_page(request.ctx, page=page)
    return json_response(
        [domain_block_shape(one) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )


async def get_block(request: ApiRequest) -> Response:
    """One of them."""
    return json_response(
        domain_block_shape(await decided_by_id(request.ctx, policy_id=request.path_id()))
    )


async def post_block(request: ApiRequest) -> Response:
    """Decide about a server; about one that was decided about before, only by PUT."""
    domain = require_domain(request.required_text("domain", limit=300))
    existing = await decided_by_domain(request.ctx, domain=domain)
    if existing is not None:
        return json_response(existing_block_shape(existing), 422)
    await _decide(request, Choice(domain, severity="limit"))
    made = await decided_by_domain(request.ctx, domain=domain)
    return json_response(domain_block_shape(made) if made else {})


async def put_block(request: ApiRequest) -> Response:
    """Decide otherwise; what is not given stays."""
    held = await decided_by_id(request.ctx, policy_id=request.path_id())
    await _decide(
        request,
        Choice(
            held.domain,
            severity=held.severity,
            rejects_media=held.rejects_media,
            rejects_reports=held.rejects_reports,
            covers_subdomains=held.covers_subdomains,
            obfuscates=held.obfuscates,
            public_comment=held.public_comment,
            private_comment=held.private_comment,
            publicity="listed" if held.is_listed else "silent",
        ),
    )
    return await get_block(request)


async def delete_block(request: ApiRequest) -> Response:
    """Lift it."""
    held = await decided_by_id(request.ctx, policy_id=request.path_id())
    await lift(
        request.ctx,
        actor_id=request.my_account_id,
        domain=held.domain,
        reason="",
        needs_reason=False,
    )
    return json_response({})


async def _decide(request: ApiRequest, base: Choice) -> None:
    severity = request.one_of("severity", list(OURS))
    public = request.text("public_comment", limit=LONGEST_COMMENT)
    private = request.text("private_comment", limit=LONGEST_REASON)
    await decide(
        request.ctx,
        actor_id=request.my_account_id,
        choice=Choice(
            base.domain,
            severity=OURS[severity] if severity else base.severity,
            rejects_media=bool(request.flag("reject_media", base.rejects_media)),
            rejects_reports=bool(request.flag("reject_reports", base.rejects_reports)),
            covers_subdomains=base.covers_subdomains,
            obfuscates=bool(request.flag("obfuscate", base.obfuscates)),
            public_comment=base.public_comment if public is None else public,
            private_comment=base.private_comment if private is None else private,
            publicity=base.publicity,
        ),
        needs_reason=False,
        in_advance=True,
    )
