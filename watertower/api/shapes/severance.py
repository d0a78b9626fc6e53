"""RelationshipSeveranceEvent, as JSON.

Source: entity `account_relationship_severance_event` of the Mastodon API 4.6.
"""

from collections.abc import Sequence
from typing import Any

from watertower.accounts.access.severances import severances_by_id
from watertower.api.shapes.times import moment
from watertower.base.context import Context


async def render_severances(ctx: Context, severance_ids: Sequence[int]) -> dict[int, Any]:
    """Events by id; no query for none."""
    if not severance_ids:
        return {}
    found = await severances_by_id(ctx, severance_ids=severance_ids)
    return {
        one.id: {
            "id": str(one.id),
            "type": "domain_block",
            # Never: what was severed is kept until it can come back.
            "purged": False,
            "target_name": one.domain,
            "followers_count": one.followers_count,
            "following_count": one.following_count,
            "created_at": moment(one.created_at),
        }
        for one in found.values()
    }
