"""Quotes across servers (FEP-044f): members ask to quote, and answer those who ask."""

import secrets

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.context import QUOTE_CONTEXT, STAMP_CONTEXT
from watertower.federation.documents.note import note_document, note_line
from watertower.federation.documents.quotes import delete_stamp, quote_answer, quote_request
from watertower.federation.model import Actor
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.quotes import (
    find_quote,
    find_stamp_of,
    update_stamp_revoked,
)
from watertower.statuses.errors import StatusNotFound


@job(Lane.PUSH)
async def ask_to_quote(ctx: Context, *, status_id: int) -> None:
    """QuoteRequest with the whole note, to the author elsewhere of what a member quotes."""
    async with ctx.reading() as tx:
        quote = await find_quote(tx, status_id=status_id)
    if quote is None or not quote.is_told or quote.quoted_is_local or quote.state != "pending":
        return
    try:
        line = await note_line(ctx, status_id=status_id, viewer_id=quote.account_id)
        note = await note_document(ctx, line)
    except StatusNotFound:
        return
    await send(
        ctx,
        account_id=quote.account_id,
        activity=quote_request(
            note,
            uri=request_uri_of(quote.author_uri, status_id),
            actor_uri=quote.author_uri,
            quoted_uri=quote.quoted_uri,
            to=quote.quoted_author_uri,
        ),
        context=QUOTE_CONTEXT,
        audience=Audience(account_ids=[quote.quoted_account_id]),
    )


def request_uri_of(author_uri: str, status_id: int) -> str:
    """The id of our question whether this status may quote."""
    return f"{author_uri}#quote_requests/{status_id}"


async def answer_quote(
    ctx: Context,
    *,
    asker: Actor,
    member_id: int,
    request_uri: str,
    quoted_uri: str,
    quoting_uri: str,
    stamp_uri: str | None,
) -> None:
    """Accept with the stamp, or Reject without one, each under an id of its own."""
    async with ctx.reading() as tx:
        member = await find_actor(tx, account_id=member_id)
    if member is None or member.is_deleted:
        return
    folder = "accepts" if stamp_uri else "rejects"
    answer = quote_answer(
        uri=f"{member.uri}#{folder}/quote_requests/{secrets.token_hex(8)}",
        actor_uri=member.uri,
        request={
            "id": request_uri,
            "type": "QuoteRequest",
            "actor": asker.uri,
            "object": quoted_uri,
            "instrument": quoting_uri,
        },
        stamp_uri=stamp_uri,
    )
    await send(
        ctx,
        account_id=member_id,
        activity=answer,
        context=QUOTE_CONTEXT,
        audience=Audience(account_ids=[asker.id]),
    )


@job(Lane.PUSH)
async def tell_of_quote_revocation(ctx: Context, *, status_id: int, quoted_status_id: int) -> None:
    """Delete of the stamp, to everybody whom the quote is likely to have reached."""
    async with ctx.transaction() as tx:
        quote = await find_quote(tx, status_id=status_id)
        if quote is None or quote.quoted_id != quoted_status_id or not quote.quoted_is_local:
            return
        found = await find_stamp_of(tx, quoting_uri=quote.uri, quoted_id=quoted_status_id)
        await update_stamp_revoked(
            tx, quoting_uri=quote.uri, quoted_id=quoted_status_id, at=ctx.now()
        )
    if found is not None:
        stamp_uri = found.uri
    elif quote.is_told:
        stamp_uri = f"{quote.quoted_author_uri}/quote_authorizations/{status_id}"
    else:
        return  # shown without a stamp, or only here
    activity = delete_stamp(
        actor_uri=quote.quoted_author_uri,
        stamp_uri=stamp_uri,
        quoting_uri=quote.uri,
        quoted_uri=quote.quoted_uri,
    )
    # Of whom a status elsewhere reached we know little: its server passes this on. Our own
    # followers are the likeliest to have seen both.
    await send(
        ctx,
        account_id=quote.quoted_account_id,
        activity=activity,
        context=STAMP_CONTEXT,
        audience=Audience(
            followers_of=quote.account_id if quote.is_local else quote.quoted_account_id,
            account_ids=[quote.account_id],
            named_in=status_id,
            reached_by=status_id,
        ),
    )
