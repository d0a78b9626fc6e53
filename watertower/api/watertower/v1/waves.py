"""/api/watertower/v1/waves: many accounts that say nearly the same, and one decision for all."""

from typing import Any

import msgspec

from watertower.accounts.model import Permission
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.access.waves import WaveSeen, wave_for_desk, waves_for_desk
from watertower.moderation.actions.waves.decide import (
    call_harmless,
    decide_wave,
    undo_decision,
)
from watertower.moderation.model.waves import Decided, Wave, WaveDecision


async def get_waves(request: ApiRequest) -> Response:
    """Waves that wait, or with `over` those that do not, what moved last first."""
    found = await waves_for_desk(request.ctx, are_over=request.is_on("over"))
    return json_response([_wave(wave) for wave in found])


async def get_wave(request: ApiRequest) -> Response:
    """One wave with its servers, accounts, samples and decisions."""
    return json_response(_seen(await wave_for_desk(request.ctx, wave_id=request.path_id())))


async def post_decide(request: ApiRequest) -> Response:
    """One decision for all of it; it is carried out one account after the other."""
    sent = {
        name: request.params[name]
        for name in WaveDecision.__struct_fields__
        if name in request.params
    }
    try:
        decision = msgspec.convert(sent, WaveDecision, strict=False)
    except msgspec.ValidationError as error:
        raise invalid("decision", str(error)) from error
    await decide_wave(
        request.ctx,
        actor_id=request.my_account_id,
        wave_id=request.path_id(),
        decision=decision,
        may_limit_servers=request.me.may(Permission.MANAGE_FEDERATION),
    )
    return await get_wave(request)


async def post_harmless(request: ApiRequest) -> Response:
    """It is fine that many say this."""
    await call_harmless(
        request.ctx, actor_id=request.my_account_id, wave_id=request.path_id(), is_harmless=True
    )
    return await get_wave(request)


async def post_undo(request: ApiRequest) -> Response:
    """Put back what the decision `decision_id` did."""
    await undo_decision(
        request.ctx,
        actor_id=request.my_account_id,
        decision_id=request.id("decision_id") or 0,
        reason=request.text("reason") or "",
    )
    return await get_wave(request)


def _wave(wave: Wave) -> dict[str, Any]:
    return {
        "id": str(wave.id),
        "kind": wave.kind,
        "state": wave.state,
        "sample": wave.sample,
        "hosts": list(wave.hosts),
        "posts_count": wave.posts_count,
        "accounts_count": wave.accounts_count,
        "servers_count": wave.servers_count,
        "reports_count": wave.reports_count,
        "first_at": moment(wave.first_at),
        "last_at": moment(wave.last_at),
    }


def _seen(seen: WaveSeen) -> dict[str, Any]:
    return {
        **_wave(seen.wave),
        "known_accounts_count": seen.known_count,
        "servers": [
            {
                "domain": one.domain,
                "posts_count": one.posts,
                "accounts_count": one.accounts,
                "known_accounts_count": one.known_accounts,
                "severity": one.severity,
                "is_suggested": one.is_suggested,
            }
            for one in seen.servers
        ],
        "accounts": [
            {
                "id": str(one.account_id),
                "acct": one.acct,
                "posts_count": one.posts,
                "followers_here": one.followers_here,
                "limited": one.is_limited,
                "suspended": one.is_suspended,
            }
            for one in seen.accounts
        ],
        "decisions": [_decision(one) for one in seen.decisions],
    }


def _decision(one: Decided) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "state": one.state,
        "account_id": str(one.actor_account_id),
        **msgspec.to_builtins(one.decision),
        "total_accounts": one.total_accounts,
        "done_accounts": one.done_accounts,
        "closed_reports": one.closed_reports,
        "refused": list(one.refused),
        "created_at": moment(one.created_at),
        "finished_at": moment(one.finished_at),
    }
