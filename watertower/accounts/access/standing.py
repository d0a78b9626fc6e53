"""Whether an account may act at all. Moderation decides, this enforces."""

from watertower.accounts.errors import MayNotAct
from watertower.accounts.queries.standing import find_standing
from watertower.base.db.transaction import Reading


async def require_may_interact(tx: Reading, *, account_id: int) -> None:
    """Raise MayNotAct unless the account may post, follow and react.

    The gate of each door has checked this for its caller; actions check again, because jobs
    and other rooms call them too.
    """
    standing = await find_standing(tx, account_id=account_id)
    if standing is None or standing.is_suspended or standing.is_frozen:
        raise MayNotAct
