"""Who may answer a status: its author's choice, enforced for people here and elsewhere."""

from watertower.base.db.transaction import Reading
from watertower.statuses.model import Status

POLICIES = ("public", "followers", "mentioned", "nobody")

MAY_REPLY = """
    SELECT EXISTS (
        SELECT 1 FROM mentions m WHERE m.status_id = $1 AND m.account_id = $2 AND $4 <> 'nobody'
    ) OR ($4 = 'followers' AND EXISTS (
        SELECT 1 FROM follows f WHERE f.account_id = $2 AND f.target_account_id = $3
    ))
"""


async def may_reply(tx: Reading, *, account_id: int, parent: Status) -> bool:
    """Whether the account may answer it. Authors always may; no query where everybody may."""
    if parent.reply_policy == "public" or parent.account_id == account_id:
        return True
    return bool(
        await tx.fetch_value(
            MAY_REPLY, parent.id, account_id, parent.account_id, parent.reply_policy
        )
    )
