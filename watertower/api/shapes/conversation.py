"""Conversation, as JSON. Source: entity `conversation` of the Mastodon API 4.6."""

from collections.abc import Sequence

from watertower.accounts.model import Viewer, viewer_id
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw
from watertower.api.shapes.status import render_status_map
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.feeds.model import InboxConversation


async def render_conversations(
    ctx: Context, conversations: Sequence[InboxConversation], *, viewer: Viewer
) -> list[bytes]:
    """Conversations as JSON bytes, in the order given; a fixed number of queries."""
    statuses = await render_status_map(
        ctx, [one.last_status_id for one in conversations], viewer=viewer
    )
    me = viewer_id(viewer) or 0
    # What one wrote to oneself alone shows oneself.
    people = {one.id: list(one.participant_ids) or [me] for one in conversations}
    accounts = await render_accounts(ctx, sorted({i for ids in people.values() for i in ids}))
    return [
        to_json_bytes(
            {
                "id": str(one.id),
                "unread": one.is_unread,
                "accounts": [raw(accounts[i]) for i in people[one.id] if i in accounts],
                "last_status": raw(statuses[one.last_status_id])
                if one.last_status_id in statuses
                else None,
            }
        )
        for one in conversations
    ]
