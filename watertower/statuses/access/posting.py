"""How many posts an account of a special type has left today: shown before it is refused any."""

from dataclasses import dataclass
from datetime import datetime

from watertower.base.context import Context
from watertower.statuses.posting import WINDOW, Counter, PostingRules
from watertower.statuses.queries.posting_rules import (
    count_posts,
    find_overruns,
    find_posting_rules,
)


@dataclass(frozen=True)
class Posting:
    """The rules of an account, and where it stands with them."""

    rules: PostingRules
    used: int
    next_at: datetime | None  # when one more becomes possible; None while there is room
    refused_count: int
    refused_at: datetime | None

    @property
    def left(self) -> int | None:
        """How many posts are left in these 24 hours; None: not counted."""
        return None if self.rules.most_a_day is None else max(0, self.rules.most_a_day - self.used)


async def posting_of(ctx: Context, *, account_id: int) -> Posting | None:
    """Where the account stands; None for accounts without such rules."""
    now = ctx.now()
    async with ctx.reading() as tx:
        rules = await find_posting_rules(tx, account_id=account_id)
        if rules is None:
            return None
        counter: Counter = await count_posts(
            tx, account_id=account_id, since=now - WINDOW, until=now, with_planned=False
        )
        refused_count, refused_at = await find_overruns(tx, account_id=account_id)
    is_full = rules.most_a_day is not None and counter.used >= rules.most_a_day
    return Posting(
        rules, counter.used, counter.next_at(now) if is_full else None, refused_count, refused_at
    )
