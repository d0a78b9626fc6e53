"""Admin::Account, as JSON: an account with what moderators know. Source: `admin/account`, 4.6."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.credential_account import role_shape
from watertower.api.shapes.raw import raw
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.moderation.access.dossiers import dossiers_by_id, everyone_permissions
from watertower.moderation.model.dossiers import Dossier


async def render_admin_accounts(ctx: Context, account_ids: Sequence[int]) -> dict[int, bytes]:
    """Accounts for moderators as JSON bytes by id, in a fixed number of queries."""
    if not account_ids:
        return {}
    ids = list(dict.fromkeys(account_ids))
    dossiers = await dossiers_by_id(ctx, account_ids=ids)
    accounts = await render_accounts(ctx, ids)
    everyone = await everyone_permissions(ctx)
    return {
        one: to_json_bytes(_shape(dossiers[one], everyone) | {"account": raw(accounts[one])})
        for one in ids
        if one in dossiers and one in accounts
    }


def _shape(known: Dossier, everyone: int) -> dict[str, Any]:
    is_member = known.role is not None
    shape: dict[str, Any] = {
        "id": str(known.account_id),
        "username": known.username,
        "domain": known.domain,
        "created_at": moment(known.created_at),
        "email": known.email,
        "ip": known.ip,
        "ips": [
            {"ip": ip, "used_at": moment(datetime.fromisoformat(used_at))}
            for ip, used_at in known.ips
        ],
        "confirmed": known.is_confirmed if is_member else None,
        "approved": known.is_approved if is_member else None,
        "disabled": known.is_frozen if is_member else None,
        "suspended": known.is_suspended,
        "silenced": known.is_limited,
        "sensitized": known.is_sensitized,
        "locale": known.locale,
        "invite_request": known.sign_up_reason or None,
        "role": role_shape(known.role, everyone) if known.role is not None else None,
    }
    if known.application_id is not None:
        shape["created_by_application_id"] = str(known.application_id)
    if known.invited_by_account_id is not None:
        shape["invited_by_account_id"] = str(known.invited_by_account_id)
    return shape
