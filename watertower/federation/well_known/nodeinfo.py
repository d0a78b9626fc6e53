"""NodeInfo 2.0 and 2.1: what this server is and how big.

It speaks the Mastodon API and says so in `metadata.upstream`, which some apps and directories
look for to know what they may ask.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from watertower import __version__
from watertower.accounts.access.registrations import registrations_in
from watertower.accounts.access.site import site_of
from watertower.base.context import Context
from watertower.base.errors import NotFound
from watertower.base.json import to_json_bytes
from watertower.base.web import Response, json_response
from watertower.federation.queries.shown import Usage, count_usage
from watertower.federation.request import FederationRequest

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/"
COUNTED_EVERY = timedelta(minutes=5)
UPSTREAM_VERSION = "4.6.5"
HEADERS = {"access-control-allow-origin": "*", "cache-control": "public, max-age=1800"}


@dataclass
class _Kept:
    usage: Usage
    until: datetime


_kept: WeakKeyDictionary[object, _Kept] = WeakKeyDictionary()


async def show_nodeinfo_links(request: FederationRequest) -> Response:
    """Where the documents are."""
    base = request.ctx.settings.base_url
    links = [
        {"rel": f"{SCHEMA}{version}", "href": f"{base}/nodeinfo/{version}"}
        for version in ("2.0", "2.1")
    ]
    return json_response({"links": links}, headers=dict(HEADERS))


async def show_nodeinfo(request: FederationRequest) -> Response:
    """The document of one version."""
    version = request.path_params["version"].removesuffix(".json")
    if version not in {"2.0", "2.1"}:
        raise NotFound
    document = await nodeinfo(request.ctx, version)
    return Response(
        to_json_bytes(document),
        content_type=f'application/json; profile="{SCHEMA}{version}#"; charset=utf-8',
        headers=dict(HEADERS),
    )


async def nodeinfo(ctx: Context, version: str) -> dict[str, Any]:
    """The document; counts are at most five minutes old."""
    usage = await _usage(ctx)
    site = await site_of(ctx)
    async with ctx.reading() as tx:
        registrations = await registrations_in(tx, ctx.settings)
    software = {"name": "watertower", "version": __version__}
    if version == "2.1":
        software["repository"] = "https://github.com/watertower-server/watertower"
    return {
        "version": version,
        "software": software,
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "usage": {
            "users": {
                "total": usage.total,
                "activeMonth": usage.month,
                "activeHalfyear": usage.half_year,
            },
            "localPosts": usage.statuses,
        },
        "openRegistrations": registrations.is_open,
        "metadata": {
            "nodeName": site.title,
            "nodeDescription": site.short_description,
            "upstream": {"name": "mastodon", "version": UPSTREAM_VERSION},
        },
    }


async def _usage(ctx: Context) -> Usage:
    now = ctx.now()
    kept = _kept.get(ctx.db)
    if kept is None or kept.until <= now:
        async with ctx.reading(may_lag=True) as tx:
            usage = await count_usage(
                tx, half_year_ago=now - timedelta(days=180), month_ago=now - timedelta(days=30)
            )
        kept = _kept[ctx.db] = _Kept(usage, now + COUNTED_EVERY)
    return kept.usage
