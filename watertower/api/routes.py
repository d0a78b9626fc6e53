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
]
# fmt: on
