"""WebPushSubscription, as JSON. Source: entity `web_push_subscription` of the Mastodon API 4.6."""

from typing import Any

from watertower.base.context import Context
from watertower.feeds.model import PushSubscription

# The kinds of notification that can be pushed.
ALERTS = (
    "mention",
    "status",
    "reblog",
    "follow",
    "follow_request",
    "favourite",
    "poll",
    "update",
    "quote",
    "quoted_update",
    "admin.sign_up",
    "admin.report",
)


def push_subscription_shape(ctx: Context, subscription: PushSubscription) -> dict[str, Any]:
    """The subscription; its id is a number, as in Mastodon."""
    return {
        "id": subscription.id,
        "endpoint": subscription.endpoint,
        "standard": subscription.is_standard,
        "alerts": dict(subscription.alerts),
        "server_key": ctx.secrets.vapid_public,
        "policy": subscription.policy,
    }
