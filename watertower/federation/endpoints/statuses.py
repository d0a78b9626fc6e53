"""Statuses as documents, their activities, and what is counted about them."""

from typing import Any

from watertower.base.errors import Gone, NotFound
from watertower.base.web import Response
from watertower.federation.addresses import id_in_path
from watertower.federation.answers import document_response, json_document
from watertower.federation.documents.activities import create
from watertower.federation.documents.context import AS, NOTE_CONTEXT
from watertower.federation.documents.note import note_bytes, note_document, note_line
from watertower.federation.endpoints.collections import boost_document
from watertower.federation.endpoints.own import page_for, require_reader
from watertower.federation.queries.shown import OwnStatus, find_own_status, list_reply_uris
from watertower.federation.request import FederationRequest
from watertower.federation.sender import reader_of
from watertower.statuses.access.statuses import lines_for
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.model import StatusLine

REPLIES_PAGE = 60


async def show_status(request: FederationRequest) -> Response:
    """A Note or Question; of a boost its Announce."""
    status, line, is_public = await _seen(request)
    if line.reblog_of is None and (page := page_for(request, _page_url(request, status))):
        return page
    if line.reblog_of is not None:
        return json_document(request, await boost_document(request, line), is_public=is_public)
    body = await note_bytes(request.ctx, line)
    tag = f"{line.id}-{line.version}-{line.favourites_count}-{line.reblogs_count}"
    return document_response(request, body, tag=tag, is_public=is_public)


async def show_status_activity(request: FederationRequest) -> Response:
    """The Create of a status, or the Announce of a boost."""
    _, line, is_public = await _seen(request)
    if line.reblog_of is not None:
        return json_document(request, await boost_document(request, line), is_public=is_public)
    note = await note_document(request.ctx, line)
    return json_document(request, {"@context": NOTE_CONTEXT} | create(note), is_public=is_public)


async def show_replies(request: FederationRequest) -> Response:
    """Public answers by address: the author's own first, those of others on their own pages."""
    status, line, is_public = await _seen(request)
    uri = f"{status.uri}/replies"
    if "page" not in request.query:
        first = await _replies_page(request, status, line, uri, by_author=True, after=0)
        return json_document(
            request,
            {"@context": AS, "id": uri, "type": "Collection", "first": first},
            is_public=is_public,
        )
    by_author = request.query.get("only_other_accounts") != "true"
    after = id_in_path(request.query.get("min_id", "")) or 0
    page = await _replies_page(request, status, line, uri, by_author=by_author, after=after)
    return json_document(request, {"@context": AS} | page, is_public=is_public)


async def _replies_page(
    request: FederationRequest,
    status: OwnStatus,
    line: StatusLine,
    uri: str,
    *,
    by_author: bool,
    after: int,
) -> dict[str, Any]:
    async with request.ctx.reading() as tx:
        rows = await list_reply_uris(
            tx,
            status_id=line.id,
            author_id=status.account_id,
            by_author=by_author,
            after_id=after,
            limit=REPLIES_PAGE,
        )
    seen = await lines_for(request.ctx, viewer=None, status_ids=[row[0] for row in rows])
    visible = {one.id for one in seen}
    others = "" if by_author else "only_other_accounts=true&"
    page: dict[str, Any] = {
        "id": f"{uri}?{others}min_id={after}&page=true" if after else f"{uri}?{others}page=true",
        "type": "CollectionPage",
        "partOf": uri,
        "items": [row[1] for row in rows if row[0] in visible],
    }
    if len(rows) == REPLIES_PAGE:
        page["next"] = f"{uri}?{others}min_id={rows[-1][0]}&page=true"
    elif by_author:
        page["next"] = f"{uri}?only_other_accounts=true&page=true"
    return page


async def show_likes(request: FederationRequest) -> Response:
    """How many starred it."""
    status, line, is_public = await _seen(request)
    return _counted(request, f"{status.uri}/likes", line.favourites_count, is_public=is_public)


async def show_shares(request: FederationRequest) -> Response:
    """How many boosted it."""
    status, line, is_public = await _seen(request)
    return _counted(request, f"{status.uri}/shares", line.reblogs_count, is_public=is_public)


def _counted(request: FederationRequest, uri: str, total: int, *, is_public: bool) -> Response:
    document = {"@context": AS, "id": uri, "type": "Collection", "totalItems": total}
    return json_document(request, document, is_public=is_public)


async def _seen(request: FederationRequest) -> tuple[OwnStatus, StatusLine, bool]:
    """The status in the path as the one who signed may see it, and whether anybody may.

    Raises NotFound, Gone for a deleted one, SignatureRefused in authorized-fetch mode.
    """
    ctx = request.ctx
    status_id = id_in_path(request.path_params["status_id"])
    if status_id is None:
        raise NotFound
    await require_reader(request)
    try:
        line, is_public = await note_line(ctx, status_id=status_id, viewer_id=None), True
    except StatusNotFound:
        reader = await reader_of(request)
        if reader is None:
            await _raise_if_gone(request, status_id)
            raise
        line, is_public = await note_line(ctx, status_id=status_id, viewer_id=reader), False
    async with ctx.reading() as tx:
        status = await find_own_status(tx, status_id=status_id)
    if status is None or status.is_local_only or not _is_in_path(request, status):
        raise NotFound
    return status, line, is_public


async def _raise_if_gone(request: FederationRequest, status_id: int) -> None:
    async with request.ctx.reading() as tx:
        status = await find_own_status(tx, status_id=status_id)
    # Of what was not for all, nobody is told that it ever was.
    if status is not None and status.is_deleted and status.is_for_all and not status.is_local_only:
        raise Gone


def _is_in_path(request: FederationRequest, status: OwnStatus) -> bool:
    """Whether the account in the path is the author; a name is not looked up for it."""
    number = request.path_params.get("id")
    return number is None or number == str(status.account_id)


def _page_url(request: FederationRequest, status: OwnStatus) -> str:
    return f"{request.ctx.settings.base_url}/@{status.username}/{status.id}"
