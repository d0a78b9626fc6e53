"""Web Push for the app that asks: one subscription for each access token."""

from watertower.api.gate import bearer_token
from watertower.api.request import ApiRequest
from watertower.api.shapes.push_subscription import ALERTS, push_subscription_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.push import push_subscription_of
from watertower.feeds.actions.push import change_push, subscribe_to_push, unsubscribe_from_push

POLICIES = ("all", "followed", "follower", "none")
MOST_ENDPOINT = 2048  # characters
MOST_KEY = 200


async def post_push_subscription(request: ApiRequest) -> Response:
    """Subscribe, replacing what this app had."""
    subscription = request.group("subscription")
    keys = subscription.group("keys")
    query_token = request.params.get("access_token")
    made = await subscribe_to_push(
        request.ctx,
        token_id=request.me.token_id,
        account_id=request.my_account_id,
        access_token=bearer_token(
            request.headers, query_token if isinstance(query_token, str) else None
        )
        or "",
        endpoint=subscription.required_text("endpoint", limit=MOST_ENDPOINT),
        p256dh=keys.required_text("p256dh", limit=MOST_KEY),
        auth=keys.required_text("auth", limit=MOST_KEY),
        is_standard=subscription.is_on("standard"),
        alerts=_alerts(request) or {},
        policy=_policy(request) or "all",
    )
    return json_response(push_subscription_shape(request.ctx, made))


async def get_push_subscription(request: ApiRequest) -> Response:
    """The subscription of this app."""
    found = await push_subscription_of(request.ctx, token_id=request.me.token_id)
    return json_response(push_subscription_shape(request.ctx, found))


async def put_push_subscription(request: ApiRequest) -> Response:
    """Change what this app hears of."""
    changed = await change_push(
        request.ctx,
        token_id=request.me.token_id,
        alerts=_alerts(request),
        policy=_policy(request),
    )
    return json_response(push_subscription_shape(request.ctx, changed))


async def delete_push_subscription(request: ApiRequest) -> Response:
    """End it."""
    await unsubscribe_from_push(request.ctx, token_id=request.me.token_id)
    return json_response({})


def _alerts(request: ApiRequest) -> dict[str, bool] | None:
    """Which kinds are wanted; None if the request does not say. Kinds left out are off."""
    data = request.group("data")
    if "alerts" not in data.params:
        return None
    alerts = data.group("alerts")
    return {kind: alerts.is_on(kind) for kind in ALERTS if kind in alerts.params}


def _policy(request: ApiRequest) -> str | None:
    return request.group("data").one_of("policy", POLICIES) or request.one_of("policy", POLICIES)
