"""Every address other servers use, on one page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from watertower.base.web import Response
from watertower.federation.endpoints.actors import show_actor, show_instance_actor
from watertower.federation.endpoints.collections import (
    show_empty_outbox,
    show_featured,
    show_featured_tags,
    show_followers,
    show_following,
    show_outbox,
)
from watertower.federation.endpoints.followers_sync import show_followers_here
from watertower.federation.endpoints.inboxes import post_inbox, post_shared_inbox
from watertower.federation.endpoints.stamps import show_stamp
from watertower.federation.endpoints.statuses import (
    show_likes,
    show_replies,
    show_shares,
    show_status,
    show_status_activity,
)
from watertower.federation.endpoints.things import show_emoji, show_tag
from watertower.federation.request import FederationRequest
from watertower.federation.well_known.host_meta import show_host_meta, show_host_meta_json
from watertower.federation.well_known.nodeinfo import show_nodeinfo, show_nodeinfo_links
from watertower.federation.well_known.webfinger import show_webfinger

Handler = Callable[[FederationRequest], Awaitable[Response]]


@dataclass(frozen=True)
class FederationRoute:
    """One address. `is_page`: it is a page for people, and ours only when a document is wanted."""

    method: str
    path: str
    handler: Handler
    is_page: bool = False


def _of_account(path: str, handler: Handler, method: str = "GET") -> list[FederationRoute]:
    """The same in both forms: by number, as all addresses of ours, and by name."""
    return [
        FederationRoute(method, f"/ap/users/:id{path}", handler),
        FederationRoute(method, f"/users/:name{path}", handler),
    ]


ROUTES: list[FederationRoute] = [
    # who is here, and what is this
    FederationRoute("GET", "/.well-known/webfinger", show_webfinger),
    FederationRoute("GET", "/.well-known/host-meta", show_host_meta),
    FederationRoute("GET", "/.well-known/host-meta.json", show_host_meta_json),
    FederationRoute("GET", "/.well-known/nodeinfo", show_nodeinfo_links),
    FederationRoute("GET", "/nodeinfo/:version", show_nodeinfo),
    # the server itself
    FederationRoute("GET", "/emojis/:code", show_emoji),
    FederationRoute("GET", "/tags/:tag", show_tag, is_page=True),
    FederationRoute("GET", "/actor", show_instance_actor),
    FederationRoute("GET", "/actor/outbox", show_empty_outbox),
    FederationRoute("POST", "/actor/inbox", post_shared_inbox),
    # where others post
    FederationRoute("POST", "/inbox", post_shared_inbox),
    *_of_account("/inbox", post_inbox, "POST"),
    # members
    *_of_account("", show_actor),
    *_of_account("/outbox", show_outbox),
    *_of_account("/followers", show_followers),
    *_of_account("/followers_synchronization", show_followers_here),
    *_of_account("/following", show_following),
    *_of_account("/collections/featured", show_featured),
    *_of_account("/collections/tags", show_featured_tags),
    *_of_account("/quote_authorizations/:stamp_id", show_stamp),
    # statuses
    *_of_account("/statuses/:status_id", show_status),
    *_of_account("/statuses/:status_id/activity", show_status_activity),
    *_of_account("/statuses/:status_id/replies", show_replies),
    *_of_account("/statuses/:status_id/likes", show_likes),
    *_of_account("/statuses/:status_id/shares", show_shares),
    # pages, when a document is asked for
    FederationRoute("GET", "/:name", show_actor, is_page=True),
    FederationRoute("GET", "/:name/:status_id", show_status, is_page=True),
]
