"""AccountWarning, as JSON, for the member it is about. Source: entity `account_warning`, 4.6.

It says what was decided and what the moderators wrote, never who decided and what the team said.
"""

from collections.abc import Mapping, Sequence

from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.moderation.access.standing import warnings_by_id
from watertower.moderation.model.standing import Kind

# Our words in those that members' apps know. A warning is their "none": nothing but a message.
ACTIONS: Mapping[Kind, str] = {
    Kind.NONE: "none",
    Kind.WARNING: "none",
    Kind.MARK_STATUSES_SENSITIVE: "mark_statuses_as_sensitive",
    Kind.REMOVE_STATUSES: "delete_statuses",
    Kind.SENSITIZE: "sensitive",
    Kind.LIMIT: "silence",
    Kind.FREEZE: "disable",
    Kind.SUSPEND: "suspend",
}


async def render_warnings(ctx: Context, action_ids: Sequence[int]) -> dict[int, bytes]:
    """Decisions as JSON bytes by id, in a fixed number of queries; in none if there are none."""
    found = await warnings_by_id(ctx, action_ids=action_ids)
    if not found:
        return {}
    people = await render_accounts(ctx, list({a.target_account_id for a, _ in found.values()}))
    return {
        action.id: to_json_bytes(
            {
                "id": str(action.id),
                "action": ACTIONS[action.kind],
                "text": action.message,
                "status_ids": [str(one) for one in action.status_ids] or None,
                "target_account": raw(people[action.target_account_id]),
                "appeal": None if appeal is None else {"text": appeal[0], "state": appeal[1]},
                "created_at": moment(action.created_at),
            }
        )
        for action, appeal in found.values()
        if action.target_account_id in people
    }
