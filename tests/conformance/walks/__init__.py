"""One walk for each part of the API, in the order in which they are walked."""

from tests.conformance.walks import (
    admin,
    keeping,
    more,
    notifications,
    pages,
    people,
    servers,
    site,
    statuses,
    streaming,
    timelines,
)

WALKS = [
    site.walk,
    site.walk_sign_up,
    site.walk_about,
    site.walk_told,
    people.walk,
    people.walk_own,
    statuses.walk,
    statuses.walk_media,
    timelines.walk,
    keeping.walk,
    keeping.walk_filters,
    keeping.walk_collections,
    notifications.walk,
    admin.walk,
    streaming.walk,
    servers.walk,
    pages.walk,
    more.walk,
    more.walk_told,
]
