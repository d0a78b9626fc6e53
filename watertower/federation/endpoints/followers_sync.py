"""Which followers of a member live on the server that asks (FEP-8fcf). Nobody sees others'."""

from watertower.base.web import Response
from watertower.federation.answers import json_document
from watertower.federation.documents.context import AS
from watertower.federation.endpoints.own import account_of
from watertower.federation.followers_digest import origin_of
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.followers_sync import list_followers_at
from watertower.federation.request import FederationRequest
from watertower.federation.sender import sender_of
from watertower.federation.signatures.errors import SignatureRefused


async def show_followers_here(request: FederationRequest) -> Response:
    """The followers on the server of who signed. Raises SignatureRefused for everybody else."""
    key = await sender_of(request, b"")
    account = await account_of(request)
    async with request.ctx.reading() as tx:
        reader = await find_actor(tx, account_id=key.account_id)
        if reader is None or key.is_suspended:
            raise SignatureRefused
        uris = await list_followers_at(tx, account_id=account.id, origin=origin_of(reader.uri))
    return json_document(
        request,
        {
            "@context": AS,
            "id": f"{account.uri}/followers_synchronization",
            "type": "OrderedCollection",
            "orderedItems": uris,
        },
        is_public=False,
    )
