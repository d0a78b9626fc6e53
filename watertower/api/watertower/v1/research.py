"""/api/watertower/v1/research: proactive work, without a report."""

from typing import Any

from watertower.api.request import ApiRequest
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.access.research import Workspace, research_list, workspace
from watertower.moderation.actions.cases.research import research
from watertower.moderation.actions.research.watch import hand_over, keep_post, unwatch, watch


async def get_research(request: ApiRequest) -> Response:
    """What is being researched, or with `over` what was."""
    found = await research_list(
        request.ctx, viewer_id=request.my_account_id, are_closed=request.is_on("over")
    )
    return json_response(
        [
            {
                "id": str(one.case_id),
                "title": one.title,
                "state": one.state,
                "about": one.about,
                "tags": list(one.tags),
                "watched_count": one.watched,
                "evidence_count": one.evidence,
                "created_at": moment(one.created_at),
                "updated_at": moment(one.updated_at),
            }
            for one in found
        ]
    )


async def post_research(request: ApiRequest) -> Response:
    """Begin."""
    case_id = await research(
        request.ctx,
        actor_id=request.my_account_id,
        kind="research",
        title=request.required_text("title", limit=200),
        words=request.required_text("words"),
    )
    return await _answer(request, case_id)


async def get_workspace(request: ApiRequest) -> Response:
    """One piece of research; `server` says whose ways to us are counted."""
    return await _answer(request, request.path_id())


async def post_watch(request: ApiRequest) -> Response:
    """Watch `named`: @name@server, or a server."""
    await watch(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        named=request.required_text("named", limit=300),
        note=request.text("note") or "",
    )
    return await _answer(request, request.path_id())


async def post_unwatch(request: ApiRequest) -> Response:
    """Watch no longer."""
    await unwatch(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        watch_id=request.id("watch_id") or 0,
    )
    return await _answer(request, request.path_id())


async def post_evidence(request: ApiRequest) -> Response:
    """Keep a post as evidence."""
    await keep_post(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        status_id=request.id("status_id") or 0,
    )
    return await _answer(request, request.path_id())


async def post_hand_over(request: ApiRequest) -> Response:
    """Hand a watched server over to those who review servers."""
    review_id = await hand_over(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        domain=request.required_text("domain", limit=255),
        words=request.required_text("words"),
    )
    return json_response({"review_id": str(review_id)})


async def _answer(request: ApiRequest, case_id: int) -> Response:
    found = await workspace(
        request.ctx,
        viewer_id=request.my_account_id,
        case_id=case_id,
        server=request.text("server", limit=255) or "",
    )
    return json_response(_shape(found))


def _shape(found: Workspace) -> dict[str, Any]:
    return {
        "id": str(found.case.id),
        "title": found.case.title,
        "watches": [
            {
                "id": str(one.id),
                "kind": one.kind,
                "subject": one.subject,
                "name": one.name,
                "note": one.note,
                "posts_count": one.posts,
                "reports_count": one.reports,
            }
            for one in found.watches
        ],
        "paths_of": found.paths_of or None,
        "paths": [
            {
                "way": one.way,
                "count": one.count,
                "accounts": one.accounts,
                "people": one.people,
                "last_at": moment(one.last_at),
            }
            for one in found.paths
        ],
        "posts": [
            {
                "id": str(one.status_id),
                "acct": one.acct,
                "text": one.text,
                "media_count": one.media,
                "is_evidence": one.is_evidence,
                "created_at": moment(one.created_at),
            }
            for one in found.posts
        ],
    }
