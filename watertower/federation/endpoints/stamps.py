"""Stamps that members gave: third parties look at them before they show a quote (FEP-044f)."""

from watertower.base.errors import Gone, NotFound
from watertower.base.web import Response
from watertower.federation.addresses import id_in_path
from watertower.federation.answers import json_document
from watertower.federation.documents.quotes import stamp
from watertower.federation.endpoints.own import account_of, require_reader
from watertower.federation.queries.quotes import find_shown_stamp
from watertower.federation.request import FederationRequest


async def show_stamp(request: FederationRequest) -> Response:
    """The stamp; 410 when it was taken back. It says nothing but four addresses."""
    await require_reader(request)
    account = await account_of(request)
    stamp_id = id_in_path(request.path_params["stamp_id"])
    if stamp_id is None:
        raise NotFound
    async with request.ctx.reading() as tx:
        found = await find_shown_stamp(tx, stamp_id=stamp_id, account_id=account.id)
    if found is None:
        raise NotFound
    if found.is_revoked:
        raise Gone
    return json_document(
        request,
        stamp(
            uri=found.uri,
            author_uri=found.author_uri,
            quoting_uri=found.quoting_uri,
            quoted_uri=found.quoted_uri,
        ),
    )
