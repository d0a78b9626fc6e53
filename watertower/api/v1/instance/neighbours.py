"""Other servers: which we know, which we do not talk to; and how lively it is here."""

import hashlib
from datetime import UTC, datetime, time

from watertower.accounts.access.site import decided
from watertower.accounts.servers import obfuscated
from watertower.api.kept import Kept
from watertower.api.request import ApiRequest
from watertower.api.shapes.raw import raw_response
from watertower.base.context import Context
from watertower.base.errors import NotFound, NotSignedIn
from watertower.base.json import to_json_bytes
from watertower.base.web import Response, json_response
from watertower.statuses.access.community import peers, policies, weeks

HOUR = 3600.0
MOST_FOUND = 10
SEVERITIES = {"limit": "silence", "suspend": "suspend"}


async def _peers(ctx: Context) -> bytes:
    return to_json_bytes(await peers(ctx))


async def _activity(ctx: Context) -> bytes:
    return to_json_bytes(
        [
            {
                "week": str(int(datetime.combine(week.starts, time(), UTC).timestamp())),
                "statuses": str(week.statuses),
                "logins": str(week.logins),
                "registrations": str(week.registrations),
            }
            for week in await weeks(ctx)
        ]
    )


PEERS = Kept(_peers, seconds=HOUR)
ACTIVITY = Kept(_activity, seconds=HOUR)


async def get_peers(request: ApiRequest) -> Response:
    """Domains of servers that we know, unless the community keeps them to itself."""
    await _require_shown(request, "shows_peers")
    return raw_response(await PEERS.get(request.ctx))


async def get_activity(request: ApiRequest) -> Response:
    """The last twelve weeks in numbers, unless the community keeps them to itself."""
    await _require_shown(request, "shows_activity")
    return raw_response(await ACTIVITY.get(request.ctx))


async def get_peers_search(request: ApiRequest) -> Response:
    """Servers whose domain begins like this."""
    await _require_shown(request, "shows_peers")
    prefix = (request.text("q", limit=255) or "").strip()
    if not prefix:
        return json_response([])
    return json_response(await peers(request.ctx, prefix=prefix, most=MOST_FOUND))


async def _require_shown(request: ApiRequest, name: str) -> None:
    is_limited = request.ctx.settings.federation.limited
    if is_limited or not await decided(request.ctx, name=name, default=True):
        raise NotFound


async def get_domain_blocks(request: ApiRequest) -> Response:
    """Servers that are limited or suspended here: for all, for members, or for nobody.

    `show_domain_blocks` and `show_domain_blocks_rationale` are `all`, `users` or `disabled`.
    """
    if not await _may_see(request, "show_domain_blocks"):
        raise NotFound
    with_reasons = await _may_see(request, "show_domain_blocks_rationale")
    return json_response(
        [
            {
                "domain": obfuscated(policy["domain"])
                if policy["obfuscates"]
                else policy["domain"],
                "digest": hashlib.sha256(policy["domain"].encode()).hexdigest(),
                "severity": SEVERITIES[policy["severity"]],
                "comment": policy["public_comment"] if with_reasons else "",
            }
            for policy in await policies(request.ctx)
        ]
    )


async def _may_see(request: ApiRequest, name: str) -> bool:
    whom = await decided(request.ctx, name=name, default="disabled")
    # An app that speaks for itself is nobody's member, and anybody may register one.
    is_member = request.viewer is not None and request.viewer.account_id is not None
    if whom == "users" and not is_member and name == "show_domain_blocks":
        raise NotSignedIn("This method requires an authenticated user")
    return whom == "all" or (whom == "users" and is_member)
