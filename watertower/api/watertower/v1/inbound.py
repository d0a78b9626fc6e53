"""/api/watertower/v1/inbound: rules about what arrives, and what they hold."""

from datetime import timedelta
from typing import Any

import msgspec

from watertower.api.links import link_header
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.times import moment
from watertower.base.ids import MAX_ID
from watertower.base.web import Response, json_response
from watertower.moderation.access.inbound import (
    RuleSeen,
    held_for_desk,
    pile_for_desk,
    rule_for_desk,
    rules_for_desk,
)
from watertower.moderation.actions.inbound.decide_held import decide_held
from watertower.moderation.actions.inbound.write_rule import (
    end_rule,
    simulate_again,
    switch_on,
    undo_all,
    write_rule,
)
from watertower.moderation.model.inbound import Conditions, Effects, Held

DEFAULT_DAYS = 14


async def get_rules(request: ApiRequest) -> Response:
    """All rules, those that are not over first."""
    return json_response([_rule(seen) for seen in await rules_for_desk(request.ctx)])


async def get_rule(request: ApiRequest) -> Response:
    """One rule with what its simulation showed and what it did."""
    seen, _ = await rule_for_desk(request.ctx, rule_id=request.path_id())
    return json_response(_rule(seen))


async def post_rule(request: ApiRequest) -> Response:
    """Write a draft; its simulation begins at once."""
    return await _write(request, None)


async def put_rule(request: ApiRequest) -> Response:
    """Write a new version; a rule that held is a draft again."""
    return await _write(request, request.path_id())


async def post_simulate(request: ApiRequest) -> Response:
    """Simulate the newest version once more."""
    await simulate_again(request.ctx, actor_id=request.my_account_id, rule_id=request.path_id())
    return await get_rule(request)


async def post_switch_on(request: ApiRequest) -> Response:
    """Let the simulated version hold, for `days`."""
    days = request.number("days", DEFAULT_DAYS, least=1, most=90) or DEFAULT_DAYS
    await switch_on(
        request.ctx,
        actor_id=request.my_account_id,
        rule_id=request.path_id(),
        life=timedelta(days=days),
    )
    return await get_rule(request)


async def post_end(request: ApiRequest) -> Response:
    """Let it hold no longer; what it did stays."""
    await end_rule(request.ctx, actor_id=request.my_account_id, rule_id=request.path_id())
    return await get_rule(request)


async def post_undo(request: ApiRequest) -> Response:
    """End it and take back what it did."""
    await undo_all(
        request.ctx,
        actor_id=request.my_account_id,
        rule_id=request.path_id(),
        reason=request.text("reason") or "",
    )
    return await get_rule(request)


async def get_held(request: ApiRequest) -> Response:
    """What waits, in piles of what says nearly the same, the largest first."""
    queue = await held_for_desk(request.ctx)
    return json_response(
        {
            "count": queue.count,
            "piles": [
                {
                    "id": str(pile.pile),
                    "count": pile.held_count,
                    "accounts_count": pile.accounts_count,
                    "domains": list(pile.domains),
                    "since": moment(pile.first_at),
                    "last": _held(pile.last),
                }
                for pile in queue.piles
            ],
        }
    )


async def get_pile(request: ApiRequest) -> Response:
    """What lies on one pile, newest first."""
    page = request.page(default=40, most=80)
    found = await pile_for_desk(request.ctx, pile=_pile(request), page=page)
    headers = link_header(request, [one.id for one in found], page)
    return json_response([_held(one) for one in found], headers=headers)


async def post_release(request: ApiRequest) -> Response:
    """Let all of a pile appear, or those of `ids`."""
    return await _decide(request, is_released=True)


async def post_refuse(request: ApiRequest) -> Response:
    """Refuse all of a pile, or those of `ids`."""
    return await _decide(request, is_released=False)


async def _decide(request: ApiRequest, *, is_released: bool) -> Response:
    count = await decide_held(
        request.ctx,
        actor_id=request.my_account_id,
        pile=_pile(request),
        is_released=is_released,
        reason=request.text("reason") or "",
        only=request.ids("ids") if "ids" in request.params else None,
    )
    return json_response({"decided": count})


def _pile(request: ApiRequest) -> int:
    """A pile's number; it may be below zero."""
    text = request.path_params["id"]
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 19 and int(digits) <= MAX_ID:
        return int(text)
    raise invalid("id", "is not a pile")


async def _write(request: ApiRequest, rule_id: int | None) -> Response:
    try:
        conditions = msgspec.convert(request.params.get("conditions", {}), Conditions, strict=False)
        effects = msgspec.convert(request.params.get("effects", {}), Effects, strict=False)
    except msgspec.ValidationError as error:
        raise invalid("rule", str(error)) from error
    rule_id = await write_rule(
        request.ctx,
        actor_id=request.my_account_id,
        name=" ".join(request.required_text("name").split()),
        conditions=conditions,
        effects=effects,
        reason=request.text("reason") or "",
        rule_id=rule_id,
    )
    seen, _ = await rule_for_desk(request.ctx, rule_id=rule_id)
    return json_response(_rule(seen))


def _rule(seen: RuleSeen) -> dict[str, Any]:
    rule = seen.rule
    return {
        "id": str(rule.id),
        "name": rule.name,
        "state": rule.state,
        "version": rule.version,
        "conditions": msgspec.to_builtins(rule.conditions),
        "effects": msgspec.to_builtins(rule.effects),
        "reason": rule.reason,
        "is_simulated": rule.is_simulated,
        "simulation": rule.simulation
        and {
            **msgspec.to_builtins(rule.simulation),
            "examples": [
                {
                    **msgspec.to_builtins(one),
                    "status_id": str(one.status_id),
                    "account_id": str(one.account_id),
                }
                for one in rule.simulation.examples
            ],
        },
        "live_since": moment(rule.live_since),
        "expires_at": moment(rule.expires_at),
        "ended_at": moment(rule.ended_at),
        "created_at": moment(rule.created_at),
        "done": {effect: done for effect, (done, _) in seen.done.items()},
        "holding": {effect: holding for effect, (_, holding) in seen.done.items()},
    }


def _held(held: Held) -> dict[str, Any]:
    return {
        "id": str(held.id),
        "rule_id": str(held.rule_id),
        "kind": held.kind,
        "account_id": str(held.account_id),
        "acct": held.acct,
        "sample": held.sample,
        "uri": held.uri if held.domain is not None else None,
        "created_at": moment(held.created_at),
    }
