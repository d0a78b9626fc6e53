"""Ask to decide again about a server, or say what worries one: any member, at any time."""

from watertower.base.context import Context
from watertower.base.errors import TooMany
from watertower.moderation.errors.server_talk import (
    AlreadyAnswered,
    OwnRequest,
    RequestNotFound,
    TextMissing,
    WrongAddress,
)
from watertower.moderation.jobs.server_mails import send_server_answer
from watertower.moderation.model.server_talk import ADDRESS, ANSWERED_WITHIN, LONGEST_TEXT
from watertower.moderation.queries.server_decisions import find_standing_decision
from watertower.moderation.queries.server_talk import (
    find_request,
    insert_request,
    list_requests,
    update_answered,
    update_assigned,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import named_server

MOST_FROM_OUTSIDE = 20


async def ask(
    ctx: Context,
    *,
    domain: str,
    text: str,
    account_id: int | None = None,
    address: str = "",
    kind: str = "reconsider",
) -> bool:
    """False if the same member waits for an answer already. Acknowledged at once.

    `kind` is "reconsider" or "concern". Somebody without an account here gives an `address` for
    the answer; as they can be anybody, only MOST_FROM_OUTSIDE of them wait for each server.
    Raises WrongDomain, OwnServer, TextMissing, WrongAddress, TooMany.
    """
    name = named_server(ctx, domain)
    words = text.strip()
    if not 0 < len(words) <= LONGEST_TEXT:
        raise TextMissing
    if account_id is None and not ADDRESS.fullmatch(address):
        raise WrongAddress
    async with ctx.transaction() as tx:
        if account_id is None:
            waiting = [
                one
                for one in await list_requests(tx, domain=name)
                if one.account_id is None and one.state != "answered"
            ]
            if any((one.address, one.text) == (address, words) for one in waiting):
                return False
            if len(waiting) >= MOST_FROM_OUTSIDE:
                raise TooMany
        standing = await find_standing_decision(tx, domain=name)
        found = await insert_request(
            tx,
            domain=name,
            decision_id=standing.id if standing else None,
            kind=kind,
            account_id=account_id,
            address=address,
            text=words,
            due_at=ctx.now() + ANSWERED_WITHIN,
            at=ctx.now(),
        )
    return found is not None


async def take_request(ctx: Context, *, actor_id: int, request_id: int) -> str:
    """A moderator takes a request; the server's name. Raises RequestNotFound, AlreadyAnswered."""
    async with ctx.transaction() as tx:
        request = await find_request(tx, request_id=request_id)
        if request is None:
            raise RequestNotFound
        if request.account_id == actor_id:
            raise OwnRequest
        if not await update_assigned(tx, request_id=request_id, account_id=actor_id):
            raise AlreadyAnswered
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="take_server_request",
            subject=("server", request.domain),
            details={"request_id": request_id},
        )
    return request.domain


async def answer_request(
    ctx: Context, *, actor_id: int, request_id: int, outcome: str, answer: str
) -> str:
    """Answer one asker, who reads it on the server's page and by mail; the server's name.

    `outcome` is "kept" or "changed"; changing is a decision of its own. Raises RequestNotFound,
    TextMissing, AlreadyAnswered, OwnRequest.
    """
    words = answer.strip()
    if not 0 < len(words) <= LONGEST_TEXT or outcome not in {"kept", "changed"}:
        raise TextMissing
    async with ctx.transaction() as tx:
        request = await find_request(tx, request_id=request_id)
        if request is None:
            raise RequestNotFound
        if request.account_id == actor_id:
            raise OwnRequest
        if request.state == "answered" and request.answer == words:
            return request.domain
        is_news = await update_answered(
            tx, request_id=request_id, outcome=outcome, answer=words, at=ctx.now(), by=actor_id
        )
        if not is_news:
            raise AlreadyAnswered
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="answer_server_request",
            subject=("server", request.domain),
            details={"request_id": request_id, "outcome": outcome},
        )
        tx.enqueue(send_server_answer.queued(request_id=request_id))
    return request.domain
