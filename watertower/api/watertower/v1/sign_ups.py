"""/api/watertower/v1/sign_ups: applications, and one's own while one waits."""

from typing import Any

from watertower.api.request import ApiRequest
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.access.sign_ups import (
    WAITING,
    own_application,
    sign_up_for,
    sign_ups_for,
)
from watertower.moderation.actions.sign_ups.apply import answer, appeal, name_voucher
from watertower.moderation.actions.sign_ups.prove import name_account
from watertower.moderation.actions.sign_ups.review import approve, note, question, refuse
from watertower.moderation.model.sign_ups import Alike, Message, SignUp, State

MOST = 200
LONGEST = 4000


async def get_sign_ups(request: ApiRequest) -> Response:
    """Applications, the one that waits longest first; those that wait for us unless `state`."""
    state = request.one_of("state", tuple(State))
    found = await sign_ups_for(
        request.ctx,
        states=WAITING if state is None else (State(state),),
        network=request.text("network", limit=64) or None,
        limit=request.number("limit", 40, least=1, most=MOST) or 40,
        offset=request.number("offset", 0, most=1_000_000) or 0,
    )
    return json_response([_sign_up(one) for one in found])


async def get_sign_up(request: ApiRequest) -> Response:
    """One application with its thread and signals. The look is logged."""
    whole = await sign_up_for(
        request.ctx, viewer_id=request.my_account_id, account_id=request.path_id()
    )
    signals = whole.signals
    return json_response(
        _sign_up(whole.sign_up)
        | {
            "messages": [_message(one, for_staff=True) for one in whole.messages],
            "vouches": [
                {
                    "named": one.named,
                    "is_member": one.member_account_id is not None,
                    "answer": one.answer,
                    "comment": one.comment,
                    "due_at": moment(one.due_at),
                }
                for one in whole.vouches
            ],
            "proofs": [
                {
                    "handle": one.handle,
                    "proven_at": moment(one.proven_at),
                    "proven_by": one.proven_by,
                }
                for one in whole.proofs
            ],
            "signals": {
                "similar_texts": [_alike(one) for one in signals.similar_texts],
                "same_network": [_alike(one) for one in signals.same_network],
                "same_minutes": [_alike(one) for one in signals.same_minutes],
                "same_email_domain": signals.same_email_domain,
                "links": list(signals.links),
            },
        }
    )


async def post_question(request: ApiRequest) -> Response:
    """Ask the applicant, in the product and by mail."""
    text = request.required_text("text", limit=LONGEST)
    await question(
        request.ctx, actor_id=request.my_account_id, account_id=request.path_id(), text=text
    )
    return await get_sign_up(request)


async def post_note(request: ApiRequest) -> Response:
    """Leave a note for the team."""
    text = request.required_text("text", limit=LONGEST)
    await note(request.ctx, actor_id=request.my_account_id, account_id=request.path_id(), text=text)
    return await get_sign_up(request)


async def post_approve(request: ApiRequest) -> Response:
    """Let the applicant in."""
    await approve(
        request.ctx,
        actor_id=request.my_account_id,
        account_id=request.path_id(),
        message=request.text("text", limit=LONGEST) or "",
    )
    return await get_sign_up(request)


async def post_refuse(request: ApiRequest) -> Response:
    """Refuse, with a reason the applicant reads."""
    await refuse(
        request.ctx,
        actor_id=request.my_account_id,
        account_id=request.path_id(),
        reason=request.text("text", limit=LONGEST) or "",
    )
    return await get_sign_up(request)


async def get_own(request: ApiRequest) -> Response:
    """One's own application, while one waits and after."""
    own = await own_application(request.ctx, account_id=request.my_account_id)
    return json_response(
        {
            "state": own.state.value,
            "reason": own.reason,
            "due_at": moment(own.due_at),
            "forgotten_at": moment(own.forgotten_at),
            "messages": [_message(one, for_staff=False) for one in own.messages],
            "vouches": [{"named": one.named} for one in own.vouches],
            "proofs": [
                {"handle": one.handle, "proven_at": moment(one.proven_at)} for one in own.proofs
            ],
        }
    )


async def post_own_answer(request: ApiRequest) -> Response:
    """Answer a question of staff."""
    text = request.required_text("text", limit=LONGEST)
    await answer(request.ctx, account_id=request.my_account_id, text=text)
    return await get_own(request)


async def post_own_appeal(request: ApiRequest) -> Response:
    """Ask to have a refusal looked at again."""
    text = request.required_text("text", limit=LONGEST)
    await appeal(request.ctx, account_id=request.my_account_id, text=text)
    return await get_own(request)


async def post_own_vouch(request: ApiRequest) -> Response:
    """Name a member who knows one."""
    name = request.required_text("name", limit=200)
    await name_voucher(request.ctx, account_id=request.my_account_id, name=name)
    return await get_own(request)


async def post_own_proof(request: ApiRequest) -> Response:
    """Name an account elsewhere: a code is sent there."""
    handle = request.required_text("handle", limit=300)
    await name_account(request.ctx, account_id=request.my_account_id, handle=handle)
    return await get_own(request)


def _sign_up(one: SignUp) -> dict[str, Any]:
    return {
        "account_id": str(one.account_id),
        "username": one.username,
        "email": one.email,
        "ip": one.ip,
        "network": one.network,
        "from_network": one.alike,
        "locale": one.locale,
        "text": one.text,
        "state": one.state.value,
        "reason": one.reason,
        "created_at": moment(one.created_at),
        "confirmed_at": moment(one.confirmed_at),
        "due_at": moment(one.due_at),
        "appealed_at": moment(one.appealed_at),
        "forgotten_at": moment(one.forgotten_at),
    }


def _message(one: Message, *, for_staff: bool) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "kind": one.kind,
        "text": one.text,
        "created_at": moment(one.created_at),
    }
    return shape | {"author": one.author} if for_staff else shape


def _alike(one: Alike) -> dict[str, Any]:
    return {
        "account_id": str(one.account_id),
        "username": one.username,
        "state": one.state.value,
        "created_at": moment(one.created_at),
        "likeness": one.likeness,
    }
