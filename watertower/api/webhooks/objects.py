"""What webhooks are told about things that Mastodon has no shape for: who, when, how far.

Nothing that was said, and no reasons: those are for who may read them on the desk.
"""

from typing import Any

from watertower.api.shapes.times import moment
from watertower.api.shapes.vote import vote_shape
from watertower.base.context import Context
from watertower.base.errors import NotFound
from watertower.community.access.votes import vote_for
from watertower.moderation.actions.webhooks.told import (
    decision_told,
    freeze_told,
    message_told,
    mistake_told,
    stay_told,
)


async def own_object(ctx: Context, kind: str, object_id: int) -> dict[str, Any] | None:
    """The thing behind freeze, server, mistake, message, team and vote; None if it is gone."""
    find = _KINDS.get(kind)
    return None if find is None else await find(ctx, object_id)


async def _freeze(ctx: Context, object_id: int) -> dict[str, Any] | None:
    found = await freeze_told(ctx, freeze_id=object_id)
    return (
        None
        if found is None
        else {
            "id": str(found.id),
            "account_id": str(found.account_id),
            "case_id": found.case_id and str(found.case_id),
            "state": str(found.state),
            "begun_at": moment(found.begun_at),
            "complete_by": moment(found.complete_by),
            "submitted_at": moment(found.submitted_at),
            "ended_at": moment(found.ended_at),
        }
    )


async def _server(ctx: Context, object_id: int) -> dict[str, Any] | None:
    found = await decision_told(ctx, decision_id=object_id)
    return (
        None
        if found is None
        else {
            "id": str(found.id),
            "domain": found.domain,
            "severity": str(found.severity),
            "rejects_media": found.rejects_media,
            "rejects_reports": found.rejects_reports,
            "covers_subdomains": found.covers_subdomains,
            "lifted": found.is_lifting,
            "public_comment": found.public_comment,
            "review_at": moment(found.review_at),
            "ends_at": moment(found.ends_at),
        }
    )


async def _mistake(ctx: Context, object_id: int) -> dict[str, Any] | None:
    found = await mistake_told(ctx, mistake_id=object_id)
    return (
        None
        if found is None
        else {
            "id": str(found.id),
            "case_id": str(found.case_id),
            "action_id": found.action_id and str(found.action_id),
            "state": found.state,
        }
    )


async def _message(ctx: Context, object_id: int) -> dict[str, Any] | None:
    found = await message_told(ctx, message_id=object_id)
    return (
        None
        if found is None
        else {
            "id": str(found.id),
            "case_id": str(found.case_id),
            "thread": found.thread,
        }
    )


async def _team(ctx: Context, object_id: int) -> dict[str, Any] | None:
    found = await stay_told(ctx, account_id=object_id)
    return (
        None
        if found is None
        else {
            "account_id": str(found.account_id),
            "username": found.username,
            "team": found.team,
            "state": str(found.state),
            "lead": found.is_lead,
            "joined_at": moment(found.joined_at),
            "left_at": moment(found.left_at),
        }
    )


async def _vote(ctx: Context, object_id: int) -> dict[str, Any] | None:
    try:
        return vote_shape(ctx, await vote_for(ctx, viewer=None, vote_id=object_id))
    except NotFound:
        return None


_KINDS = {
    "freeze": _freeze,
    "server": _server,
    "mistake": _mistake,
    "message": _message,
    "team": _team,
    "vote": _vote,
}
