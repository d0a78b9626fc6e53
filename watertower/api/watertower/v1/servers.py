"""/api/watertower/v1/servers: what Mastodon's admin API has no words for about other servers."""

from dataclasses import asdict
from typing import Any

from watertower.accounts.access.severances import lost_in, severances_of
from watertower.accounts.servers import SEVERITIES
from watertower.api.request import ApiRequest
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.access.server_reviews import reviews_of
from watertower.moderation.access.servers import PAGE_SIZE, server_record, servers_found
from watertower.moderation.actions.servers.decide import agree, decide
from watertower.moderation.actions.servers.lift import lift
from watertower.moderation.actions.servers.preview import preview
from watertower.moderation.model.servers import (
    FILTERS,
    LONGEST_COMMENT,
    LONGEST_REASON,
    PUBLICITY,
    SORTS,
    Choice,
    Decision,
)
from watertower.moderation.steps.servers import named_server


async def get_servers(request: ApiRequest) -> Response:
    """Servers that we know, decided about or watch; fifty a page, `page` from 0."""
    rows = await servers_found(
        request.ctx,
        search=request.text("q", limit=253) or "",
        shown=request.one_of("shown", FILTERS, "all") or "all",
        sort=request.one_of("sort", SORTS, "name") or "name",
        page=request.number("page", 0, most=2000) or 0,
    )
    return json_response([asdict(row) for row in rows[:PAGE_SIZE]])


async def get_server(request: ApiRequest) -> Response:
    """All that is known of one server, with every decision about it."""
    return await _answer(request, named_server(request.ctx, request.path_params["domain"]))


async def get_preview(request: ApiRequest) -> Response:
    """Who would lose what if it were suspended. Changes nothing."""
    seen = await preview(
        request.ctx,
        domain=request.path_params["domain"],
        covers_subdomains=bool(request.flag("covers_subdomains", True)),
    )
    return json_response(
        {
            "domain": seen.domain,
            "servers": list(seen.servers),
            "excepted": list(seen.excepted),
            "is_known": seen.is_known,
            **asdict(seen.impact),
        }
    )


async def post_decide(request: ApiRequest) -> Response:
    """Decide, with all that the desk's form has."""
    severity = request.one_of("severity", SEVERITIES, "limit")
    await decide(
        request.ctx,
        actor_id=request.my_account_id,
        choice=Choice(
            request.path_params["domain"],
            severity=next(one for one in SEVERITIES if one == severity),
            rejects_media=request.is_on("rejects_media"),
            rejects_reports=request.is_on("rejects_reports"),
            covers_subdomains=bool(request.flag("covers_subdomains", True)),
            obfuscates=request.is_on("obfuscates"),
            public_comment=request.text("public_comment", limit=LONGEST_COMMENT) or "",
            private_comment=request.required_text("private_comment", limit=LONGEST_REASON),
            evidence=request.text("evidence", limit=LONGEST_REASON) or "",
            criteria=request.texts("criteria", most=30),
            publicity=request.one_of("publicity", tuple(PUBLICITY), "listed") or "listed",
            publicity_reason=request.text("publicity_reason", limit=LONGEST_COMMENT) or "",
            review_at=request.moment("review_at"),
            ends_at=request.moment("ends_at"),
        ),
        in_advance=request.is_on("in_advance"),
    )
    return await get_server(request)


async def post_lift(request: ApiRequest) -> Response:
    """Back to nothing special, follows included."""
    await lift(
        request.ctx,
        actor_id=request.my_account_id,
        domain=request.path_params["domain"],
        reason=request.required_text("reason", limit=LONGEST_REASON),
    )
    return await get_server(request)


async def post_agree(request: ApiRequest) -> Response:
    """The second look at a suspension that one person decided."""
    domain = await agree(request.ctx, actor_id=request.my_account_id, decision_id=request.path_id())
    return await _answer(request, domain)


async def get_severances(request: ApiRequest) -> Response:
    """Whom the member lost when servers were cut off, latest first."""
    found = await severances_of(request.ctx, account_id=request.my_account_id)
    return json_response(
        [
            {
                "id": str(one.id),
                "domain": one.domain,
                "following_count": one.following_count,
                "followers_count": one.followers_count,
                "created_at": moment(one.created_at),
            }
            for one in found
        ]
    )


async def get_severance(request: ApiRequest) -> Response:
    """Everybody in one of them: `kind` is following, follower, asked or asked_by."""
    event, lost = await lost_in(
        request.ctx, account_id=request.my_account_id, severance_id=request.path_id()
    )
    return json_response(
        {
            "id": str(event.id),
            "domain": event.domain,
            "relationships": [
                {
                    "acct": one.acct,
                    "kind": one.kind,
                    "outcome": one.outcome,
                    "asked_again": one.is_asked,
                }
                for one in lost
            ],
        }
    )


async def _answer(request: ApiRequest, domain: str) -> Response:
    record = await server_record(request.ctx, domain=domain)
    facts = record.facts
    return json_response(
        {
            "domain": domain,
            "severity": record.policy.severity if record.policy else "noop",
            "decided_about": record.policy.domain if record.policy else None,
            "relationships_kept": record.still_severed,
            "facts": {
                "accounts": facts.accounts,
                "statuses": facts.statuses,
                "followed_accounts": facts.impact.followed_accounts,
                "following_members": facts.impact.following_members,
                "follower_accounts": facts.impact.follower_accounts,
                "followed_members": facts.impact.followed_members,
                "reports_about": facts.reports_about,
                "reports_from": facts.reports_from,
                "software": facts.software,
                "software_version": facts.software_version,
            },
            "history": [_decision(one) for one in record.history],
            "reviews": [
                {"id": str(one.id), "state": one.state, "cause": one.cause}
                for one in await reviews_of(request.ctx, domain=domain)
            ],
        }
    )


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "domain": one.domain,
        "severity": one.severity,
        "lifts": one.is_lifting,
        "rejects_media": one.rejects_media,
        "rejects_reports": one.rejects_reports,
        "covers_subdomains": one.covers_subdomains,
        "public_comment": one.public_comment,
        "private_comment": one.private_comment,
        "evidence": one.evidence,
        "criteria": list(one.criteria),
        "publicity": one.publicity,
        "cause": one.cause,
        "actor": one.actor_name,
        "confirm_by": one.confirm_by and moment(one.confirm_by),
        "effect": one.effect,
        "ends_at": one.ends_at and moment(one.ends_at),
        "review_at": one.review_at and moment(one.review_at),
        "created_at": moment(one.created_at),
    }
