"""The push subscription of an app."""

from watertower.base.context import Context
from watertower.feeds.errors import PushSubscriptionNotFound
from watertower.feeds.model import PushSubscription
from watertower.feeds.queries.push_subscriptions import find_push_subscription


async def push_subscription_of(ctx: Context, *, token_id: int) -> PushSubscription:
    """The subscription of this token; else PushSubscriptionNotFound."""
    async with ctx.reading() as tx:
        found = await find_push_subscription(tx, token_id=token_id)
    if found is None:
        raise PushSubscriptionNotFound
    return found
