"""Actors: members, and the server itself."""

from watertower.accounts.actions.own_keys import instance_key
from watertower.base.web import Response
from watertower.federation.answers import document_response, json_document
from watertower.federation.documents.actor import actor_bytes, render_instance_actor
from watertower.federation.endpoints.own import account_of, page_for, require_reader
from watertower.federation.request import FederationRequest


async def show_actor(request: FederationRequest) -> Response:
    """A member's profile. A suspended one still shows its name and key."""
    account = await account_of(request, shows_suspended=True)
    page = page_for(request, account.url)
    if page is not None:
        return page
    await require_reader(request)
    body = await actor_bytes(request.ctx, account_id=account.id, version=account.version)
    return document_response(request, body, tag=f"{account.id}-{account.version}")


async def show_instance_actor(request: FederationRequest) -> Response:
    """The server itself; readable by everybody, always."""
    key = await instance_key(request.ctx)
    return json_document(request, render_instance_actor(request.ctx, key))
