"""/api/watertower/v1/account_type, /approved_accounts and /account_types: special accounts."""

from datetime import date
from typing import Any

from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.access.account_types import (
    approval_for,
    approvals_for,
    approved_accounts,
    own_type,
)
from watertower.moderation.actions.account_types import declare, review
from watertower.moderation.model.account_types import (
    CATEGORIES,
    QUESTIONS,
    WAITING,
    Approval,
    Said,
    State,
    Type,
)
from watertower.statuses.access.posting import Posting

LONGEST = 4000


async def get_own(request: ApiRequest) -> Response:
    """One's own type, its approval, and how many posts are left."""
    own = await own_type(request.ctx, account_id=request.my_account_id)
    return json_response(
        {
            "types": list(own.approval.types) if own.approval else [Type.GENERAL.value],
            "approval": _approval(own.approval) if own.approval else None,
            "expectations": {
                "version": own.expectations.version,
                "text": own.expectations.text,
            },
            "need_approval": sorted(own.need_approval),
            "posting": _posting(own.posting),
            "thread": [_said(one, for_staff=False) for one in own.thread],
        }
    )


async def put_own(request: ApiRequest) -> Response:
    """Say what the account is; `types[]` empty or "general" takes it back."""
    types = request.texts("types", most=20, limit=20)
    if not set(types) <= set(Type):
        raise invalid("types", f"must be of {', '.join(Type)}", "ERR_INCLUSION")
    await declare.declare(
        request.ctx,
        account_id=request.my_account_id,
        types=[Type(one) for one in types],
        invitation_code=request.text("invitation", limit=100) or "",
    )
    return await get_own(request)


async def post_apply(request: ApiRequest) -> Response:
    """Apply for approval."""
    answers = {name: request.text(name, limit=LONGEST) or "" for name in QUESTIONS}
    await declare.apply(
        request.ctx,
        account_id=request.my_account_id,
        application=declare.Application(
            answers=answers,
            accepts_expectations=request.is_on("accepts_expectations"),
            domain=request.text("domain", limit=300) or "",
            staff_count=request.number("staff_count", most=10_000_000),
            is_private=request.is_on("private"),
            private_reason=request.text("private_reason", limit=1000) or "",
        ),
    )
    return await get_own(request)


async def post_say(request: ApiRequest) -> Response:
    """Write into the thread of one's application."""
    text = request.required_text("text", limit=LONGEST)
    await declare.say(request.ctx, account_id=request.my_account_id, text=text)
    return await get_own(request)


async def post_appeal(request: ApiRequest) -> Response:
    """Appeal a refusal, or what was taken back."""
    text = request.required_text("text", limit=LONGEST)
    await declare.appeal(request.ctx, account_id=request.my_account_id, text=text)
    return await get_own(request)


async def post_accept(request: ApiRequest) -> Response:
    """Accept the expectations in force."""
    await declare.accept_expectations(request.ctx, account_id=request.my_account_id)
    return await get_own(request)


async def get_approved(request: ApiRequest) -> Response:
    """Approved accounts by category, for everybody."""
    groups = await approved_accounts(request.ctx)
    return json_response(
        [
            {
                "category": category,
                "accounts": [
                    {
                        "id": str(one.account_id),
                        "username": one.username,
                        "types": list(one.types),
                        "domain": one.domain if one.domain_verified_at else None,
                        "approved_at": moment(one.approved_at),
                    }
                    for one in found
                ],
            }
            for category, found in groups.items()
        ]
    )


async def get_approvals(request: ApiRequest) -> Response:
    """Special accounts for staff, what is due first; those that wait unless `state`."""
    state = request.one_of("state", tuple(State))
    states = sorted(WAITING) if state is None else [State(state)]
    found = await approvals_for(request.ctx, states=states)
    return json_response([_approval(one) for one in found])


async def get_approval(request: ApiRequest) -> Response:
    """One special account for staff."""
    whole = await approval_for(
        request.ctx, viewer_id=request.my_account_id, account_id=request.path_id()
    )
    return json_response(
        _approval(whole.approval)
        | {
            "posting": _posting(whole.posting),
            "same_domain": [str(one.account_id) for one in whole.same_domain],
            "thread": [_said(one, for_staff=True) for one in whole.thread],
        }
    )


async def post_decide(request: ApiRequest) -> Response:
    """review, approve, refuse, notice, end_notice, revoke, renew or say; the word is in the path."""
    ctx, actor_id, account_id = request.ctx, request.my_account_id, request.path_id()
    text = request.text("text", limit=LONGEST) or ""
    verb = request.path_params["verb"]
    if verb == "review":
        await review.begin_review(ctx, actor_id=actor_id, account_id=account_id)
    elif verb == "approve":
        category = request.one_of("category", CATEGORIES) or ""
        await review.approve(
            ctx, actor_id=actor_id, account_id=account_id, category=category, reason=text
        )
    elif verb == "refuse":
        await review.refuse(ctx, actor_id=actor_id, account_id=account_id, reason=text)
    elif verb == "notice":
        expectation = request.required_text("expectation", limit=1000)
        await review.give_notice(
            ctx, actor_id=actor_id, account_id=account_id, expectation=expectation, reason=text
        )
    elif verb == "end_notice":
        await review.end_notice(ctx, actor_id=actor_id, account_id=account_id, reason=text)
    elif verb == "revoke":
        await review.revoke(ctx, actor_id=actor_id, account_id=account_id, reason=text)
    elif verb == "renew":
        await review.renew(
            ctx, actor_id=actor_id, account_id=account_id, fee_paid_until=_date(request)
        )
    elif verb == "say":
        await review.say(ctx, actor_id=actor_id, account_id=account_id, text=text)
    else:
        raise invalid("verb", "is not a decision", "ERR_INCLUSION")
    return await get_approval(request)


def _date(request: ApiRequest) -> date | None:
    text = request.text("fee_paid_until", limit=10)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise invalid("fee_paid_until", "is not a date") from None


def _approval(one: Approval) -> dict[str, Any]:
    return {
        "account_id": str(one.account_id),
        "username": one.username,
        "types": list(one.types),
        "state": one.state.value,
        "category": one.category,
        "answers": dict(one.answers),
        "private": one.is_private,
        "expectations_version": one.expectations_version,
        "domain": one.domain,
        "domain_verified_at": moment(one.domain_verified_at),
        "fee": one.fee.says if one.fee else None,
        "fee_paid_until": str(one.fee_paid_until) if one.fee_paid_until else None,
        "fee_waived": bool(one.fee_waived_reason),
        "reason": one.reason,
        "due_at": moment(one.due_at),
        "applied_at": moment(one.applied_at),
        "approved_at": moment(one.approved_at),
    }


def _posting(posting: Posting | None) -> dict[str, Any] | None:
    if posting is None:
        return None
    return {
        "refusal": posting.rules.refusal or None,
        "most_a_day": posting.rules.most_a_day,
        "used": posting.used,
        "left": posting.left,
        "next_at": moment(posting.next_at),
        "counts_all": posting.rules.counts_all,
        "required_tags": list(posting.rules.required_tags),
        "only_summoned": posting.rules.only_summoned,
        "refused_count": posting.refused_count,
    }


def _said(one: Said, *, for_staff: bool) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "kind": one.kind,
        "from_team": one.from_team,
        "state": one.state,
        "text": one.text,
        "created_at": moment(one.created_at),
    }
    return shape | {"author": one.author} if for_staff else shape
