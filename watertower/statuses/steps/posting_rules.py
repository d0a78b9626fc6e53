"""The lever of moderation on what an account of a special type may post."""

from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.statuses.posting import PostingRules
from watertower.statuses.queries.posting_rules import delete_posting_rules, put_posting_rules


async def set_posting_rules(
    tx: Transaction, *, account_id: int, rules: PostingRules | None, at: datetime
) -> None:
    """From now on these rules hold; None: the account posts as people do."""
    if rules is None:
        await delete_posting_rules(tx, account_id=account_id)
    else:
        await put_posting_rules(tx, account_id=account_id, rules=rules, at=at)
