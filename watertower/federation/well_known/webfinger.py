"""WebFinger (RFC 7033): which actor a handle of ours stands for."""

from typing import Any
from urllib.parse import unquote

from watertower.base.context import Context
from watertower.base.errors import Gone, Invalid, NotFound
from watertower.base.json import to_json_bytes
from watertower.base.web import Response
from watertower.federation.addresses import INSTANCE_PATH, OwnName, own_account, own_path
from watertower.federation.model import ACTIVITY_JSON
from watertower.federation.queries.shown import OwnAccount, find_own_by_id, find_own_by_name
from watertower.federation.remote.actor import own_domains
from watertower.federation.remote.webfinger import canonical_domain
from watertower.federation.request import FederationRequest

RESOURCE_LIMIT = 2048


async def show_webfinger(request: FederationRequest) -> Response:
    """The account of an `acct:` or of an address of ours; 400, 404 and 410 as usual."""
    ctx = request.ctx
    resource = request.query.get("resource", "").strip()
    if not resource or len(resource) > RESOURCE_LIMIT:
        raise Invalid("A resource must be given")
    named = named_by(ctx, resource)
    if named is None:
        return jrd(instance_document(ctx))
    async with ctx.reading() as tx:
        if named.id is not None:
            account = await find_own_by_id(tx, account_id=named.id)
        else:
            account = await find_own_by_name(tx, username=named.username or "")
    if account is None or account.id < 0:
        raise NotFound
    if account.is_deleted:
        raise Gone
    return jrd(account_document(ctx, account))


def named_by(ctx: Context, resource: str) -> OwnName | None:
    """Which account of ours a resource names; None for the server itself. Raises NotFound."""
    if resource.startswith(("https://", "http://")):
        path = own_path(ctx.settings, resource)
        if path is not None and path.rstrip("/") in {"", INSTANCE_PATH}:
            return None
        named = own_account(ctx.settings, resource)
        if named is None:
            raise NotFound
        return named
    handle = resource.removeprefix("acct:").removeprefix("@")
    username, _, domain = unquote(handle).rpartition("@")
    own = own_domains(ctx)
    if not username or canonical_domain(domain) not in own:
        raise NotFound
    if username.lower() in own:
        return None
    return OwnName(username=username)


def account_document(ctx: Context, account: OwnAccount) -> dict[str, Any]:
    """A member's handle, addresses and picture."""
    base = ctx.settings.base_url
    links: list[dict[str, str]] = [
        {
            "rel": "http://webfinger.net/rel/profile-page",
            "type": "text/html",
            "href": account.url,
        },
        {"rel": "self", "type": ACTIVITY_JSON, "href": account.uri},
        {
            "rel": "http://ostatus.org/schema/1.0/subscribe",
            "template": f"{base}/authorize_interaction?uri={{uri}}",
        },
    ]
    if account.avatar_key is not None and not account.is_suspended:
        kind = "image/png" if account.avatar_key.endswith(".png") else "image/jpeg"
        if account.avatar_key.endswith((".gif", ".webp")):
            kind = "image/" + account.avatar_key.rpartition(".")[2]
        links.append(
            {
                "rel": "http://webfinger.net/rel/avatar",
                "type": kind,
                "href": ctx.storage.url(account.avatar_key),
            }
        )
    return {
        "subject": f"acct:{account.username}@{ctx.settings.server.domain}",
        "aliases": [account.url, account.uri],
        "links": links,
    }


def instance_document(ctx: Context) -> dict[str, Any]:
    """The server itself."""
    base, domain = ctx.settings.base_url, ctx.settings.server.domain
    return {
        "subject": f"acct:{domain}@{domain}",
        "aliases": [f"{base}{INSTANCE_PATH}"],
        "links": [
            {
                "rel": "http://webfinger.net/rel/profile-page",
                "type": "text/html",
                "href": f"{base}/about",
            },
            {"rel": "self", "type": ACTIVITY_JSON, "href": f"{base}{INSTANCE_PATH}"},
        ],
    }


def jrd(document: dict[str, Any]) -> Response:
    """A JSON Resource Descriptor that any page may read."""
    return Response(
        to_json_bytes(document),
        content_type="application/jrd+json; charset=utf-8",
        headers={
            "access-control-allow-origin": "*",
            "cache-control": "public, max-age=3600",
            "vary": "Accept",
        },
    )
