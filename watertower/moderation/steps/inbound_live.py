"""The rules that hold now, in the memory of each process: what arrives costs no query for them.

Whoever changes a rule empties the memory of its own process at once; the others read it again
after five seconds at most, as they do with policies towards servers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from watertower.base.context import Context
from watertower.moderation.model.inbound import Origin, Rule
from watertower.moderation.queries.inbound_held import has_held
from watertower.moderation.queries.inbound_rules import list_live_rules

KEPT = timedelta(seconds=5)


@dataclass(frozen=True)
class Live:
    """What holds now."""

    until: datetime
    rules: tuple[Rule, ...]
    has_held: bool

    def at(self, now: datetime, *, is_local: bool) -> list[Rule]:
        """Rules for what members write, or for what comes from elsewhere."""
        wanted = Origin.LOCAL if is_local else Origin.REMOTE
        return [
            rule
            for rule in self.rules
            if rule.conditions.origin in {wanted, Origin.ANY}
            and rule.expires_at is not None
            and now < rule.expires_at
        ]


_kept: WeakKeyDictionary[object, Live] = WeakKeyDictionary()


async def live_rules(ctx: Context) -> Live:
    """The rules that hold, at most five seconds old."""
    now = ctx.now()
    kept = _kept.get(ctx.db)
    if kept is None or not now < kept.until <= now + KEPT:
        async with ctx.reading() as tx:
            kept = Live(now + KEPT, tuple(await list_live_rules(tx, at=now)), await has_held(tx))
        _kept[ctx.db] = kept
    return kept


def forget_live_rules() -> None:
    """Read them again at once."""
    _kept.clear()
