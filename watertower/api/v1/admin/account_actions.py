"""/api/v1/admin/accounts/:id/…: what moderators' own apps do about an account.

The words are Mastodon's; what they do here: `none` with a text is a warning, `disable` a freeze,
`sensitive` covers all media, `silence` limits, `suspend` suspends for thirty days and then purges.
"""

from collections.abc import Mapping

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.model import Permission
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.admin_account import render_admin_accounts
from watertower.api.shapes.raw import raw_response
from watertower.base.errors import Forbidden
from watertower.base.web import Response, json_response
from watertower.moderation.actions.standing.act import act_with_report
from watertower.moderation.actions.standing.delete_account import delete_account
from watertower.moderation.actions.standing.undo import lift
from watertower.moderation.model.standing import Decision, Kind

KINDS: Mapping[str, Kind] = {
    "none": Kind.NONE,
    "disable": Kind.FREEZE,
    "sensitive": Kind.SENSITIZE,
    "silence": Kind.LIMIT,
    "suspend": Kind.SUSPEND,
}
BY_APP = "Decided in an app"


async def post_action(request: ApiRequest) -> Response:
    """Act on an account, and close the report that led to it."""
    word = request.one_of("type", tuple(KINDS))
    if word is None:
        raise invalid("type", "is not included in the list", "ERR_INCLUSION")
    text = (request.text("text") or "").strip()
    kind = KINDS[word]
    if kind is Kind.NONE and text:
        kind = Kind.WARNING
    await act_with_report(
        request.ctx,
        actor_id=request.my_account_id,
        report_id=request.id("report_id"),
        preset_id=request.id("warning_preset_id"),
        decision=Decision(
            kind=kind,
            target_account_id=request.path_id(),
            reason=BY_APP,
            message=text,
            is_mailed=request.flag("send_email_notification", True) is not False,
        ),
    )
    return json_response({})


async def post_enable(request: ApiRequest) -> Response:
    """End a freeze."""
    return await _lifted(request, Kind.FREEZE)


async def post_unsensitive(request: ApiRequest) -> Response:
    """Cover the media of the account no longer."""
    return await _lifted(request, Kind.SENSITIZE)


async def post_unsilence(request: ApiRequest) -> Response:
    """End a limit."""
    return await _lifted(request, Kind.LIMIT)


async def post_unsuspend(request: ApiRequest) -> Response:
    """Restore a suspended account, whole."""
    return await _lifted(request, Kind.SUSPEND)


async def remove_account(request: ApiRequest) -> Response:
    """Delete a suspended account for good, before the thirty days are over."""
    if not request.me.may(Permission.DELETE_USER_DATA):
        raise Forbidden
    shown = await _account(request)
    await delete_account(
        request.ctx,
        actor_id=request.my_account_id,
        account_id=request.path_id(),
        reason=BY_APP,
    )
    return shown


async def _lifted(request: ApiRequest, kind: Kind) -> Response:
    await lift(
        request.ctx,
        actor_id=request.my_account_id,
        account_id=request.path_id(),
        kind=kind,
        reason=BY_APP,
    )
    return await _account(request)


async def _account(request: ApiRequest) -> Response:
    account_id = request.path_id()
    found = await render_admin_accounts(request.ctx, [account_id])
    if account_id not in found:
        raise AccountNotFound
    return raw_response(found[account_id])
