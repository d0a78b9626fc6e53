"""Every list of the client API: how it is walked, or why it is not.

An item is put at a given id, the one its list sorts by, so that a walk can see something arrive
above, below and between what it has read.
"""

from tests.api.community import Walked
from tests.api.lists_of_members import MEMBERS
from tests.api.lists_of_staff import STAFF

# With a Link header, to be walked down and up.
WALKED: dict[str, Walked] = MEMBERS | STAFF

# What has no Link header, and why.
WHOLE = "short by itself, answered as a whole as Mastodon does"
ASKED = "as many as were asked for"
RANKED = "a ranking, which has no ids to page by: `offset`, as Mastodon does"
URGENCY = "sorted by what is due, which has no ids to page by"
OTHERWISE: dict[str, str] = {
    "/api/v1/accounts/search": RANKED,
    "/api/v1/accounts/relationships": ASKED,
    "/api/v1/accounts/familiar_followers": ASKED,
    "/api/v1/accounts": ASKED,
    "/api/v1/accounts/:id/featured_tags": WHOLE,
    "/api/v1/directory": RANKED,
    "/api/v1/suggestions": RANKED,
    "/api/v2/suggestions": RANKED,
    "/api/v1/statuses": ASKED,
    "/api/v1/statuses/:id/history": WHOLE,
    "/api/v1/custom_emojis": WHOLE,
    "/api/v1/notifications/unread_count": "a number; `limit` is how far it counts",
    "/api/v2/notifications/unread_count": "a number; `limit` is how far it counts",
    "/api/v1/lists": WHOLE,
    "/api/v1/accounts/:id/lists": WHOLE,
    "/api/v2/filters": WHOLE,
    "/api/v2/filters/:filter_id/keywords": WHOLE,
    "/api/v2/filters/:filter_id/statuses": WHOLE,
    "/api/v2/search": RANKED,
    "/api/v1/featured_tags": WHOLE,
    "/api/v1/featured_tags/suggestions": WHOLE,
    "/api/v1/accounts/:account_id/collections": "`offset`, with a Link header, as Mastodon does",
    "/api/v1/accounts/:account_id/in_collections": "`offset`, with a Link header",
    "/api/v1_alpha/accounts/:account_id/collections": "the same under its old name",
    "/api/v1_alpha/accounts/:account_id/in_collections": "the same under its old name",
    "/api/v1/announcements": WHOLE,
    "/api/v1/trends": RANKED,
    "/api/v1/trends/tags": RANKED,
    "/api/v1/trends/links": RANKED,
    "/api/v1/trends/statuses": RANKED,
    "/api/v1/instance/rules": WHOLE,
    "/api/v1/instance/languages": WHOLE,
    "/api/v1/instance/peers": WHOLE,
    "/api/v1/instance/activity": WHOLE,
    "/api/v1/instance/domain_blocks": WHOLE,
    "/api/v1/peers/search": RANKED,
    "/api/v1/admin/trends/tags": RANKED,
    "/api/v1/admin/trends/statuses": RANKED,
    "/api/v1/admin/trends/links": RANKED,
    "/api/watertower/v1/servers": "by name or size: `page` from 0",
    "/api/watertower/v1/cases": URGENCY + ": `after`, and `next` in the answer",
    "/api/watertower/v1/sign_ups": URGENCY + ": `offset`",
}
