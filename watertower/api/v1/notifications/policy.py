"""Who may notify: /api/v1/notifications/policy (yes or no) and /api/v2/… (accept, filter, drop)."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.notification import policy_shape, policy_v1_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.notifications import policy_of
from watertower.feeds.actions.notifications import change_policy

VERDICTS = ("accept", "filter", "drop")
KINDS = (
    "for_not_following",
    "for_not_followers",
    "for_new_accounts",
    "for_private_mentions",
    "for_limited_accounts",
    "for_bots",
)
V1_KINDS = {
    "filter_not_following": "for_not_following",
    "filter_not_followers": "for_not_followers",
    "filter_new_accounts": "for_new_accounts",
    "filter_private_mentions": "for_private_mentions",
    "filter_bots": "for_bots",
}


async def get_policy(request: ApiRequest) -> Response:
    """The policy with accept, filter or drop for each kind of sender."""
    policy, aside = await policy_of(request.ctx, account_id=request.my_account_id)
    return json_response(policy_shape(policy, aside))


async def patch_policy(request: ApiRequest) -> Response:
    """Change what is given."""
    changes = {
        name: verdict for name in KINDS if (verdict := request.one_of(name, VERDICTS)) is not None
    }
    await change_policy(request.ctx, account_id=request.my_account_id, changes=changes)
    return await get_policy(request)


async def get_policy_v1(request: ApiRequest) -> Response:
    """The policy as older apps know it."""
    policy, aside = await policy_of(request.ctx, account_id=request.my_account_id)
    return json_response(policy_v1_shape(policy, aside))


async def put_policy_v1(request: ApiRequest) -> Response:
    """Change what is given; true means filter."""
    changes = {
        name: "filter" if wish else "accept"
        for flag, name in V1_KINDS.items()
        if (wish := request.flag(flag)) is not None
    }
    await change_policy(request.ctx, account_id=request.my_account_id, changes=changes)
    return await get_policy_v1(request)
