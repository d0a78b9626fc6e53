"""The whole client API on one page: method, path, handler, scope.

A row with `needs=Needs.NOTHING` is public; if a token is sent, its scopes must fit all the
same. Every other row needs a signed-in member in good standing unless it says otherwise.
Alternatives of a scope are separated by `|`; the parent (`read` of `read:statuses`) always fits.
"""

from watertower.api.gate import Needs
from watertower.api.route import Route, route
from watertower.api.v1.statuses.create import post_status
from watertower.api.v1.statuses.favourite import post_favourite, post_unfavourite
from watertower.api.v1.statuses.show import get_status
from watertower.api.v1.timelines.home import get_home
from watertower.api.v1.timelines.list import get_list_timeline
from watertower.api.v1.timelines.public import get_public
from watertower.api.v1.timelines.tag import get_link_timeline, get_tag_timeline
from watertower.api.v1.notifications import dismiss as notification_dismiss
from watertower.api.v1.notifications import policy as notification_policy
from watertower.api.v1.notifications import requests as notification_requests
from watertower.api.v1.notifications.show import (
    get_notification,
    get_notifications,
    get_unread_count,
)

PUBLIC = Needs.NOTHING

# fmt: off
ROUTES: list[Route] = [
    # -- statuses ------------------------------------------------------------------------------
    route("POST", "/api/v1/statuses", post_status, scope="write:statuses", rate="statuses"),
    route("GET", "/api/v1/statuses/:id", get_status, needs=PUBLIC, scope="read:statuses"),
    route("POST", "/api/v1/statuses/:id/favourite", post_favourite, scope="write:favourites"),
    route("POST", "/api/v1/statuses/:id/unfavourite", post_unfavourite, scope="write:favourites"),

    # -- timelines -----------------------------------------------------------------------------
    route("GET", "/api/v1/timelines/home", get_home, scope="read:statuses"),
    route("GET", "/api/v1/timelines/public", get_public, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/timelines/tag/:hashtag", get_tag_timeline, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/timelines/link", get_link_timeline, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/timelines/list/:list_id", get_list_timeline, scope="read:lists"),

    # -- notifications -------------------------------------------------------------------------
    route("GET", "/api/v1/notifications", get_notifications, scope="read:notifications"),
    route("GET", "/api/v1/notifications/unread_count", get_unread_count, scope="read:notifications"),
    route("POST", "/api/v1/notifications/clear", notification_dismiss.post_clear, scope="write:notifications"),
    route("GET", "/api/v1/notifications/policy", notification_policy.get_policy_v1, scope="read:notifications"),
    route("PUT", "/api/v1/notifications/policy", notification_policy.put_policy_v1, scope="write:notifications"),
    route("GET", "/api/v2/notifications/policy", notification_policy.get_policy, scope="read:notifications"),
    route("PATCH", "/api/v2/notifications/policy", notification_policy.patch_policy, scope="write:notifications"),
    route("PUT", "/api/v2/notifications/policy", notification_policy.patch_policy, scope="write:notifications"),
    route("GET", "/api/v1/notifications/requests", notification_requests.get_requests, scope="read:notifications"),
    route("GET", "/api/v1/notifications/requests/merged", notification_requests.get_merged, scope="read:notifications"),
    route("POST", "/api/v1/notifications/requests/accept", notification_requests.post_accept_all, scope="write:notifications"),
    route("POST", "/api/v1/notifications/requests/dismiss", notification_requests.post_dismiss_all, scope="write:notifications"),
    route("GET", "/api/v1/notifications/requests/:id", notification_requests.get_request, scope="read:notifications"),
    route("POST", "/api/v1/notifications/requests/:id/accept", notification_requests.post_accept, scope="write:notifications"),
    route("POST", "/api/v1/notifications/requests/:id/dismiss", notification_requests.post_dismiss, scope="write:notifications"),
    route("GET", "/api/v1/notifications/:id", get_notification, scope="read:notifications"),
    route("POST", "/api/v1/notifications/:id/dismiss", notification_dismiss.post_dismiss, scope="write:notifications"),
]
# fmt: on
